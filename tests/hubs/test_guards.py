"""The database keeps an activity's counters and moments; each guard is also shown to be needed."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Sum

from hubs.models import Activity, Meeting
from signups.models import SignUp, State
from tests.factories.hubs import ActivityFactory, MeetingFactory, RoomFactory
from tests.factories.signups import SignUpFactory
from tests.signups import invariants

START = datetime(2027, 3, 3, 13, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def bare_activity(**fields):
    return ActivityFactory(meetings=0, **fields)


def meeting(activity, start=START, **fields):
    return MeetingFactory(activity=activity, starts_at=start, ends_at=start + HOUR, **fields)


def stored(activity):
    return Activity.objects.get(pk=activity.pk)


@pytest.mark.django_db
class TestFollowMeetings:
    def test_first_meeting_sets_moments_and_no_revision(self):
        activity = bare_activity()
        meeting(activity)
        now = stored(activity)
        assert (now.first_starts_at, now.last_ends_at, now.revision) == (START, START + HOUR, 0)

    def test_further_meeting_stretches_and_revises(self):
        activity = bare_activity()
        meeting(activity)
        meeting(activity, START + 7 * 24 * HOUR)
        now = stored(activity)
        assert (now.first_starts_at, now.last_ends_at, now.revision) == (START, START + 7 * 24 * HOUR + HOUR, 1)

    def test_moved_meeting_revises_once(self):
        activity = bare_activity()
        moved = meeting(activity)
        moved.starts_at, moved.ends_at = START + HOUR, START + 2 * HOUR
        moved.save()
        assert (stored(activity).first_starts_at, stored(activity).revision) == (START + HOUR, 1)

    def test_other_room_revises(self):
        activity = bare_activity()
        first = meeting(activity)
        first.room = RoomFactory(hub=activity.programme.hub)
        first.save()
        assert stored(activity).revision == 1

    def test_saving_without_change_does_not_revise(self):
        activity = bare_activity()
        meeting(activity).save()
        assert stored(activity).revision == 0

    def test_last_meeting_deleted_clears_moments(self):
        activity = bare_activity()
        meeting(activity).delete()
        now = stored(activity)
        assert (now.first_starts_at, now.last_ends_at, now.revision) == (None, None, 1)

    def test_meeting_moved_to_another_activity_revises_both(self):
        old, new = bare_activity(), bare_activity()
        moved = meeting(old)
        meeting(new, START + HOUR)
        moved.activity = new
        moved.save()
        assert (stored(old).first_starts_at, stored(old).revision) == (None, 1)
        assert (stored(new).first_starts_at, stored(new).revision) == (START, 1)


@pytest.mark.django_db
class TestKeepCounters:
    def edit_at_once(self):
        """One editor loads the activity, another moves its meeting, the first saves."""
        activity = bare_activity(capacity=10)
        moved = meeting(activity)
        opened = stored(activity)
        moved.starts_at, moved.ends_at = START + HOUR, START + 2 * HOUR
        moved.save()
        opened.capacity = 12
        opened.save()
        return stored(activity)

    def test_stale_save_keeps_revision_and_moments(self):
        now = self.edit_at_once()
        assert (now.capacity, now.revision, now.first_starts_at) == (12, 1, START + HOUR)

    def test_without_the_trigger_a_stale_save_would_undo_them(self):
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER hubs_activity_keep_counters ON hubs_activity")
        now = self.edit_at_once()
        assert (now.revision, now.first_starts_at) == (0, START)

    def test_insert_starts_at_zero_whatever_is_given(self):
        activity = bare_activity(capacity=5, taken=4, waiting=3, queued=3, revision=9, first_starts_at=START)
        now = stored(activity)
        assert (now.taken, now.waiting, now.queued, now.revision, now.first_starts_at) == (0, 0, 0, 0, None)

    def test_update_from_outside_changes_no_counter(self):
        activity = bare_activity(capacity=5)
        Activity.objects.filter(pk=activity.pk).update(taken=5, waiting=2, queued=2, revision=7, capacity=6)
        now = stored(activity)
        assert (now.taken, now.waiting, now.queued, now.revision, now.capacity) == (0, 0, 0, 0, 6)


@pytest.mark.django_db
class TestGuardCounts:
    """Eight classes are no eight heads: there would be room for a ninth of 90 in 100 seats."""

    @pytest.fixture
    def activity(self):
        activity = ActivityFactory(counts="classes", capacity=100, for_classes=True)
        SignUpFactory.create_batch(8, activity=activity, class_of=30, seats=1)
        return activity

    def count_heads(self, activity):
        Activity.objects.filter(pk=activity.pk).update(counts="heads")

    def test_what_takes_a_seat_stays_while_somebody_has_one(self, activity):
        with pytest.raises(IntegrityError, match="counted as classes"), transaction.atomic():
            self.count_heads(activity)
        SignUp.objects.all().delete()
        self.count_heads(activity)
        assert stored(activity).counts == "heads"

    def test_or_waits_for_one(self):
        activity = ActivityFactory(counts="classes", for_classes=True)
        SignUpFactory(activity=activity, class_of=30, seats=1, state=State.WAITING, proven_at=None, proof="")
        with pytest.raises(IntegrityError, match="counted as classes"):
            self.count_heads(activity)

    def test_without_the_trigger_it_would_oversell(self, activity):
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER hubs_activity_guard_counts ON hubs_activity")
        self.count_heads(activity)
        SignUpFactory(activity=activity, class_of=90)
        assert SignUp.objects.aggregate(heads=Sum("pupils"))["heads"] == 330
        with pytest.raises(AssertionError):
            invariants.a_class_is_whole(invariants.Standing(activity.pk))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("hubs_activity_for_someone", {"for_persons": False, "for_classes": False}),
        ("hubs_activity_class_sizes_ordered", {"class_size_min": 20, "class_size_max": 10}),
        ("hubs_activity_class_size_positive", {"class_size_min": 0}),
        ("hubs_activity_opens_before_closes", {"signup_opens_at": START, "signup_closes_at": START}),
        ("hubs_activity_price_not_negative", {"price": "-1.00"}),
        ("hubs_activity_cancelled_with_reason", {"cancelled_at": START}),
        ("hubs_activity_cancelled_with_reason", {"cancel_reason": "Ziek"}),
        ("hubs_activity_known_counting", {"counts": "stoelen"}),
    ],
)
def test_the_database_refuses(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint):
        bare_activity(**fields)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("hubs_meeting_ends_after_start", {"ends_at": START}),
        ("hubs_meeting_one_place", {"ends_at": START + HOUR, "place": "Elders", "with_room": True}),
    ],
)
def test_the_database_refuses_a_meeting(constraint, fields):
    activity = bare_activity()
    if fields.pop("with_room", False):
        fields["room"] = RoomFactory(hub=activity.programme.hub)
    with pytest.raises(IntegrityError, match=constraint):
        Meeting.objects.create(activity=activity, starts_at=START, **fields)


@pytest.mark.django_db(transaction=True)
def test_two_people_adding_meetings_at_once_both_count():
    activity = bare_activity()
    both_inside = threading.Barrier(2, timeout=10)
    failures = []

    def add(start, wait_before_commit):
        try:
            with transaction.atomic():
                if not wait_before_commit:
                    both_inside.wait()  # the other one has inserted and holds its lock
                meeting(activity, start)
                if wait_before_commit:
                    both_inside.wait()
                    with connection.cursor() as cursor:
                        cursor.execute("SELECT pg_sleep(0.3)")  # long enough for the other to run into the lock
        except DatabaseError as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=add, args=(START, True)),
        threading.Thread(target=add, args=(START - HOUR, False)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert failures == []
    now = stored(activity)
    assert (now.first_starts_at, now.last_ends_at) == (START - HOUR, START + HOUR)
