"""Which dates suit a wish: level, period, place, and whether one can still sign up."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.db import connection

from hubs.availability import Door, door
from hubs.models import Activity
from signups import suiting
from signups.models import DateInterest
from tests.factories.hubs import ActivityFactory, EducationLevelFactory, HubFactory, ProgrammeFactory
from tests.factories.signups import DateInterestFactory
from tests.signups.wishing import suiting_date

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PERIOD = datetime(2099, 11, 28, 9, 0, tzinfo=UTC)


@pytest.fixture
def interest():
    return DateInterestFactory()


def suits(interest, activity):
    """By the row itself and by the query over all rows, which must agree."""
    one = activity in suiting.suiting(interest, NOW)
    assert suiting.with_news(DateInterest.objects.all(), NOW).filter(pk=interest.pk).exists() == one
    return one


def test_level_and_period(interest):
    assert suits(interest, suiting_date(interest))


def test_not_of_another_level(interest):
    assert not suits(interest, ActivityFactory())


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ((2099, 10, 31, 22, 59), False),  # 23.59 in the Netherlands
        ((2099, 10, 31, 23, 0), True),  # midnight there, in winter
        ((2099, 11, 30, 22, 59), True),
        ((2099, 11, 30, 23, 0), False),
    ],
)
def test_the_period_is_of_dutch_days(interest, starts, expected):
    assert suits(interest, suiting_date(interest, starts_at=datetime(*starts, tzinfo=UTC))) == expected


def test_narrowed_to_a_programme():
    programme = ProgrammeFactory()
    interest = DateInterestFactory(programme=programme)
    assert not suits(interest, suiting_date(interest, programme=ProgrammeFactory(hub=programme.hub)))
    assert suits(interest, suiting_date(interest, programme=programme))


def test_narrowed_to_a_hub():
    hub = HubFactory()
    interest = DateInterestFactory(hub=hub)
    assert not suits(interest, suiting_date(interest))
    assert suits(interest, suiting_date(interest, programme__hub=hub))


@pytest.mark.parametrize(
    ("audiences", "expected"),
    [(["career_changer"], True), (["pupil", "employee"], True), (["pupil", "parent"], False), ([], False)],
)
def test_without_a_level_what_is_for_who_is_not_at_school(audiences, expected):
    interest = DateInterestFactory(education_level=None)
    activity = ActivityFactory(
        programme__audiences=audiences, programme__levels=EducationLevelFactory.create_batch(2), starts_at=PERIOD
    )
    assert suits(interest, activity) == expected
    assert suiting.suiting(interest, NOW).count() == expected


def test_not_what_the_public_cannot_see(interest):
    assert not suits(interest, suiting_date(interest, programme__state="draft"))


WINDOWS = [(None, None), (NOW, None), (NOW + HOUR, None), (None, NOW), (None, NOW + HOUR), (None, NOW + 5 * HOUR)]
PLAIN = [field for field in Activity._meta.concrete_fields if field.name not in {"id", "uuid"}]
ROOM = list(product([None, 0, 1], [0, 1], [(0, 0), (0, 1), (1, 1), (1, 2)], [None, 0, 1, 2]))


def copies(activity, rows):
    """Of that date, one for each row of columns, as they are: the database's triggers would put the counts right."""
    copied = [Activity(**{field.attname: getattr(activity, field.attname) for field in PLAIN} | row) for row in rows]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Activity.objects.bulk_create(copied)
        cursor.execute("SET LOCAL session_replication_role = origin")
    return Activity.objects.exclude(pk=activity.pk)


@pytest.mark.parametrize("starts_at", [NOW - HOUR, NOW, NOW + 4 * HOUR, NOW + 6 * HOUR])
@pytest.mark.parametrize("is_cancelled", [False, True])
def test_it_takes_newcomers_as_the_door_says(interest, starts_at, is_cancelled):
    """Every combination of window, room and queue: the query and hubs/availability say the same."""
    interest.from_on = interest.until_on = starts_at.date()
    first = suiting_date(interest, starts_at=starts_at)
    if is_cancelled:
        Activity.objects.filter(pk=first.pk).update(cancelled_at=NOW, cancel_reason="Ziek.")
    first.refresh_from_db()
    rows = [
        {"capacity": capacity, "taken": taken, "waiting": waiting, "queued": queued, "waiting_limit": limit}
        | {"signup_opens_at": opens, "signup_closes_at": closes}
        for (opens, closes), (capacity, taken, (waiting, queued), limit) in product(WINDOWS, ROOM)
        if capacity is None or taken <= capacity
    ]
    made = copies(first, rows)
    suited = set(suiting.suiting(interest, NOW))
    doors = set()
    assert len(made) == len(rows)
    for activity in made:
        found = door(activity, NOW)
        doors.add(found)
        assert (activity in suited) == (found in {Door.OPEN, Door.WAITING_LIST}), vars(activity)
    has_list = starts_at > NOW + 4 * HOUR
    assert len(doors) == (1 if is_cancelled or starts_at <= NOW else 4 + has_list)
