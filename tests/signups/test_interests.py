"""Who misses a date: asked once, proven by link, told of what suits at most once a day, forgotten on time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from signups.domain import interests
from signups.domain.errors import Reason
from signups.models import DateInterest, MailKind, OutboxMessage
from tests.factories.hubs import ProgrammeFactory
from tests.factories.signups import DateInterestFactory
from tests.signups.joining import refusal
from tests.signups.wishing import ADDRESS, suiting_date, wish

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def mails(kind=MailKind.INTEREST_MATCH):
    return OutboxMessage.objects.filter(kind=kind)


def row(interest):
    return DateInterest.objects.get(pk=interest.pk)


def ask(**fields):
    return interests.ask(wish=wish(**fields), now=NOW)


class TestAsk:
    def test_it_is_kept_and_the_address_is_asked_to_prove_itself(self):
        programme = ProgrammeFactory()
        interest = row(ask(people=24, programme_id=programme.pk))
        assert (interest.people, interest.programme, interest.hub) == (24, programme, None)
        assert (interest.email, interest.proven_at, interest.proof_expires_at) == (ADDRESS, None, NOW + DAY)
        assert mails(MailKind.INTEREST_PROVE).get().date_interest == interest

    def test_without_address_there_is_no_mail(self):
        interest = row(ask(email=""))
        assert (interest.proof_expires_at, OutboxMessage.objects.count()) == (None, 0)

    def test_the_same_form_twice_is_one_row_and_one_mail(self):
        posted = wish()
        first, second = (interests.ask(wish=posted, now=NOW) for _ in range(2))
        assert first == second
        assert OutboxMessage.objects.count() == 1

    def test_the_same_form_after_the_address_was_taken_out_asks_for_proof_again(self):
        posted = wish()
        first = interests.ask(wish=posted, now=NOW)
        interests.forget([first])
        second, third = (interests.ask(wish=posted, now=NOW) for _ in range(2))
        assert second == third
        assert second.uuid != first.uuid  # the ledger names that one: a restore would take this address out too
        assert mails(MailKind.INTEREST_PROVE).get().date_interest == second

    def test_the_same_form_with_other_content_is_another_row(self):
        posted = wish()
        for people in (1, 2):
            interests.ask(wish=replace(posted, people=people), now=NOW)
        assert DateInterest.objects.count() == 2

    def test_proof_never_lasts_longer_than_the_period(self):
        interest = ask(from_on=date(2026, 11, 1), until_on=date(2026, 11, 22))
        assert interest.proof_expires_at == datetime(2026, 11, 22, 23, 0, tzinfo=UTC)

    def test_at_most_five_unproven_ones_of_one_address(self):
        asked = [ask() for _ in range(5)]
        assert refusal(interests.ask, wish=wish(), now=NOW) == Reason.TOO_MANY_UNPROVEN
        assert DateInterest.objects.count() == 5
        ask(email="ander@voorbeeld.example")
        ask(email="")
        interests.prove(interest_id=asked[0].pk, now=NOW)
        ask()

    def test_what_ran_out_no_longer_counts(self):
        for _ in range(5):
            ask()
        interests.ask(wish=wish(), now=NOW + DAY)

    def test_a_replay_of_the_fifth_is_no_sixth(self):
        posted = [wish() for _ in range(5)]
        for one in [*posted, posted[4]]:
            interests.ask(wish=one, now=NOW)
        assert DateInterest.objects.count() == 5


class TestProve:
    def test_what_suits_already_is_known(self):
        interest = DateInterestFactory(proven_at=None)
        suits = suiting_date(interest)
        suiting_date(interest, programme__state="draft")
        interests.prove(interest_id=interest.pk, now=NOW)
        assert row(interest).proven_at == NOW
        assert list(interest.known.all()) == [suits]
        assert interests.tell(now=NOW) == 0

    def test_twice_changes_nothing(self):
        interest = DateInterestFactory(proven_at=None)
        interests.prove(interest_id=interest.pk, now=NOW)
        suiting_date(interest)
        interests.prove(interest_id=interest.pk, now=NOW + DAY)
        assert (row(interest).proven_at, interest.known.count()) == (NOW, 0)

    @pytest.mark.parametrize(
        ("fields", "later"), [({"email": "", "proof_expires_at": None}, 0), ({"proof_expires_at": NOW}, 0)]
    )
    def test_too_late_or_gone(self, fields, later):
        interest = DateInterestFactory(**{"proven_at": None} | fields)
        assert refusal(interests.prove, interest_id=interest.pk, now=NOW) == Reason.NO_LONGER
        assert row(interest).proven_at is None


class TestTell:
    def test_one_mail_about_all_that_is_new(self):
        interest = DateInterestFactory()
        new = [suiting_date(interest), suiting_date(interest)]
        assert interests.tell(now=NOW) == 1
        assert mails().get().date_interest == interest
        assert row(interest).told_at == NOW
        assert set(interest.known.all()) == set(new)
        assert interests.tell(now=NOW + 2 * DAY) == 0

    def test_at_most_one_mail_a_day(self):
        interest = DateInterestFactory()
        suiting_date(interest)
        interests.tell(now=NOW)
        suiting_date(interest)
        assert interests.tell(now=NOW + DAY - timedelta(seconds=1)) == 0
        assert interests.tell(now=NOW + DAY) == 1
        assert mails().count() == 2

    def test_a_date_that_went_does_not_swallow_the_next_mail(self):
        """The mail's key names the last date known before; dates that are deleted must not bring that number back."""
        interest = DateInterestFactory()
        first = suiting_date(interest)
        interests.tell(now=NOW)
        first.delete()
        suiting_date(interest)
        interests.tell(now=NOW + DAY)
        assert mails().count() == 2

    @pytest.mark.parametrize(
        "fields",
        [
            {"proven_at": None},
            {"email": ""},
            {"until_on": date(2026, 11, 21), "from_on": date(2026, 11, 1)},
            {"from_on": date(2099, 12, 1), "until_on": date(2099, 12, 31)},
        ],
    )
    def test_who_is_not_told(self, fields):
        interest = DateInterestFactory(**fields)
        suiting_date(interest)
        assert interests.tell(now=NOW) == 0
        assert not mails().exists()
        assert (row(interest).told_at, interest.known.count()) == (None, 0)

    def test_when_it_becomes_public(self):
        interest = DateInterestFactory()
        activity = suiting_date(interest, programme__state="draft")
        assert interests.tell(now=NOW) == 0
        activity.programme.state = "published"
        activity.programme.save()
        assert interests.tell(now=NOW) == 1


class TestForget:
    @pytest.mark.parametrize(
        ("fields", "moment"),
        [
            (
                {"until_on": date(2026, 11, 30)},
                datetime(2026, 11, 30, 23, 0, tzinfo=UTC),
            ),  # midnight after the last day
            ({"created_at": NOW}, NOW + timedelta(days=180)),
            ({"proven_at": None, "proof_expires_at": NOW + DAY}, NOW + DAY),
        ],
    )
    def test_on_the_moment_and_not_before(self, fields, moment):
        interest = DateInterestFactory(**{"from_on": date(2026, 11, 1), "created_at": NOW} | fields)
        other = DateInterestFactory(created_at=moment)
        suiting_date(interest)
        interest.known.add(suiting_date(interest))
        OutboxMessage.objects.create(kind=MailKind.INTEREST_MATCH, date_interest=interest, dedupe_key="x")
        assert interests.forget_past_term(now=moment - timedelta(microseconds=1)) == 0
        assert row(interest).email
        assert interests.forget_past_term(now=moment) == 1
        assert (row(interest).email, interest.known.count(), interest.messages.count()) == ("", 0, 0)
        assert (row(interest).people, row(other).email) == (interest.people, other.email)

    def test_without_address_there_is_nothing_to_forget(self):
        DateInterestFactory(email="")
        assert interests.forget_past_term(now=NOW + timedelta(days=99_999 // 4)) == 0

    def test_more_than_a_batch(self, monkeypatch):
        monkeypatch.setattr(interests, "BATCH", 2)
        for _ in range(5):
            DateInterestFactory(proven_at=None, proof_expires_at=NOW)
        assert interests.forget_past_term(now=NOW) == 5

    def test_the_page_tells_the_day(self):
        soon = DateInterestFactory(created_at=NOW, until_on=date(2099, 11, 30))
        assert interests.kept_until(soon) == date(2027, 5, 21)
        soon.until_on = date(2026, 12, 31)
        assert interests.kept_until(soon) == date(2026, 12, 31)
