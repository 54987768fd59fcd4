"""Who came, as far as anybody knows: the edges of the one rule behind thanks, certificate and questions."""

from datetime import UTC, datetime, timedelta

import pytest

from signups.domain import erasure
from signups.domain.presence import came, presence
from signups.models import Attendance, SignUp, State
from tests.factories.hubs import ActivityFactory
from tests.factories.signups import LONG_AGO, AttendanceFactory, SignUpFactory

pytestmark = pytest.mark.django_db
STARTS = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=2.5)
SECOND = timedelta(seconds=1)


@pytest.fixture
def activity():
    return ActivityFactory(starts_at=STARTS, capacity=60, for_classes=True)


def who_came(now=ENDS):
    return set(came(SignUp.objects.all(), now))


def test_nobody_noted_everyone_with_a_certain_seat_came(activity):
    entries = {SignUpFactory(activity=activity), SignUpFactory(activity=activity, class_of=20)}
    for state in set(State.values) - {State.CONFIRMED}:
        SignUpFactory(activity=activity, state=state)
    assert who_came() == entries


def test_from_the_end_of_the_last_meeting():
    entry = SignUpFactory(activity=ActivityFactory(starts_at=STARTS, meetings=2))
    ends = entry.activity.last_ends_at
    assert (presence(entry, ends - SECOND), who_came(ends - SECOND)) == (None, set())
    assert presence(entry, ends)


def test_noted_anybody_only_who_was_noted_came(activity):
    there, absent, forgotten = SignUpFactory.create_batch(3, activity=activity)
    AttendanceFactory(sign_up=there, number=1)
    AttendanceFactory(sign_up=absent, number=0)
    assert who_came() == {there}
    assert presence(forgotten, ENDS) is None


def test_noted_nobody_but_absent_nobody_came(activity):
    AttendanceFactory(sign_up=SignUpFactory(activity=activity), number=0)
    SignUpFactory(activity=activity)
    assert who_came() == set()


def test_one_meeting_of_several_is_enough():
    activity = ActivityFactory(starts_at=STARTS, meetings=3)
    entry = SignUpFactory(activity=activity)
    first, second, _third = activity.meetings.all()
    AttendanceFactory(sign_up=entry, meeting=first, number=0)
    AttendanceFactory(sign_up=entry, meeting=second, number=1)
    found = presence(entry, activity.last_ends_at)
    assert (found.meetings, found.of, found.people, found.is_noted) == ((second,), 3, 1, True)


def test_another_date_says_nothing(activity):
    entry = SignUpFactory(activity=activity)
    AttendanceFactory(number=1)
    assert who_came() == {entry}


def test_a_class_as_noted_or_else_as_signed_up(activity):
    entry = SignUpFactory(activity=activity, class_of=24)
    assert (presence(entry, ENDS).people, presence(entry, ENDS).is_noted) == (24, False)
    AttendanceFactory(sign_up=entry, number=21)
    assert (presence(entry, ENDS).people, presence(entry, ENDS).is_noted) == (21, True)


def test_a_cancelled_date_had_nobody():
    SignUpFactory(activity=ActivityFactory(starts_at=STARTS, cancelled_at=LONG_AGO, cancel_reason="Storm."))
    assert who_came() == set()


@pytest.mark.django_db(transaction=True)
def test_that_anybody_was_noted_outlives_an_erasure(activity):
    there, absent = SignUpFactory.create_batch(2, activity=activity)
    AttendanceFactory(sign_up=there, number=1)
    erasure.erase(sign_up_id=there.pk, now=ENDS)
    assert not Attendance.objects.exists()
    assert (who_came(), presence(absent, ENDS)) == (set(), None)
