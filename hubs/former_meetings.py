"""The meetings of a date as they were before, where the history tells: calendars and people may still have those."""

from dataclasses import dataclass
from datetime import datetime

from content.domain import history
from hubs.models import Activity


@dataclass(frozen=True, order=True)
class Span:
    """When a meeting was to be."""

    starts_at: datetime
    ends_at: datetime


def former_meetings(activity: Activity, since: datetime) -> list[list[Span]]:
    """Each plan that was replaced after this moment, in order of time; the oldest plan first."""
    steps = history.of(activity).filter(made_at__gt=since, changes__has_key="meetings").order_by("pk")
    plans = [changes["meetings"][0] or [] for changes in steps.values_list("changes", flat=True)]
    return [sorted(Span(*_moments(row)) for row in plan) for plan in plans]


def _moments(row: dict[str, str]) -> list[datetime]:
    return [datetime.fromisoformat(row[name]) for name in ("starts_at", "ends_at")]
