"""Letters beneath the page: one transaction, what is sent by the time it is sent, and when their text is forgotten."""

import time
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from content import clock
from signups.domain import erasure, letters, retention, walk_ins
from signups.domain.delivery import Outcome, deliver_next
from signups.domain.letters import Draft
from signups.models import Delivery, Ending, Letter, MailKind, OutboxMessage, SignUp, State
from signups.own_data import own_data
from tests.factories.hubs import ActivityFactory
from tests.factories.partners import UserFactory
from tests.factories.signups import LetterFactory, OutboxMessageFactory, SignUpFactory
from tests.races import guards
from tests.races.crowd import at_once

DRAFT = Draft("Dichte schoenen", "In de hal liggen krullen.\n\nTot dan!")
DAY = timedelta(days=1)
MIDNIGHT = datetime(2026, 11, 25, 23, 0, tzinfo=UTC)  # in the Netherlands


@pytest.fixture
def now():
    return clock.now()


def write(activity, entries, now, draft=DRAFT, **fields):
    given = {"by": UserFactory(), "submit_token": uuid4(), **fields}
    ids = [entry.pk for entry in entries]
    return letters.send(activity_id=activity.pk, draft=draft, sign_up_ids=ids, now=now, **given)


@pytest.mark.django_db
class TestSend:
    def test_sign_ups_of_another_date_get_nothing(self, now):
        entry, foreign = SignUpFactory(), SignUpFactory()
        letter = write(entry.activity, [entry, foreign], now)
        assert [message.sign_up for message in letter.messages.all()] == [entry]
        with pytest.raises(letters.RefusedError):
            write(entry.activity, [foreign], now, Draft("Iets", "anders"))
        assert Letter.objects.count() == 1

    def test_walk_ins_are_nobody_to_write_to(self, now):
        activity = ActivityFactory(starts_at=now + timedelta(hours=1), capacity=9)
        meeting, by = activity.meetings.get(), UserFactory()
        given = {"meeting_id": meeting.pk, "education_level_id": None, "submit_token": uuid4()}
        walk_ins.add(**given, number=2, by=by, now=now)
        assert not letters.addressees(activity).exists()

    def test_the_day_begins_at_midnight_in_the_netherlands(self):
        activity = ActivityFactory()
        for minutes in range(5):
            LetterFactory(activity=activity, written_at=MIDNIGHT - timedelta(minutes=minutes + 1))
        assert letters.why_not_now(activity, MIDNIGHT - timedelta(minutes=1))
        assert not letters.why_not_now(activity, MIDNIGHT)

    def test_the_first_of_each_address(self):
        entries = [SignUp(pk=number, email=email) for number, email in enumerate(["a@x.nl", "b@x.nl", "a@x.nl"])]
        assert [entry.pk for entry in letters.one_each(entries)] == [0, 1]


@pytest.mark.django_db
class TestTheDatabaseRefuses:
    @pytest.mark.parametrize(
        "fields",
        [
            {"subject": ""},
            {"text": ""},
            {"receivers": 0},
            {"subject_en": "Shoes"},
            {"text_en": "Shoes"},
            {"subject_en": "", "text_en": "Shoes"},
            {"text": "a" * 4001},
            {"subject_en": "a", "text_en": "a" * 4001},
        ],
    )
    def test_half_a_letter(self, fields):
        with pytest.raises(IntegrityError), transaction.atomic():
            LetterFactory(**fields)

    @pytest.mark.parametrize("fields", [{"kind": MailKind.LETTER, "letter": None}, {"kind": MailKind.CONFIRMED}])
    def test_a_letter_that_is_no_letter(self, fields):
        entry = SignUpFactory()
        letter = LetterFactory(activity=entry.activity)
        with pytest.raises(IntegrityError), transaction.atomic():
            OutboxMessageFactory(sign_up=entry, **{"letter": letter, **fields})


@pytest.mark.django_db
class TestDelivery:
    def delivered(self, entry, now):
        outcome = deliver_next(now=now)
        return outcome, OutboxMessage.objects.get(sign_up=entry).state

    def test_in_the_readers_language_with_its_own_link(self, mail_server, now):
        entry = SignUpFactory(language="en", activity__programme__title_en="Welding")
        write(entry.activity, [entry], now, Draft("Schoenen", "Dicht.", "Shoes", "Closed."))
        assert self.delivered(entry, clock.now()) == (Outcome.SENT, Delivery.SENT)
        (mail,) = mail_server.to(entry.email)
        text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
        assert (mail["Subject"], mail["Content-Language"]) == ("Shoes: Welding", "en")
        assert "Closed." in text
        assert "/en/aanmelding/" in text
        assert 'lang="nl"' not in html

    def test_dutch_only_says_so_and_is_marked_for_who_listens(self, mail_server, now):
        entry = SignUpFactory(language="en")
        write(entry.activity, [entry], now)
        self.delivered(entry, clock.now())
        html = mail_server.to(entry.email)[0].get_body(("html",)).get_content()
        assert '<html lang="en"' in html
        assert html.count('lang="nl"') >= 4  # the title, the heading and two paragraphs
        assert "This message was written in Dutch only." in html

    @pytest.mark.parametrize("what", ["cancelled", "moved"])
    def test_who_left_meanwhile_gets_none(self, mail_server, now, what):
        entry = SignUpFactory()
        write(entry.activity, [entry], now)
        if what == "moved":
            SignUp.objects.update(activity=ActivityFactory())
        else:
            SignUp.objects.update(state=State.CANCELLED, ending=Ending.OWN, ended_at=clock.now())
        assert self.delivered(entry, clock.now()) == (Outcome.NOT_SENT, Delivery.DROPPED)
        assert mail_server.mails == []

    def test_one_child_leaves_and_the_letter_is_about_the_other(self, mail_server, now):
        activity, email = ActivityFactory(), "ouder@voorbeeld.example"
        mo, bo = (
            SignUpFactory(activity=activity, under_16=True, name=name, email=email) for name in ("Mohamed", "Boukje")
        )
        write(activity, [mo, bo], now)
        SignUp.objects.filter(pk=mo.pk).update(state=State.CANCELLED, ending=Ending.OWN, ended_at=clock.now())
        assert self.delivered(mo, clock.now()) == (Outcome.SENT, Delivery.SENT)
        text = mail_server.to(email)[0].get_body(("plain",)).get_content()
        assert ("Deelnemer: Boukje" in text, "Mohamed" in text) == (True, False)
        assert ("Bekijk de aanmelding" in text, "Bekijk je aanmelding" in text) == (True, False)

    def test_written_to_who_had_lost_the_seat_it_goes_out(self, mail_server, now):
        entry = SignUpFactory(state=State.CANCELLED, ending=Ending.ACTIVITY_CANCELLED)
        write(entry.activity, [entry], now)
        assert self.delivered(entry, clock.now()) == (Outcome.SENT, Delivery.SENT)
        assert "/aanmelding/" not in mail_server.to(entry.email)[0].get_body(("plain",)).get_content()

    def test_written_to_who_loses_it_afterwards_it_does_not(self, mail_server, now):
        entry = SignUpFactory()
        write(entry.activity, [entry], now)
        SignUp.objects.update(state=State.CANCELLED, ending=Ending.ACTIVITY_CANCELLED, ended_at=clock.now())
        assert self.delivered(entry, clock.now()) == (Outcome.NOT_SENT, Delivery.DROPPED)


@pytest.mark.django_db
class TestForgetting:
    def past(self, **fields):
        return SignUpFactory(activity=ActivityFactory(starts_at=MIDNIGHT), **fields)

    def test_with_the_sign_ups_of_the_date(self):
        entries = [self.past()]
        entries.append(SignUpFactory(activity=entries[0].activity))
        write(entries[0].activity, entries, MIDNIGHT)
        ends = entries[0].activity.last_ends_at
        retention.run(now=ends + 30 * DAY - timedelta(seconds=1))
        assert (Letter.objects.count(), OutboxMessage.objects.count()) == (1, 2)
        retention.run(now=ends + 30 * DAY)
        assert (Letter.objects.count(), OutboxMessage.objects.count()) == (0, 0)

    def test_also_when_who_got_it_moved_to_a_later_date(self):
        entry = self.past()
        date = entry.activity
        write(date, [entry], MIDNIGHT)
        SignUp.objects.update(activity=ActivityFactory())
        retention.run(now=date.last_ends_at + 30 * DAY)
        assert not Letter.objects.exists()

    def test_of_a_date_that_has_none_any_more(self):
        letter = LetterFactory(activity=ActivityFactory(meetings=0), written_at=MIDNIGHT)
        OutboxMessageFactory(kind=MailKind.LETTER, letter=letter, sign_up=SignUpFactory(activity=letter.activity))
        assert list(retention.letters_past_term(MIDNIGHT + 180 * DAY - timedelta(seconds=1))) == []
        assert list(retention.letters_past_term(MIDNIGHT + 180 * DAY)) == [letter]

    def test_who_erases_takes_the_mail_along_and_the_last_one_the_letter(self, now):
        entry = SignUpFactory()
        other = SignUpFactory(activity=entry.activity)
        letter = write(entry.activity, [entry, other], now)
        with transaction.atomic():
            retention.empty([entry], now)
        assert [message.sign_up for message in letter.messages.all()] == [other]
        with transaction.atomic():
            retention.empty([other], now)
        assert not Letter.objects.exists()

    def test_the_own_data_holds_what_was_sent(self, now):
        entry = SignUpFactory()
        write(entry.activity, [entry], now)
        assert "text" not in own_data(entry)["mails"][0]
        OutboxMessage.objects.update(state=Delivery.SENT, sent_at=now)
        assert own_data(entry)["mails"][0]["text"] == DRAFT.text


@pytest.mark.heavy
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def crowd(self, now, tokens):
        activity = ActivityFactory(capacity=9)
        entries, by = SignUpFactory.create_batch(3, activity=activity), UserFactory()
        return at_once([partial(write, activity, entries, now, by=by, submit_token=token) for token in tokens])

    def test_one_form_many_times_is_one_letter_and_one_answer(self, now):
        crowd = self.crowd(now, [uuid4()] * 16)
        assert crowd.count() == {"Letter": 16}
        assert (Letter.objects.count(), OutboxMessage.objects.count()) == (1, 3)

    def test_one_text_from_many_previews_reaches_an_address_once(self, now):
        self.crowd(now, [uuid4() for _ in range(16)])
        assert (Letter.objects.count(), OutboxMessage.objects.count()) == (1, 3)

    def test_control_without_the_lock_there_are_more(self, now, monkeypatch):
        guards.without_locks(monkeypatch)
        save = Letter.save

        def save_later(letter, *args, **kwargs):
            time.sleep(0.1)  # by then the others have looked too
            save(letter, *args, **kwargs)

        monkeypatch.setattr(Letter, "save", save_later)
        self.crowd(now, [uuid4() for _ in range(16)])
        assert OutboxMessage.objects.count() > 3

    def test_erased_for_good(self, now):
        entry = SignUpFactory(activity=ActivityFactory())
        write(entry.activity, [entry], now)
        erasure.erase(sign_up_id=entry.pk, now=now)
        assert not Letter.objects.exists()
        assert not OutboxMessage.objects.exists()
