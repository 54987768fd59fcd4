"""Who missed a date and wants to be forgotten: at once, everywhere, and also after a restore."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from content import clock
from signups import tasks
from signups.domain import erasure, interests, ledger
from signups.domain.delivery import Outcome, deliver_next
from signups.models import DateInterest, OutboxMessage, ReplayedLedger
from tests.factories.signups import DateInterestFactory, OutboxMessageFactory, SignUpFactory
from tests.signups.traces import traces
from tests.signups.wishing import open_own, suiting_date, wish

ADDRESS = "zoe.wilgenroos+wens@voorbeeld.example"


@pytest.fixture
def now():
    return clock.now()


def row(interest):
    return DateInterest.objects.get(pk=interest.pk)


@pytest.mark.django_db
class TestErase:
    def test_one_click_takes_the_address_out(self, client):
        interest = DateInterestFactory()
        path = open_own(client, interest)
        client.cookies["wish_nl"] = "x"
        answer = client.post(path, {"action": "erase"})
        assert (answer.status_code, answer.cookies["wish_nl"]["max-age"]) == (303, 0)
        assert row(interest).email == ""
        html = client.get(path).content.decode()
        assert 'data-state="erased"' in html
        assert interest.email not in html
        assert "<form" not in html.split("<main")[1].split("</main")[0]

    def test_afterwards_its_link_is_lost_and_nothing_can_be_proven(self, client):
        interest = DateInterestFactory(proven_at=None)
        path = open_own(client, interest)
        erasure.erase_interest(interest_id=interest.pk)
        assert client.post(path, {"action": "prove"}).status_code == 200
        assert row(interest).proven_at is None
        fresh = type(client)()
        with pytest.raises(AssertionError):
            open_own(fresh, interest)

    def test_its_mails_and_what_was_told_go_and_those_of_others_stay(self, now):
        interest, other = DateInterestFactory(), OutboxMessageFactory()
        suiting_date(interest)
        interests.tell(now=now)
        assert interest.messages.count() == interest.known.count() == 1
        erasure.erase_interest(interest_id=interest.pk)
        assert list(OutboxMessage.objects.all()) == [other]
        assert interest.known.count() == 0

    def test_the_wish_stays_as_a_count(self):
        interest = DateInterestFactory(people=24)
        erasure.erase_interest(interest_id=interest.pk)
        assert row(interest).people == 24

    def test_twice_is_once(self, settings):
        interest = DateInterestFactory()
        for _ in range(3):
            erasure.erase_interest(interest_id=interest.pk)
        assert Path(settings.ERASURE_LEDGER).read_text().splitlines() == [ledger.digest(interest.uuid)]

    def test_without_address_there_is_nothing_to_erase(self, settings):
        erasure.erase_interest(interest_id=DateInterestFactory(email="").pk)
        assert not Path(settings.ERASURE_LEDGER).exists()

    def test_the_form_posted_again_asks_anew_and_proves_nothing(self, now):
        posted = wish(email=ADDRESS)
        erasure.erase_interest(interest_id=interests.ask(wish=posted, now=now).pk)
        interests.ask(wish=posted, now=now)
        again = DateInterest.objects.exclude(email="").get()
        assert (again.proven_at, again.messages.count()) == (None, 1)

    def test_not_inside_a_transaction(self, transactional_db):
        interest = DateInterestFactory()
        with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
            erasure.erase_interest(interest_id=interest.pk)

    def test_nothing_is_acknowledged_that_is_not_on_the_disk(self, monkeypatch):
        interest = DateInterestFactory()

        def full(_):
            raise OSError("No space left on device")

        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            erasure.erase_interest(interest_id=interest.pk)
        assert row(interest).email


@pytest.mark.django_db
def test_a_restore_brings_nobody_back():
    erased, sign_up, other = DateInterestFactory(email=ADDRESS), SignUpFactory(), DateInterestFactory()
    erasure.erase_interest(interest_id=erased.pk)
    erasure.erase(sign_up_id=sign_up.pk, now=clock.now())
    DateInterest.objects.filter(pk=erased.pk).update(email=ADDRESS)  # the database of before
    ReplayedLedger.objects.update(position=0)
    call_command("replay_erasures")
    assert (row(erased).email, row(other).email) == ("", other.email)
    assert ledger.is_replayed()


# --- Traces ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(transactional_db, now, settings, tmp_path, caplog):
    """Asked, mailed, proven, told: every place where an address may stay behind."""
    caplog.set_level(logging.DEBUG)
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mails"
    interest = interests.ask(wish=wish(email=ADDRESS), now=now)
    assert deliver_next(now=now + timedelta(seconds=1)) == Outcome.SENT
    interests.prove(interest_id=interest.pk, now=now)
    suiting_date(interest)
    tasks.tell_interests()
    tasks.deliver()
    assert set(traces(ADDRESS)) == {"database", "mails"}
    return interest


def test_no_trace_after_an_erasure(asked, caplog):
    erasure.erase_interest(interest_id=asked.pk)
    assert traces(ADDRESS, caplog.text.encode()) == []


def test_no_trace_after_the_term(asked, caplog, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=181))
    tasks.empty_past_term()
    assert traces(ADDRESS, caplog.text.encode()) == []
