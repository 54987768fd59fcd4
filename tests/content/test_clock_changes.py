"""Dutch clock times on other days: the same by the clock, and a sentence where the clock changes (bar N7)."""

from datetime import UTC, date, datetime, time

import pytest

from content.clock_changes import NoSuchMomentError, about_days_later, days_later, dutch_moment

SUMMER_ENDS, SUMMER_BEGINS = date(2026, 10, 25), date(2027, 3, 28)


@pytest.mark.parametrize(
    ("start", "later"),
    [
        (datetime(2026, 10, 20, 17, tzinfo=UTC), datetime(2026, 10, 27, 18, tzinfo=UTC)),
        (datetime(2027, 3, 23, 18, tzinfo=UTC), datetime(2027, 3, 30, 17, tzinfo=UTC)),
    ],
)
def test_nineteen_hours_stays_nineteen_hours(start, later):
    assert days_later(start, 7) == later
    assert days_later(later, -7) == start


@pytest.mark.parametrize(("day", "words"), [(SUMMER_ENDS, "twee keer"), (SUMMER_BEGINS, "bestaat dan niet")])
def test_the_hour_that_is_missing_or_comes_twice(day, words):
    with pytest.raises(NoSuchMomentError) as refused:
        dutch_moment(day, time(2, 30))
    assert words in refused.value.sentence
    assert "02.30 uur" in refused.value.sentence
    for at in (time(1, 59), time(3)):
        assert dutch_moment(day, at)


def test_what_may_be_an_hour_off_is_never_refused():
    assert about_days_later(datetime(2027, 3, 21, 1, 30, tzinfo=UTC), 7)


def test_a_year_that_the_portal_does_not_know():
    with pytest.raises(NoSuchMomentError, match="Vul een jaar tussen"):
        days_later(datetime(2099, 12, 30, 12, tzinfo=UTC), 7)
