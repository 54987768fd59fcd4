"""How dates, times and money read in the active language, in Dutch time. Pure functions: no clock, no database."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from django.utils.dateformat import format as formatted
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.clock import AMSTERDAM
from content.models import DatePrecision

Moment = TypeVar("Moment", date, datetime)


def day(moment: date) -> str:
    """donderdag 2 juli 2020"""
    return formatted(local(moment), "l j F Y")


def short_day(moment: date) -> str:
    """za 28 november"""
    return formatted(local(moment), "D j F")


def day_number(moment: date) -> str:
    """2"""
    return str(local(moment).day)


def weekday(moment: date) -> str:
    """donderdag"""
    return formatted(local(moment), "l")


def short_month(moment: date) -> str:
    """nov"""
    name = formatted(local(moment), "M")
    return name.lower() if in_dutch() else name


def month_and_year(moment: date) -> str:
    """juli 2020"""
    return formatted(local(moment), "F Y")


def dated(moment: date, precision: str) -> str:
    """As exact as the date is known: a day, a month or a year."""
    match DatePrecision(precision):
        case DatePrecision.DAY:
            return formatted(moment, "j F Y")
        case DatePrecision.MONTH:
            return month_and_year(moment)
        case _:
            return str(moment.year)


def iso(moment: date, precision: str = DatePrecision.DAY) -> str:
    """For the datetime attribute of <time>: 2020-07-02, 2020-07 or 2020."""
    length = {DatePrecision.DAY: 10, DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}
    return local(moment).isoformat()[: length[DatePrecision(precision)]]


def clock_time(moment: datetime) -> str:
    """14.00 uur, in English 14:00"""
    return _("%(time)s uur") % {"time": hours(moment)}


def hours(moment: datetime) -> str:
    """14.00, in English 14:00"""
    return formatted(local(moment), "H.i" if in_dutch() else "H:i")


def moment(at: datetime) -> str:
    """donderdag 2 juli 2020, 14.00 uur"""
    return f"{day(at)}, {clock_time(at)}"


def time_range(start: datetime, end: datetime) -> str:
    """10.00-12.30, in English 10:00-12:30"""
    return f"{hours(start)}-{hours(end)}"


def long_range(start: datetime, end: datetime) -> str:
    """10.00 tot 12.30 uur, in English 10:00 to 12:30; never broken over two lines."""
    return (_("%(start)s tot %(end)s uur") % {"start": hours(start), "end": hours(end)}).replace(" ", "\xa0")


def spoken_range(start: datetime, end: datetime) -> str:
    """For whoever listens: zaterdag 28 november 2026, 10.00 tot 12.30 uur. Says both days where they differ."""
    words = {"day": day(start), "start": hours(start), "end": hours(end), "end_day": day(end)}
    if local(start).date() == local(end).date():
        return _("%(day)s, %(start)s tot %(end)s uur") % words
    return _("%(day)s %(start)s uur tot %(end_day)s %(end)s uur") % words


def money(euros: Decimal | int) -> str:
    """€ 740.000, € 12,50 or gratis; in English €740,000, €12.50 or free"""
    if not euros:
        return _("gratis")
    amount = f"{euros:,.0f}" if euros == int(euros) else f"{euros:,.2f}"
    if not in_dutch():
        return f"€{amount}"
    return "€\N{NO-BREAK SPACE}" + amount.translate(str.maketrans(",.", ".,"))


def unbroken(text: str) -> str:
    """The same, with spaces that keep "2 juli", "14.00 uur" and "€ 740.000" together on one line."""
    return re.sub(r"(?<=\d) (?=[^\W\d])|(?<=€) (?=\d)", "\xa0", text)


def local(moment: Moment) -> Moment:
    """A moment on the Dutch clock; a day stays what it is."""
    return moment.astimezone(AMSTERDAM) if isinstance(moment, datetime) else moment


def in_dutch() -> bool:
    """Is the page in Dutch?"""
    return (get_language() or "nl").startswith("nl")
