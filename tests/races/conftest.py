"""Races are about what is committed: no test here runs in a transaction."""

import time

import pytest
from django.apps import apps

from content import clock

HESITATION = 0.02  # seconds


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
