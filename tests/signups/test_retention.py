"""Retention: what is past its term is counted once and emptied, whoever runs it and how often."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.models import Sum

from content import clock
from signups import tasks
from signups.domain import retention
from signups.mails import written
from signups.models import EMPTY, AgeBand, Attendance, OutboxMessage, SignUp, State, Total
from tests.factories.hubs import ActivityFactory, EducationLevelFactory
from tests.factories.partners import SchoolFactory, UserFactory
from tests.factories.signups import AttendanceFactory, OutboxMessageFactory, SignUpFactory

STARTS = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=2.5)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def emptied(entry):
    return SignUp.objects.get(pk=entry.pk).emptied_at is not None


def past(**fields):
    return SignUpFactory(activity=ActivityFactory(starts_at=STARTS), **fields)


def past_class(**fields):
    return SignUpFactory(activity=ActivityFactory(starts_at=STARTS, capacity=30), class_of=25, **fields)


@pytest.mark.django_db
class TestTerm:
    @pytest.mark.parametrize("state", [State.CONFIRMED, State.CANCELLED, State.EXPIRED, State.WAITING])
    def test_thirty_days_after_the_last_meeting(self, state):
        entry = past(state=state)
        assert retention.run(now=ENDS + 30 * DAY - SECOND) == 0
        assert retention.run(now=ENDS + 30 * DAY) == 1
        assert emptied(entry)

    def test_the_last_meeting_counts(self):
        activity = ActivityFactory(starts_at=STARTS, meetings=3)
        entry = SignUpFactory(activity=activity)
        retention.run(now=ENDS + 43 * DAY)
        assert not emptied(entry)
        retention.run(now=ENDS + 44 * DAY)
        assert emptied(entry)

    def test_seven_days_after_a_request_that_nobody_proved(self):
        over = STARTS - 60 * DAY
        entry = past(state=State.EXPIRED, proven_at=None, proof="", ended_at=over, proof_expires_at=over)
        retention.run(now=over + 7 * DAY - SECOND)
        assert not emptied(entry)
        retention.run(now=over + 7 * DAY)
        assert emptied(entry)

    def test_also_where_no_sweep_ended_it(self):
        over = STARTS - 60 * DAY
        entry = past(state=State.REQUESTED, under_16=True, proof_expires_at=over)
        retention.run(now=over + 7 * DAY)
        assert emptied(entry)

    def test_who_cancelled_after_proof_is_kept_as_long_as_the_others(self):
        entry = past(state=State.CANCELLED, ended_at=STARTS - 60 * DAY)
        retention.run(now=STARTS)
        assert not emptied(entry)

    def test_an_ended_one_whose_activity_lost_its_dates(self):
        entry = SignUpFactory(activity=ActivityFactory(meetings=0), state=State.CANCELLED, ended_at=STARTS)
        retention.run(now=STARTS + 30 * DAY)
        assert emptied(entry)

    def test_a_live_one_whose_activity_lost_its_dates(self):
        entry = SignUpFactory(activity=ActivityFactory(meetings=0))
        SignUp.objects.update(created_at=STARTS)
        retention.run(now=STARTS + 180 * DAY - SECOND)
        assert not emptied(entry)
        retention.run(now=STARTS + 180 * DAY)
        assert emptied(entry)

    def test_an_end_makes_nothing_stay_longer_where_there_is_no_date(self):
        entry = SignUpFactory(activity=ActivityFactory(meetings=0), state=State.CANCELLED, ended_at=STARTS + 179 * DAY)
        SignUp.objects.update(created_at=STARTS)
        retention.run(now=STARTS + 180 * DAY)
        assert emptied(entry)

    def test_nothing_past_its_term_stays(self):
        for state in State.values:
            past(state=state)
        retention.run(now=ENDS + 30 * DAY)
        assert not retention.past_term(ENDS + 365 * DAY).exists()
        assert not SignUp.objects.filter(emptied_at=None).exists()


@pytest.mark.django_db
class TestEmptying:
    def test_all_that_tells_something_goes_and_the_counts_stay(self):
        level, school = EducationLevelFactory(), SchoolFactory()
        entry = past_class(education_level=level, school=school, phone="0348123456", remarks="rolstoel")
        OutboxMessageFactory(sign_up=entry)
        retention.run(now=ENDS + 30 * DAY)
        row = SignUp.objects.get(pk=entry.pk)
        assert {name: getattr(row, name) for name in EMPTY} == EMPTY
        assert not OutboxMessage.objects.exists()
        total = Total.objects.get()
        assert (total.activity, total.education_level, total.school) == (entry.activity, level, school)
        assert (total.kind, total.state, total.sign_ups, total.seats) == ("class", "confirmed", 1, 25)
        assert (total.people, total.attended) == (25, 0)

    def test_a_class_that_takes_one_seat_still_counts_its_pupils(self):
        entry = past_class(seats=1)
        retention.run(now=ENDS + 30 * DAY)
        assert Total.objects.filter(activity=entry.activity).values_list("seats", "people").get() == (1, 25)

    def test_attended_is_the_fullest_meeting_and_its_rows_go(self):
        activity = ActivityFactory(starts_at=STARTS, meetings=2, capacity=60)
        entries = [SignUpFactory(activity=activity, class_of=25), SignUpFactory(activity=activity, class_of=20)]
        for meeting, numbers in zip(activity.meetings.all(), [(20, 19), (24, 0)], strict=True):
            for entry, number in zip(entries, numbers, strict=True):
                AttendanceFactory(sign_up=entry, meeting=meeting, number=number)
        retention.run(now=ENDS + 60 * DAY)
        total = Total.objects.get()
        assert (total.sign_ups, total.people, total.attended) == (2, 45, 24 + 19)
        assert not Attendance.objects.exists()

    def test_the_files_of_its_mails_go(self, settings, tmp_path, django_capture_on_commit_callbacks):
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = tmp_path
        mail, other = OutboxMessageFactory(sign_up=past()), OutboxMessageFactory()
        for number, one in enumerate([mail, other]):
            (tmp_path / f"2026112{number}-000000-1.log").write_text(f"Message-ID: <{one.uuid}@portal.example>\n")
        with django_capture_on_commit_callbacks(execute=True):
            retention.run(now=ENDS + 30 * DAY)
        assert [path.name for path in tmp_path.glob("*.log")] == ["20261121-000000-1.log"]

    def test_a_file_that_another_removal_took_keeps_none_of_the_rest(self, settings, tmp_path, monkeypatch):
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = tmp_path
        uuid, gone = uuid4(), tmp_path / "20261121-000000-1.log"
        own = tmp_path / "20261122-000000-1.log"
        own.write_text(f"Message-ID: <{uuid}@portal.example>\n")
        os.utime(own, (0, 0))
        listed = Path.glob
        monkeypatch.setattr(Path, "glob", lambda folder, pattern: [gone, *listed(folder, pattern)])
        assert written.forget_past_term(now=datetime(1970, 1, 1, tzinfo=UTC)) == 0
        written.remove({uuid})
        assert not own.exists()
        own.touch()
        os.utime(own, (0, 0))
        assert written.forget_past_term(now=clock.now()) == 1

    def test_files_of_any_mail_go_by_age(self, settings, tmp_path):
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = tmp_path
        for name, age in (("old", written.KEPT + timedelta(days=1)), ("new", written.KEPT - timedelta(days=1))):
            path = tmp_path / f"{name}.log"
            path.touch()
            os.utime(path, ((clock.now() - age).timestamp(),) * 2)
        tasks.empty_past_term()
        assert [path.name for path in tmp_path.glob("*.log")] == ["new.log"]

    def test_counted_by_sort_and_once(self):
        activity = ActivityFactory(starts_at=STARTS)
        for state in (State.CONFIRMED, State.CONFIRMED, State.CANCELLED):
            SignUpFactory(activity=activity, state=state)
        for _ in range(3):
            retention.run(now=ENDS + 30 * DAY)
        SignUpFactory(activity=activity)
        retention.run(now=ENDS + 30 * DAY)
        assert dict(Total.objects.values_list("state", "sign_ups")) == {"confirmed": 3, "cancelled": 1}

    def test_the_seats_of_the_past_stay_counted(self):
        entry = past()
        retention.run(now=ENDS + 30 * DAY)
        entry.activity.refresh_from_db()
        assert entry.activity.taken == 1

    def test_more_than_a_batch(self, monkeypatch):
        monkeypatch.setattr(retention, "BATCH", 2)
        activity = ActivityFactory(starts_at=STARTS)
        SignUpFactory.create_batch(5, activity=activity)
        assert retention.run(now=ENDS + 30 * DAY) == 5
        assert Total.objects.get().sign_ups == 5

    @pytest.mark.parametrize("field", EMPTY)
    def test_the_database_refuses_a_half_emptied_row(self, field):
        entry = past()
        rest = {name: value for name, value in EMPTY.items() if name != field}
        filled = {
            "age_band": AgeBand.FROM_16,
            "education_level": EducationLevelFactory(),
            "school": SchoolFactory(),
            "email": "iemand@voorbeeld.example",
            "audience": "pupil",
            "taken_by": UserFactory(),
            "submit_token": entry.submit_token,
        }
        value = filled.get(field, "x")
        with pytest.raises(IntegrityError, match="signups_signup_emptied_is_empty"), transaction.atomic():
            SignUp.objects.filter(pk=entry.pk).update(**rest, **{field: value}, emptied_at=ENDS)


def run_together(runners):
    """Each with a connection of its own, all starting in the same moment."""
    barrier = Barrier(runners)

    def one(_):
        try:
            barrier.wait(10)
            return retention.run(now=ENDS + 30 * DAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(runners) as pool:
        return sum(pool.map(one, range(runners)))


@pytest.fixture
def many(transactional_db, monkeypatch):
    """120 rows of four sorts, in batches of five."""
    monkeypatch.setattr(retention, "BATCH", 5)
    activities = [ActivityFactory(starts_at=STARTS, capacity=None) for _ in range(2)]
    for number in range(120):
        SignUpFactory(activity=activities[number % 2], state=[State.CONFIRMED, State.CANCELLED][number // 2 % 2])
    yield 120
    connections.close_all()


def test_twelve_at_once_count_each_row_once(many):
    assert run_together(12) == many
    assert Total.objects.count() == 4
    assert Total.objects.aggregate(sum=Sum("sign_ups"))["sum"] == many


def test_without_the_lock_they_count_twice(many, monkeypatch):
    monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", lambda rows, **_: rows)
    run_together(12)
    assert Total.objects.aggregate(sum=Sum("sign_ups"))["sum"] > many
