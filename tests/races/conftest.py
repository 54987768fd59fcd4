"""Races are about what is committed: no test here runs in a transaction."""

import time
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from content import clock
from tests.races.site import running_site

HESITATION = 0.02  # seconds


def pytest_collection_modifyitems(items):
    """Each lets a crowd loose."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.heavy)


@pytest.fixture(scope="session")
def site(servers, django_db_setup):
    """The port of the real web server on the tests' own database."""
    with running_site(servers) as port:
        yield port


@pytest.fixture
def now(transactional_db):
    return clock.now()


@pytest.fixture
def hesitant(monkeypatch):
    """A moment between reading and writing: whoever is not kept out has read as well before the first one writes."""
    model = apps.get_model("signups.SignUp")  # a conftest is read before Django is set up
    save = model.save

    def save_later(self, *args, **kwargs):
        time.sleep(HESITATION)
        save(self, *args, **kwargs)

    monkeypatch.setattr(model, "save", save_later)


@pytest.fixture
def impatient(transactional_db):
    """Gives up waiting for somebody else's lock after a moment, as a web process does after seconds."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
        yield
        cursor.execute("RESET lock_timeout")
