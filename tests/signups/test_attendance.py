"""Who was there: what may be noted, what is refused, and that the database keeps meeting and sign-up together."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from content import clock
from hubs.models import Activity
from signups.domain import attendance
from signups.domain.errors import Reason, RefusedError
from signups.models import Attendance, SignUp, State
from tests.factories.hubs import ActivityFactory
from tests.factories.partners import UserFactory
from tests.factories.signups import SignUpFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def activity(now):
    return ActivityFactory(starts_at=now + HOUR, meetings=2, capacity=60, for_classes=True)


def note(entry, number=1, *, now, meeting=None, by=None):
    meeting = meeting or entry.activity.meetings.first()
    by = by or UserFactory()
    return attendance.note(sign_up_id=entry.pk, meeting_id=meeting.pk, number=number, by=by, now=now)


def undo(entry, now):
    attendance.undo(sign_up_id=entry.pk, meeting_id=entry.activity.meetings.first().pk, now=now)


def refusal(call, *args, **fields):
    with pytest.raises(RefusedError) as caught:
        call(*args, **fields)
    assert caught.value.sentence
    return caught.value.reason


def test_a_person_is_noted_by_somebody(activity, now):
    entry, staff = SignUpFactory(activity=activity), UserFactory()
    noted = note(entry, now=now, by=staff)
    assert (noted.number, noted.noted_by, noted.noted_at) == (1, staff, now)


def test_the_same_tap_again_changes_nothing(activity, now):
    entry = SignUpFactory(activity=activity)
    first, again = note(entry, now=now), note(entry, now=now + HOUR)
    assert (first.pk, first.noted_at) == (again.pk, again.noted_at)
    assert Attendance.objects.count() == 1


def test_another_number_takes_its_place(activity, now):
    entry, later = SignUpFactory(activity=activity, class_of=26), UserFactory()
    note(entry, 24, now=now)
    note(entry, 25, now=now + HOUR, by=later)
    noted = Attendance.objects.get()
    assert (noted.number, noted.noted_by, noted.noted_at) == (25, later, now + HOUR)


def test_each_meeting_has_its_own(activity, now):
    entry = SignUpFactory(activity=activity)
    for meeting in activity.meetings.all():
        note(entry, now=now, meeting=meeting)
    assert Attendance.objects.count() == 2


def test_undo_and_undo_again(activity, now):
    entry = SignUpFactory(activity=activity)
    note(entry, now=now)
    for _time in range(2):
        undo(entry, now)
        assert not Attendance.objects.exists()


def test_counts_people_not_rows(activity, now):
    note(SignUpFactory(activity=activity, class_of=26), 24, now=now)
    note(SignUpFactory(activity=activity), now=now)
    SignUpFactory(activity=activity)
    SignUpFactory(activity=activity, state=State.REQUESTED)
    assert attendance.counts(activity.meetings.first()) == (25, 28, 0)
    assert attendance.counts(activity.meetings.last()) == (0, 28, 0)


@pytest.mark.parametrize(("class_of", "number"), [(0, 2), (0, -1), (26, 27), (26, 10**9)])
def test_never_more_than_signed_up(activity, now, class_of, number):
    entry = SignUpFactory(activity=activity, class_of=class_of)
    assert refusal(note, entry, number, now=now) == Reason.CLASS_SIZE


@pytest.mark.parametrize("state", set(State.values) - {State.CONFIRMED})
def test_only_a_certain_seat_is_noted(activity, now, state):
    entry = SignUpFactory(activity=activity, state=state)
    assert refusal(note, entry, now=now) == refusal(undo, entry, now) == Reason.NO_LONGER


def test_an_emptied_row_is_not_noted(activity, now):
    entry = SignUpFactory(activity=activity)
    attendance_gone = {"name": "", "email": "", "age_band": "", "audience": "", "submit_token": None}
    SignUp.objects.filter(pk=entry.pk).update(**attendance_gone, fields_digest="", emptied_at=now)
    assert refusal(note, entry, now=now) == Reason.NO_LONGER


def test_not_at_a_meeting_of_another_activity(activity, now):
    entry, other = SignUpFactory(activity=activity), ActivityFactory(starts_at=now + HOUR)
    assert refusal(note, entry, now=now, meeting=other.meetings.get()) == Reason.NO_LONGER


def test_from_twelve_hours_before_the_first_meeting(activity, now):
    entry, opens = SignUpFactory(activity=activity), activity.first_starts_at - 12 * HOUR
    assert refusal(note, entry, now=opens - timedelta(seconds=1)) == Reason.NOT_OPEN_YET
    assert note(entry, now=opens).number == 1


def test_not_when_it_does_not_take_place(activity, now):
    entry = SignUpFactory(activity=activity)
    Activity.objects.filter(pk=activity.pk).update(cancelled_at=now, cancel_reason="Ziek.")
    assert refusal(note, entry, now=now) == Reason.CANCELLED


def test_the_meeting_of_now(activity, now):
    first, second = activity.meetings.all()
    assert attendance.current_meeting(activity, now) == first
    assert attendance.current_meeting(activity, first.ends_at - timedelta(seconds=1)) == first
    assert attendance.current_meeting(activity, first.ends_at) == second
    assert attendance.current_meeting(activity, second.ends_at + HOUR) == second
    assert attendance.current_meeting(ActivityFactory(meetings=0), now) is None


class TestTheDatabase:
    """Whatever code does, who is noted signed up for that meeting's activity."""

    def strays(self):
        """Three ways to part them."""
        entry, other = SignUpFactory(), ActivityFactory()
        mine, foreign = entry.activity.meetings.get(), other.meetings.get()
        row = Attendance.objects.create(sign_up=entry, meeting=mine, number=1)
        yield lambda: Attendance.objects.create(sign_up=SignUpFactory(), meeting=foreign, number=1)
        yield lambda: Attendance.objects.filter(pk=row.pk).update(meeting=foreign)
        yield lambda: SignUp.objects.filter(pk=entry.pk).update(activity=other)
        yield lambda: mine.__class__.objects.filter(pk=mine.pk).update(
            activity=other, starts_at=mine.starts_at + HOUR, ends_at=mine.ends_at + HOUR
        )

    def test_refuses_each_way(self):
        for stray in self.strays():
            with pytest.raises(IntegrityError, match="another activity"), transaction.atomic():
                stray()

    def test_the_negative_control(self):
        """Without the triggers each of them passes."""
        with connection.cursor() as cursor:
            for table in ("signups_attendance", "signups_signup", "hubs_meeting"):
                cursor.execute(f"DROP TRIGGER signups_attendance_fits ON {table}")
        for stray in self.strays():
            with transaction.atomic():
                stray()
                transaction.set_rollback(True)
