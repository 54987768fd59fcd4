"""How seats are said, at a moment that the test chooses. No database needed."""

from datetime import UTC, datetime, timedelta

import pytest

from hubs.availability import SeatLevel, seats
from hubs.models import Activity, Counting

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


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
        ({"capacity": 12, "taken": 12, "waiting": 3, "waiting_limit": 3}, "vol", SeatLevel.FULL),
        ({"capacity": 12, "taken": 10, "waiting": 1}, "vol, wel een wachtlijst", SeatLevel.FULL),
        ({"capacity": None}, "plek voor iedereen", SeatLevel.UNLIMITED),
        ({"capacity": 0, "waiting_limit": 0}, "vol", SeatLevel.FULL),
        ({"capacity": 5, "first_starts_at": NOW}, "aanmelden is gesloten", SeatLevel.CLOSED),
        ({"capacity": 5, "signup_closes_at": NOW}, "aanmelden is gesloten", SeatLevel.CLOSED),
        ({"capacity": 5, "signup_opens_at": NOW + DAY}, "aanmelden kan vanaf di 2 maart", SeatLevel.CLOSED),
        ({"capacity": 5, "cancelled_at": NOW, "cancel_reason": "Ziek"}, "gaat niet door", SeatLevel.CANCELLED),
    ],
)
def test_seats(fields, text, level):
    said = seats(activity(**fields), NOW)
    assert (said.text, said.level) == (text, level)


def test_squares_show_taken_seats_first():
    assert seats(activity(capacity=4, taken=1), NOW).squares == (True, False, False, False)


def test_no_squares_when_there_are_too_many_to_draw():
    assert seats(activity(capacity=41), NOW).squares == ()
