"""A date repeated on chosen weekdays, outside school holidays: as dates of their own, or as meetings of one course.

Plans first; what is planned can be looked at, and is written as real dated rows.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from content import dates
from content.clock import local_date
from content.clock_changes import NoSuchMomentError
from content.domain import history, snapshots
from content.models import LAST_YEAR, Deed
from hubs.domain import duplicates
from hubs.domain.duplicates import Copy
from hubs.models import Activity, Hub, Meeting
from partners.models import School, SchoolHoliday, User

MOST: Final = 60  # dates at once
LONGEST: Final = timedelta(days=731)  # from the first day on


@dataclass(frozen=True)
class Rhythm:
    """Which days: on these weekdays (0 is Monday), every so many weeks, until a day or so many times."""

    from_on: date
    weekdays: frozenset[int]
    every: int = 1
    until_on: date | None = None
    times: int | None = None
    region: str = ""  # whose school holidays are left out


@dataclass(frozen=True)
class Planned:
    """One day: what would be written, or why nothing is. A copy of a meeting alone has its date as `activity`."""

    day: date
    copy: Copy | None = None
    why_not: str = ""


class TooManyError(ValueError):
    """More than MOST dates until the last day."""


class ChangedMeanwhileError(ValueError):
    """What was chosen cannot be made any more, as it stood in the plan that was looked at."""


def plan(*, source: Activity, rhythm: Rhythm, as_meetings: bool) -> list[Planned]:
    """Every day of the rhythm, in order; three queries. Raises TooManyError."""
    meetings = list(source.meetings.select_related("room"))
    first = local_date(meetings[0].starts_at)
    holidays = holidays_from(rhythm.region, rhythm.from_on)
    why_not = _why_not(holidays, _taken(source, as_meetings=as_meetings))
    found: list[Planned] = []
    made = 0
    for day in _days(rhythm):
        planned = _planned(source, meetings[:1] if as_meetings else meetings, day, (day - first).days, why_not)
        found.append(planned)
        made += planned.copy is not None
        if made == rhythm.times:
            break
        if made > MOST:
            raise TooManyError
    return found


@transaction.atomic
def write(
    *, source_id: int, rhythm: Rhythm, as_meetings: bool, days: Collection[date], by: User, now: datetime
) -> list[Activity]:
    """The planned dates on all of these days, or the one date with its new meetings. Posted twice it writes once.

    Raises ChangedMeanwhileError, and TooManyError where only meanwhile they became so many.
    Whoever signed up for that one date is told by the sweep: its revision goes up.
    """
    source = Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=source_id)
    duplicates.hold_dates_of(source.programme_id)
    planned = plan(source=source, rhythm=rhythm, as_meetings=as_meetings)
    copies = [found.copy for found in planned if found.copy and found.day in days]
    if len(copies) < len(days) or (as_meetings and source.cancelled_at):
        raise ChangedMeanwhileError
    if not as_meetings:
        return duplicates.write(copies, by=by, now=now)
    _add(source, [meeting for copy in copies for meeting in copy.meetings], by=by, now=now)
    return [source]


def _add(source: Activity, added: list[Meeting], *, by: User, now: datetime) -> None:
    before = snapshots.stored(source)
    for meeting in added:
        meeting.activity = source
    Meeting.objects.bulk_create(added)
    Activity.objects.filter(pk=source.pk).update(version=F("version") + 1, changed_at=now)
    history.record(subject=source, deed=Deed.CHANGED, by=by, now=now, before=before)


def likely_region(hub: Hub) -> str:
    """The holiday region of most schools in the hub's town, else of most schools; empty without any."""
    schools = School.objects.order_by("municipality")
    near = schools.filter(town=hub.town) | schools.filter(municipality=hub.town)
    regions = list(near.values_list("holiday_region", flat=True)) or list(
        schools.values_list("holiday_region", flat=True)
    )
    return max(sorted(set(regions)), key=regions.count, default="")


def holidays_from(region: str, first: date) -> list[SchoolHoliday]:
    """Of a region, in order, those that are not over on this day."""
    return list(SchoolHoliday.objects.filter(region=region, until_on__gte=first).order_by("from_on"))


def holiday_on(day: date, holidays: Iterable[SchoolHoliday]) -> str:
    """The first of these that this day falls in, in words; empty where it falls in none."""
    for holiday in holidays:
        if holiday.from_on <= day <= holiday.until_on:
            until = dates.short_day(holiday.until_on)
            return _("%(holiday)s, tot en met %(day)s") % {"holiday": holiday.name, "day": until}
    return ""


def knows_holidays(rhythm: Rhythm, last: date) -> bool:
    """Is any holiday of the region known in this time? Without one nothing can be left out."""
    holidays = SchoolHoliday.objects.filter(region=rhythm.region)
    return holidays.filter(until_on__gte=rhythm.from_on, from_on__lte=last).exists()


def _days(rhythm: Rhythm) -> Iterator[date]:
    last = min(rhythm.until_on or date.max, rhythm.from_on + LONGEST, date(LAST_YEAR - 1, 12, 1))
    monday = rhythm.from_on - timedelta(days=rhythm.from_on.weekday())
    day = rhythm.from_on
    while day <= last:
        if day.weekday() in rhythm.weekdays and (day - monday).days // 7 % rhythm.every == 0:
            yield day
        day += timedelta(days=1)


def _planned(
    source: Activity, meetings: list[Meeting], day: date, days: int, why_not: Callable[[date, datetime], str]
) -> Planned:
    try:
        copy = duplicates.copy_of(source, meetings, days=days)
    except NoSuchMomentError as error:
        return Planned(day, why_not=error.sentence)
    reason = why_not(day, copy.meetings[0].starts_at)
    return Planned(day, None, reason) if reason else Planned(day, copy)


def _taken(source: Activity, *, as_meetings: bool) -> set[datetime]:
    """When there is one already: a meeting of this date, or another date of the programme that takes place."""
    if as_meetings:
        return set(source.meetings.values_list("starts_at", flat=True))
    return duplicates.starts_of(source.programme_id)


def _why_not(holidays: list[SchoolHoliday], taken: set[datetime]) -> Callable[[date, datetime], str]:
    def reason(day: date, starts_at: datetime) -> str:
        return holiday_on(day, holidays) or (_("staat er al") if starts_at in taken else "")

    return reason
