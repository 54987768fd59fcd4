"""How seats are said, at a moment that the test chooses. The filter of lists says the same."""

from datetime import UTC, datetime, timedelta

import pytest

from hubs.availability import Door, SeatLevel, door, seats, why_full
from hubs.models import Activity, Counting
from hubs.occupancy import occupancy
from tests.factories.hubs import ActivityFactory

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
IN_TIME, TOO_LATE = NOW + timedelta(hours=4, seconds=1), NOW + timedelta(hours=4)  # for an offer, before it closes


CLASSES = {"capacity": 30, "for_persons": False, "for_classes": True, "class_size_min": 10, "class_size_max": 20}


def activity(**fields):
    starts = fields.pop("first_starts_at", NOW + 7 * DAY)
    return Activity(first_starts_at=starts, last_ends_at=starts + DAY, **fields)


@pytest.mark.parametrize(
    ("fields", "text", "level"),
    [
        ({"capacity": 12, "taken": 2}, "nog 10 van 12 plekken", SeatLevel.FREE),
        ({"capacity": 12, "taken": 8}, "nog 4 van 12 plekken", SeatLevel.FEW),
        ({"capacity": 1}, "nog 1 van 1 plek", SeatLevel.FEW),
        ({"capacity": 2, "taken": 1, "counts": Counting.CLASSES}, "nog 1 van 2 klassen", SeatLevel.FREE),
        ({"capacity": 12, "taken": 12}, "vol, wel een wachtlijst", SeatLevel.FULL),
        ({"capacity": 12, "taken": 12, "waiting_limit": 0}, "vol", SeatLevel.FULL),
        ({"capacity": 12, "taken": 12, "waiting": 2, "queued": 3, "waiting_limit": 3}, "vol", SeatLevel.FULL),
        ({"capacity": 12, "taken": 10, "waiting": 1}, "er wachten al anderen, wel een wachtlijst", SeatLevel.FULL),
        (
            {"capacity": 12, "taken": 10, "waiting": 1, "queued": 1, "waiting_limit": 1},
            "ook de wachtlijst is vol",
            SeatLevel.FULL,
        ),
        ({"capacity": 12, "taken": 12, "signup_closes_at": IN_TIME}, "vol, wel een wachtlijst", SeatLevel.FULL),
        ({"capacity": 12, "taken": 12, "signup_closes_at": TOO_LATE}, "vol", SeatLevel.FULL),
        ({"capacity": 12, "taken": 12, "first_starts_at": TOO_LATE}, "vol", SeatLevel.FULL),
        ({"capacity": 12, "waiting": 1, "signup_closes_at": TOO_LATE}, "er wachten al anderen", SeatLevel.FULL),
        ({"capacity": None, "waiting": 1}, "er wachten al anderen, wel een wachtlijst", SeatLevel.FULL),
        (CLASSES | {"taken": 12}, "plek voor een klas van 10 tot 18", SeatLevel.FREE),
        (CLASSES | {"taken": 20}, "plek voor een klas van 10", SeatLevel.FREE),
        (CLASSES | {"taken": 21}, "te weinig plek voor een klas, wel een wachtlijst", SeatLevel.FULL),
        (CLASSES | {"taken": 21, "waiting_limit": 0}, "te weinig plek voor een klas", SeatLevel.FULL),
        (CLASSES | {"taken": 21, "for_persons": True}, "nog 9 van 30 plekken", SeatLevel.FREE),
        (CLASSES | {"taken": 29, "counts": Counting.CLASSES}, "nog 1 van 30 klassen", SeatLevel.FREE),
        ({"capacity": None}, "plek voor iedereen", SeatLevel.UNLIMITED),
        ({"capacity": 0, "waiting_limit": 0}, "vol", SeatLevel.FULL),
        ({"capacity": 0}, "vol", SeatLevel.FULL),
        ({"capacity": 5, "first_starts_at": NOW}, "aanmelden is gesloten", SeatLevel.CLOSED),
        ({"capacity": 5, "signup_closes_at": NOW}, "aanmelden is gesloten", SeatLevel.CLOSED),
        ({"capacity": 5, "signup_opens_at": NOW + DAY}, "aanmelden kan vanaf di 2\xa0maart", SeatLevel.CLOSED),
        ({"capacity": 5, "cancelled_at": NOW, "cancel_reason": "Ziek"}, "gaat niet door", SeatLevel.CANCELLED),
    ],
)
def test_seats(fields, text, level):
    said = seats(activity(**fields), NOW)
    assert (said.text, said.level) == (text, level)


def test_staff_read_of_classes_too_where_classes_are_counted():
    date = activity(**CLASSES | {"capacity": 1, "counts": Counting.CLASSES})
    assert (occupancy(date).text, seats(date, NOW).text) == ("0 van 1 klas bezet", "nog 1 van 1 klas")


def test_a_class_finds_another_door_than_a_person():
    both = activity(**CLASSES | {"taken": 21, "for_persons": True})
    assert (door(both, NOW), door(both, NOW, for_class=True)) == (Door.OPEN, Door.WAITING_LIST)


def test_squares_show_what_is_free_also_while_somebody_waits():
    assert seats(activity(capacity=4, taken=1, waiting=1), NOW).squares == (True, False, False, False)


def test_squares_show_taken_seats_first():
    assert seats(activity(capacity=4, taken=1), NOW).squares == (True, False, False, False)


def test_no_squares_when_there_are_too_many_to_draw():
    assert seats(activity(capacity=41), NOW).squares == ()


def test_no_seats_ever_means_no_list_either():
    assert door(activity(capacity=0), NOW) is Door.FULL
    assert door(activity(capacity=1, taken=1), NOW) is Door.WAITING_LIST


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"capacity": 1, "taken": 1}, "Deze activiteit is vol."),
        ({"capacity": 1, "waiting": 1}, "Er wachten al anderen."),
        (CLASSES | {"taken": 21}, "Er is te weinig plek voor een hele klas."),
    ],
)
def test_nobody_joins_a_list_from_which_no_offer_can_come(fields, why):
    """Four hours before sign-up closes the last seat is offered to who waits."""
    assert door(activity(**fields, signup_closes_at=IN_TIME), NOW) is Door.WAITING_LIST
    late = activity(**fields, signup_closes_at=TOO_LATE)
    assert door(late, NOW) is Door.FULL
    assert why_full(late, NOW) == f"{why} Voor de wachtlijst is het te laat: aanmelden sluit binnen vier uur."
    no_list = activity(**fields, signup_closes_at=TOO_LATE, waiting_limit=0)
    assert "te laat" not in why_full(no_list, NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"capacity": None},
        {"capacity": 0},
        {"signup_opens_at": NOW},
        {"signup_opens_at": NOW + DAY},
        {"signup_closes_at": NOW},
        {"signup_closes_at": NOW + DAY},
        {"starts_at": NOW},
        {"starts_at": NOW - DAY},
        {"meetings": 0},
        CLASSES,
        {**CLASSES, "capacity": 9, "counts": Counting.CLASSES},
        {"cancelled_at": NOW, "cancel_reason": "Ziek"},
    ],
)
def test_the_filter_agrees_with_the_door(fields):
    date = ActivityFactory(**{"starts_at": NOW + 7 * DAY, **fields})
    assert Activity.objects.with_free_seats(NOW).exists() is (door(date, NOW) is Door.OPEN)
