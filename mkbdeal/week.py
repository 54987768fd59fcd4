"""The next seven days of whoever runs dates: a board of meetings, with the ways to their people and to the door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, QuerySet, Window
from django.urls import reverse
from django.utils.translation import gettext as _

from content import clock, dates
from hubs.models import Activity, Meeting
from hubs.occupancy import Occupancy, occupancy

MOST_TODAY: Final = 8
MOST_LATER: Final = 4
STAYS: Final = timedelta(hours=2)  # after its end, for who still has to note who came


@dataclass(frozen=True)
class Departure:
    """A meeting, with the ways to its people."""

    day: str
    times: str
    title: str
    where: str
    seats: Occupancy
    participants_url: str
    door_url: str
    is_cancelled: bool


@dataclass(frozen=True)
class Departures:
    """Of one part of the week."""

    heading: str
    rows: Sequence[Departure]
    more: int


def week(user: Any, now: datetime) -> list[Departures]:
    """What is on today, or was a moment ago, and the six days after it."""
    midnight = dates.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = _next_midnight(midnight, days=1)
    managed = Activity.objects.managed_by(user).values("pk")
    meetings = Meeting.objects.filter(activity__in=managed).select_related("room", "activity__programme__hub")
    today = meetings.filter(starts_at__lt=tomorrow, ends_at__gt=now - STAYS)
    later = meetings.filter(starts_at__gte=tomorrow, starts_at__lt=_next_midnight(midnight, days=7))
    return [
        _departures(_("Vandaag"), today, MOST_TODAY),
        _departures(_("De zes dagen erna"), later, MOST_LATER),
    ]


def _next_midnight(midnight: datetime, days: int) -> datetime:
    """By the calendar: a day on which the clock is put back has 25 hours."""
    day = clock.local_date(midnight) + timedelta(days=days)
    return datetime(day.year, day.month, day.day, tzinfo=clock.AMSTERDAM)


def _departures(heading: str, meetings: QuerySet[Meeting], most: int) -> Departures:
    found = list(counted(meetings.order_by("starts_at", "pk"))[:most])
    return Departures(heading, [_departure(meeting) for meeting in found], more(found))


def _departure(meeting: Meeting) -> Departure:
    activity = meeting.activity
    hub = activity.programme.hub
    return Departure(
        day=dates.short_day(meeting.starts_at),
        times=dates.time_range(meeting.starts_at, meeting.ends_at),
        title=str(activity.programme),
        where=", ".join(filter(None, [str(meeting.room or meeting.place), str(hub)])),
        seats=occupancy(activity),
        participants_url=reverse("admin:participants", args=[activity.pk]),
        door_url=reverse("admin:door_list", args=[meeting.pk]),
        is_cancelled=activity.cancelled_at is not None,
    )


def counted(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With the number of all rows on each, so that a list that is cut off can say how many more there are."""
    return rows.annotate(all_rows=Window(Count("pk")))


def more(rows: Sequence[Any]) -> int:
    """How many rows were cut off."""
    return rows[0].all_rows - len(rows) if rows else 0
