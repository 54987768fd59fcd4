"""After the restore of an older database: nothing is served, no task runs, until the erasures are replayed."""

from threading import Event

import pytest
from celery import shared_task
from django.core.management import call_command

from content import clock
from mkbdeal import gate
from signups.domain import erasure, ledger
from signups.models import ReplayedLedger
from tests.factories.signups import SignUpFactory

done = []


@shared_task
def a_task():
    done.append(1)


@pytest.fixture
def restored(db, monkeypatch):
    """An older database under a portal that has just started."""
    monkeypatch.setattr(gate, "_opened", Event())
    erasure.erase(sign_up_id=SignUpFactory().pk, now=clock.now())
    ReplayedLedger.objects.update(position=0)
    done.clear()


@pytest.mark.usefixtures("restored")
class TestClosed:
    @pytest.mark.parametrize("path", ["/", "/agenda/", "/beheer/", "/aanmelding/", "/media/x.jpg", "/robots.txt", "/x"])
    def test_nothing_is_served(self, client, path):
        response = client.get(path)
        assert (response.status_code, response["Retry-After"]) == (503, "10")

    def test_health_says_why(self, client):
        assert client.get("/healthz").status_code == 200
        response = client.get("/readyz")
        assert (response.status_code, response.json()["erasures_replayed"]) == (503, False)

    def test_no_task_runs(self):
        a_task()
        assert not done

    def test_a_replay_opens_it(self, client):
        assert client.get("/robots.txt").status_code == 503
        call_command("replay_erasures")
        assert client.get("/robots.txt").status_code == 200
        a_task()
        assert done


@pytest.mark.django_db
def test_open_it_asks_no_more(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(gate, "_opened", Event())
    assert gate.is_open()
    with django_assert_num_queries(0):
        assert gate.is_open()
    assert ledger.is_replayed()
