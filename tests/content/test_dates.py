"""Dates, times and money as people read them, in Dutch time."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from content import dates

START = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)  # a winter day: one hour later in Amsterdam
END = datetime(2026, 11, 28, 11, 30, tzinfo=UTC)
NEXT_DAY = datetime(2026, 11, 29, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (lambda: dates.day(date(2020, 7, 2)), "donderdag 2 juli 2020"),
        (lambda: dates.short_day(START), "za 28 november"),
        (lambda: dates.short_month(START), "nov"),
        (lambda: dates.month_and_year(START), "november 2026"),
        (lambda: dates.clock_time(START), "10.00 uur"),
        (lambda: dates.time_range(START, END), "10.00-12.30"),
        (lambda: dates.spoken_range(START, END), "zaterdag 28 november 2026, 10.00 tot 12.30 uur"),
        (
            lambda: dates.spoken_range(START, NEXT_DAY),
            "zaterdag 28 november 2026 10.00 uur tot zondag 29 november 2026 12.30 uur",
        ),
        (lambda: dates.day(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)), "donderdag 2 juli 2026"),
        (lambda: dates.money(740_000), "€\N{NO-BREAK SPACE}740.000"),
        (lambda: dates.money(Decimal("1212.50")), "€\N{NO-BREAK SPACE}1.212,50"),
        (lambda: dates.money(Decimal("0.00")), "gratis"),
        (lambda: dates.dated(date(2021, 2, 1), "month"), "februari 2021"),
        (lambda: dates.dated(date(2021, 2, 1), "year"), "2021"),
        (lambda: dates.dated(date(2020, 7, 2), "day"), "2 juli 2020"),
        (lambda: dates.iso(date(2021, 2, 1), "month"), "2021-02"),
    ],
)
def test_in_dutch(shown, expected):
    with translation.override("nl"):
        assert shown() == expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (lambda: dates.day(date(2020, 7, 2)), "Thursday 2 July 2020"),
        (lambda: dates.short_month(START), "Nov"),
        (lambda: dates.time_range(START, END), "10:00-12:30"),
        (lambda: dates.money(740_000), "€740,000"),
        (lambda: dates.money(Decimal("12.50")), "€12.50"),
    ],
)
def test_in_english(shown, expected):
    with translation.override("en"):
        assert shown() == expected
