"""Who is told what about their date, and that nobody is told twice."""

from datetime import timedelta

import pytest

from content import clock
from hubs.models import Meeting
from signups.domain import notices
from signups.models import Ending, MailKind, OutboxMessage, State
from tests.factories.hubs import ActivityFactory
from tests.factories.signups import SignUpFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


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
        assert told(entry) == []


class TestReminder:
    @pytest.mark.parametrize(
        ("until_start", "sure_since", "is_class", "mails"),
        [
            (2 * DAY, 9 * DAY, False, 1),
            (2 * DAY + timedelta(minutes=1), 9 * DAY, False, 0),
            (7 * DAY, 9 * DAY, False, 0),
            (7 * DAY, 9 * DAY, True, 1),
            (DAY, 9 * DAY, True, 2),
            (DAY, timedelta(hours=1), False, 0),
            (DAY, 3 * DAY, True, 1),
            (-DAY, 9 * DAY, False, 0),
        ],
    )
    def test_two_days_before_and_for_classes_a_week(self, now, until_start, sure_since, is_class, mails):
        activity = ActivityFactory(starts_at=now + until_start, for_classes=True, capacity=30)
        entry = SignUpFactory(activity=activity, class_of=20 if is_class else 0, proven_at=now - sure_since)
        tell_all(now)
        assert told(entry) == [MailKind.REMINDER] * mails

    @pytest.mark.parametrize("state", [State.REQUESTED, State.WAITING, State.OFFERED, State.CANCELLED])
    def test_only_who_is_certain(self, now, state):
        entry = SignUpFactory(activity=ActivityFactory(starts_at=now + DAY), state=state)
        tell_all(now)
        assert told(entry) == []
