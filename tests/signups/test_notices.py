"""Who is told what about their date, and that nobody is told twice."""

from datetime import UTC, datetime, timedelta

import pytest

from content import clock
from content.clock import AMSTERDAM
from hubs.models import Activity, Meeting
from signups import mails
from signups.domain import cancellations, moves, notices, seats
from signups.models import Delivery, Ending, MailKind, OutboxMessage, State
from tests.factories.hubs import ActivityFactory
from tests.factories.partners import UserFactory
from tests.factories.signups import AttendanceFactory, SignUpFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NINE = datetime(2026, 11, 29, 8, 0, tzinfo=UTC)  # 09.00 in the Netherlands, the day after:
YESTERDAY = NINE - timedelta(hours=23)


@pytest.fixture
def now():
    return clock.now()


def tell_all(now):
    """Two sweeps: the second has nothing left to say."""
    for activity_id in notices.activities(now):
        notices.tell(activity_id=activity_id, now=now)
    assert notices.activities(now) == []


def told(entry):
    return list(OutboxMessage.objects.filter(sign_up=entry).order_by("pk").values_list("kind", flat=True))


def move(activity, by):
    for meeting in Meeting.objects.filter(activity=activity):
        meeting.starts_at, meeting.ends_at = meeting.starts_at + by, meeting.ends_at + by
        meeting.save()


class TestCancelled:
    def test_everyone_is_told_and_ends(self, now):
        activity = ActivityFactory(cancelled_at=now, cancel_reason="De docent is ziek.")
        entries = [SignUpFactory(activity=activity, state=state) for state in (State.REQUESTED, State.CONFIRMED)]
        entries.append(SignUpFactory(activity=activity, state=State.WAITING))
        tell_all(now)
        for entry in entries:
            entry.refresh_from_db()
            assert (entry.state, entry.ending) == (State.CANCELLED, Ending.ACTIVITY_CANCELLED)
            assert told(entry) == [MailKind.DATE_CANCELLED]
        activity.refresh_from_db()
        assert (activity.taken, activity.waiting) == (0, 0)

    def test_a_mail_that_waited_until_it_takes_place_after_all_tells_that_the_seat_went(self, now):
        entry = SignUpFactory(activity__cancelled_at=now, activity__cancel_reason="De docent is ziek.")
        tell_all(now)
        cancellations.reinstate(activity_ids=[entry.activity_id], by=UserFactory(), now=now)
        mail = mails.render(OutboxMessage.objects.get(), now=now)
        assert "De aanmelding is vervallen" in mail.subject
        assert "gaat nu toch door" in mail.body
        assert "gaat helaas niet door" not in mail.body

    def test_who_had_left_is_not_told(self, now):
        activity = ActivityFactory(cancelled_at=now, cancel_reason="De docent is ziek.")
        gone = SignUpFactory(activity=activity, state=State.CANCELLED)
        tell_all(now)
        assert told(gone) == []


class TestMoved:
    def test_once_per_revision(self, now):
        entry = SignUpFactory()
        move(entry.activity, DAY)
        tell_all(now)
        assert told(entry) == [MailKind.DATE_MOVED]
        move(entry.activity, DAY)
        tell_all(now)
        assert told(entry) == [MailKind.DATE_MOVED] * 2

    def test_the_mail_names_the_moment_that_this_receiver_knew(self, now):
        entry = SignUpFactory(activity__starts_at=datetime(2098, 12, 16, 9, tzinfo=UTC))
        for days in (1, 2):
            version = Activity.objects.get().version
            change = moves.Move(days=days)
            moves.carry_out(versions={entry.activity_id: version}, move=change, by=UserFactory(), now=clock.now())
            tell_all(now)
            message = OutboxMessage.objects.latest("pk")
            said = mails.render(message, now=now).body
            assert f"Eerst was het: {['dinsdag 16', 'woensdag 17'][days - 1]} december 2098, 10.00 uur." in said
            OutboxMessage.objects.filter(pk=message.pk).update(state=Delivery.SENT, sent_at=clock.now())

    def test_who_signed_up_after_the_move_knows(self, now):
        activity = ActivityFactory()
        move(activity, DAY)
        activity.refresh_from_db()
        entry = SignUpFactory(activity=activity)
        tell_all(now)
        assert told(entry) == []

    def test_what_is_over_is_not_news(self, now):
        entry = SignUpFactory(activity=ActivityFactory(starts_at=now - 3 * DAY))
        move(entry.activity, -DAY)
        tell_all(now)
        assert MailKind.DATE_MOVED not in told(entry)


class TestReminder:
    @pytest.mark.parametrize(
        ("until_start", "sure_since", "is_class", "mails"),
        [
            (2 * DAY, 9 * DAY, False, 1),
            (2 * DAY + timedelta(minutes=1), 9 * DAY, False, 0),
            (7 * DAY, 9 * DAY, False, 0),
            (7 * DAY, 9 * DAY, True, 1),
            (2 * DAY + timedelta(minutes=1), 9 * DAY, True, 1),
            (DAY, 9 * DAY, True, 1),
            (DAY, timedelta(hours=1), False, 0),
            (DAY, 3 * DAY, True, 1),
            (-DAY, 9 * DAY, False, 0),
        ],
    )
    def test_two_days_before_and_for_classes_a_week(self, now, until_start, sure_since, is_class, mails):
        activity = ActivityFactory(starts_at=now + until_start, for_classes=True, capacity=30)
        entry = SignUpFactory(activity=activity, class_of=20 if is_class else 0, proven_at=now - sure_since)
        tell_all(now)
        assert told(entry).count(MailKind.REMINDER) == mails

    def test_again_for_the_day_to_which_it_was_moved(self, now):
        entry = SignUpFactory(activity=ActivityFactory(starts_at=now + DAY), proven_at=now - 9 * DAY)
        tell_all(now)
        move(entry.activity, 20 * DAY)
        tell_all(now)
        assert told(entry).count(MailKind.REMINDER) == 1
        tell_all(now + 20 * DAY)
        assert told(entry).count(MailKind.REMINDER) == 2

    def test_not_beside_the_mail_that_the_seat_is_certain(self, now):
        activity = ActivityFactory(starts_at=now + timedelta(hours=6))
        entry = SignUpFactory(activity=activity, state=State.OFFERED, proven_at=now - 9 * DAY)
        seats.accept(sign_up_id=entry.pk, now=now)
        tell_all(now)
        assert told(entry) == [MailKind.CONFIRMED]

    def test_is_not_true_once_it_has_begun(self, now):
        entry = SignUpFactory(activity=ActivityFactory(starts_at=now + DAY), proven_at=now - 9 * DAY)
        tell_all(now)
        message = OutboxMessage.objects.get(sign_up=entry)
        assert mails.still_true(message, now=now)
        assert not mails.still_true(message, now=now + DAY)

    @pytest.mark.parametrize("state", [State.REQUESTED, State.WAITING, State.OFFERED, State.CANCELLED])
    def test_only_who_is_certain(self, now, state):
        entry = SignUpFactory(activity=ActivityFactory(starts_at=now + DAY), state=state)
        tell_all(now)
        assert told(entry) == []

    def test_nobody_to_write_to_is_no_endless_sweep(self, now):
        SignUpFactory(activity=ActivityFactory(starts_at=now + DAY), email="")
        tell_all(now)


class TestThanks:
    def thanked(self, activity, moment, **fields):
        entry = SignUpFactory(activity=activity, **fields)
        tell_all(moment)
        return told(entry)

    @pytest.mark.parametrize(
        ("ends", "moment", "mails"),
        [
            ("2026-11-28 15:00", "2026-11-28 23:59", 0),
            ("2026-11-28 15:00", "2026-11-29 08:59", 0),
            ("2026-11-28 15:00", "2026-11-29 09:00", 1),
            ("2026-11-28 23:59", "2026-11-29 09:00", 1),
            ("2026-11-29 00:00", "2026-11-29 09:00", 0),
            ("2026-11-29 00:00", "2026-11-30 09:00", 1),
            ("2026-11-28 15:00", "2026-11-30 00:30", 1),
            ("2026-11-28 15:00", "2026-12-28 14:59", 1),
            ("2026-11-28 15:00", "2026-12-28 15:00", 0),
            ("2026-10-24 15:00", "2026-10-25 08:59", 0),  # the night in which the clock changes
            ("2026-10-24 15:00", "2026-10-25 09:00", 1),
        ],
    )
    def test_from_nine_on_the_day_after(self, ends, moment, mails):
        ends, moment = (datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM) for text in (ends, moment))
        activity = ActivityFactory(starts_at=(ends - timedelta(hours=2.5)).astimezone(UTC))
        assert self.thanked(activity, moment) == [MailKind.THANKS] * mails

    def test_after_the_last_meeting(self):
        activity = ActivityFactory(starts_at=YESTERDAY, meetings=2)
        assert self.thanked(activity, NINE) == []
        assert self.thanked(activity, NINE + 7 * DAY) == [MailKind.THANKS]

    def test_once(self):
        activity = ActivityFactory(starts_at=YESTERDAY)
        assert self.thanked(activity, NINE) == [MailKind.THANKS]
        OutboxMessage.objects.update(state="sent", sent_at=NINE)
        tell_all(NINE + DAY)
        assert OutboxMessage.objects.count() == 1

    @pytest.mark.parametrize("state", [State.REQUESTED, State.WAITING, State.OFFERED, State.CANCELLED, State.EXPIRED])
    def test_only_who_was_certain(self, state):
        assert self.thanked(ActivityFactory(starts_at=YESTERDAY), NINE, state=state) == []

    def test_not_who_was_absent(self):
        activity = ActivityFactory(starts_at=YESTERDAY)
        there, absent = SignUpFactory.create_batch(2, activity=activity)
        AttendanceFactory(sign_up=there, number=1)
        AttendanceFactory(sign_up=absent, number=0)
        tell_all(NINE)
        assert (told(there), told(absent)) == ([MailKind.THANKS], [])

    def test_not_for_what_was_cancelled(self):
        activity = ActivityFactory(starts_at=YESTERDAY, cancelled_at=YESTERDAY, cancel_reason="Storm.")
        assert MailKind.THANKS not in self.thanked(activity, NINE)

    def test_not_who_was_wiped_or_has_no_address(self):
        activity = ActivityFactory(starts_at=YESTERDAY)
        assert self.thanked(activity, NINE, email="") == []

    def test_is_still_true_when_it_is_sent(self):
        entry = SignUpFactory(activity=ActivityFactory(starts_at=YESTERDAY))
        tell_all(NINE)
        message = OutboxMessage.objects.get()
        assert mails.still_true(message, now=NINE)
        entry.state, entry.ended_at, entry.ending = State.CANCELLED, NINE, Ending.STAFF
        entry.save()
        assert not mails.still_true(OutboxMessage.objects.get(), now=NINE)
