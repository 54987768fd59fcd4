"""After the restore of an older database: nothing is served, no task runs, until the erasures are replayed."""

from pathlib import Path
from threading import Event
from uuid import uuid4

import pytest
from celery import shared_task
from django.core.management import call_command

from content import clock
from mkbdeal import gate
from signups.domain import erasure, ledger
from signups.models import ReplayedLedger, SignUp
from tests.factories.signups import SignUpFactory

done = []


@shared_task
def a_task():
    done.append(1)


@pytest.fixture
def started(db, monkeypatch):
    """A portal that has just started."""
    for name in ("_opened", "_tried"):
        monkeypatch.setattr(gate, name, Event())
    done.clear()


@pytest.fixture
def restored(started):
    """An older database, without a row that was made and erased since then."""
    entry = SignUpFactory()
    erasure.erase(sign_up_id=entry.pk, now=clock.now())
    entry.delete()
    ReplayedLedger.objects.update(position=0)


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


@pytest.mark.usefixtures("started")
class TestAhead:
    """The line of an erasure is on the disk, and its commit failed. The control is `restored`: a row is missing."""

    def test_it_is_done_at_the_start(self, client, settings):
        entry = SignUpFactory()
        Path(settings.ERASURE_LEDGER).write_text(f"{ledger.digest(entry.uuid)}\n")
        assert client.get("/robots.txt").status_code == 200
        assert SignUp.objects.get(pk=entry.pk).emptied_at
        assert ledger.is_replayed()

    def test_a_torn_line_closes_nothing(self, client, settings):
        Path(settings.ERASURE_LEDGER).write_text("5f2c")
        assert client.get("/robots.txt").status_code == 200

    def test_a_ledger_that_lost_lines_does(self, client, settings):
        ReplayedLedger.objects.create(pk=1, position=65)
        assert client.get("/robots.txt").status_code == 503

    @pytest.mark.parametrize("kind", ["a folder", "in what is no folder"])
    def test_one_that_cannot_be_read_closes_until_it_can(self, client, settings, tmp_path, kind):
        path = tmp_path / "ledger"
        path.mkdir() if kind == "a folder" else path.write_text("")
        settings.ERASURE_LEDGER = path if kind == "a folder" else path / "erased"
        assert client.get("/robots.txt").status_code == 503
        assert client.get("/readyz").json()["erasures_replayed"] is False
        a_task()
        assert not done
        settings.ERASURE_LEDGER = tmp_path / "mended"
        assert client.get("/robots.txt").status_code == 200

    def test_it_is_tried_once(self, client, settings, django_assert_num_queries):
        Path(settings.ERASURE_LEDGER).write_text(f"{ledger.digest(uuid4())}\n")
        assert not gate.is_open()
        with django_assert_num_queries(1):
            assert not gate.is_open()


@pytest.mark.django_db
def test_open_it_asks_no_more(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(gate, "_opened", Event())
    assert gate.is_open()
    with django_assert_num_queries(0):
        assert gate.is_open()
    assert ledger.is_replayed()
