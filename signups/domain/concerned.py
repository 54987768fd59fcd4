"""Who hears that a date is cancelled or moved: numbers for the question before it, and whom staff have to telephone."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from signups.models import HOLDING, Kind, SignUp, State


@dataclass(frozen=True)
class Concerned:
    """Sign-ups of one date: with a seat, or asked for one, in the queue; `mailed` and `called` are all of these."""

    persons: int = 0
    classes: int = 0
    waiting: int = 0
    mailed: int = 0
    called: int = 0

    @property
    def everyone(self) -> int:
        return self.mailed + self.called


def concerned(activity_ids: Collection[int]) -> dict[int, Concerned]:
    """By activity; those with nobody are left out. One query."""
    counted: Any = (
        _known(activity_ids)
        .values("activity")
        .order_by("activity")
        .annotate(
            persons=Count("pk", filter=Q(kind=Kind.PERSON, state__in=HOLDING)),
            classes=Count("pk", filter=Q(kind=Kind.CLASS, state__in=HOLDING)),
            waiting=Count("pk", filter=Q(state=State.WAITING)),
            mailed=Count("pk", filter=~Q(email="")),
            called=Count("pk", filter=Q(email="")),
        )
    )
    return {row.pop("activity"): Concerned(**row) for row in counted}


def to_call(activity_ids: Collection[int]) -> QuerySet[SignUp]:
    """Whom no mail reaches: staff took them down by telephone. Each stands with its date."""
    found = _known(activity_ids).filter(email="")
    return found.select_related("activity", "education_level", "school").order_by("activity", "queue_number")


def _known(activity_ids: Collection[int]) -> QuerySet[SignUp]:
    """Walk-ins are nobody that we know."""
    return SignUp.objects.live().filter(activity__in=activity_ids).exclude(kind=Kind.WALK_IN)
