"""How long a proof and an offer may take, at moments that the test chooses."""

from datetime import datetime, timedelta

import pytest

from content.clock import AMSTERDAM
from hubs.models import Activity
from signups.domain.deadlines import early_deadline, offer_deadline, proof_deadline

HOUR = timedelta(hours=1)


def at(day, hour, minute=0):
    return datetime(2027, 3, day, hour, minute, tzinfo=AMSTERDAM)


def activity(starts, closes=None):
    return Activity(first_starts_at=starts, last_ends_at=starts + HOUR, signup_closes_at=closes)


@pytest.mark.parametrize(
    ("starts", "by_guardian", "deadline"),
    [
        (at(20, 14), False, at(2, 12)),
        (at(20, 14), True, at(4, 12)),
        (at(1, 20), False, at(1, 20)),
        (at(3, 9), True, at(3, 9)),
    ],
)
def test_proof_takes_a_day_or_three_and_never_past_the_start(starts, by_guardian, deadline):
    assert proof_deadline(activity(starts), at(1, 12), by_guardian=by_guardian) == deadline


def test_who_waits_is_proven_while_a_seat_can_still_be_offered():
    date = activity(at(20, 14), closes=at(2, 9))
    assert proof_deadline(date, at(1, 12), by_guardian=False, waits=True) == at(2, 5)
    assert proof_deadline(date, at(1, 12), by_guardian=False) == at(2, 12)
    assert proof_deadline(date, at(1, 2), by_guardian=False, waits=True) == at(2, 2)


@pytest.mark.parametrize(
    ("starts", "by_guardian", "waits", "early"),
    [
        (at(2, 12), False, False, None),
        (at(2, 11, 59), False, False, at(2, 11, 59)),
        (at(2, 16), False, True, None),
        (at(2, 15), False, True, at(2, 11)),
        (at(4, 11), True, False, at(4, 11)),
        (at(4, 11), False, False, None),
    ],
)
def test_less_time_than_usual_is_known_beforehand(starts, by_guardian, waits, early):
    assert early_deadline(activity(starts), at(1, 12), by_guardian=by_guardian, waits=waits) == early


@pytest.mark.parametrize(
    ("now", "deadline"),
    [
        (at(1, 12), at(3, 12)),
        (at(1, 20, 59), at(3, 20, 59)),
        (at(1, 21), at(4, 8)),
        (at(1, 23, 30), at(4, 8)),
        (at(1, 2), at(3, 8)),
        (at(1, 8), at(3, 8)),
    ],
)
def test_an_offer_takes_two_days_and_never_ends_at_night(now, deadline):
    assert offer_deadline(activity(at(20, 14)), now) == deadline


def test_an_offer_ends_when_sign_up_closes():
    assert offer_deadline(activity(at(20, 14), closes=at(2, 9)), at(1, 12)) == at(2, 9)


def test_no_offer_with_under_four_hours_left():
    assert offer_deadline(activity(at(20, 14), closes=at(1, 15, 59)), at(1, 12)) is None
    assert offer_deadline(activity(at(20, 14), closes=at(1, 16)), at(1, 12)) == at(1, 16)


def test_no_offer_of_a_date_that_lost_its_meetings():
    assert offer_deadline(Activity(signup_closes_at=at(20, 14)), at(1, 12)) is None


def test_two_days_are_hours_also_when_the_clock_changes():
    # Summer time began in the night of 28 March 2027: 48 hours later the clock shows an hour more.
    now = datetime(2027, 3, 27, 12, tzinfo=AMSTERDAM)
    assert offer_deadline(activity(at(30, 20)), now) == datetime(2027, 3, 29, 13, tzinfo=AMSTERDAM)
