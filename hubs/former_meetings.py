"""The meetings of a date as they were before, where the history tells: calendars and people may still have those."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from content.domain import history
from hubs.models import Activity, Meeting


@dataclass(frozen=True)
class Span:
    """When and where a meeting was to be; the room by its key."""

    starts_at: datetime
    ends_at: datetime
    room: int | None = None
    place: str = ""


@dataclass(frozen=True)
class FormerPlan:
    """What was to be until the moment at which it was replaced, in order of time."""

    until: datetime
    meetings: list[Span]


def span_of(meeting: Meeting) -> Span:
    return Span(meeting.starts_at, meeting.ends_at, meeting.room_id, meeting.place)


def former_plans(activity: Activity) -> list[FormerPlan]:
    """The oldest first."""
    steps = history.of(activity).filter(changes__has_key="meetings").order_by("pk")
    return [
        FormerPlan(made_at, sorted(map(_span, changes["meetings"][0] or []), key=attrgetter("starts_at")))
        for made_at, changes in steps.values_list("made_at", "changes")
    ]


def former_meetings(activity: Activity, since: datetime) -> list[list[Span]]:
    """Each plan that was replaced after this moment; the oldest plan first."""
    return [plan.meetings for plan in former_plans(activity) if plan.until > since]


def _span(row: dict[str, Any]) -> Span:
    starts_at, ends_at = (datetime.fromisoformat(row[name]) for name in ("starts_at", "ends_at"))
    return Span(starts_at, ends_at, row.get("room"), row.get("place", ""))
