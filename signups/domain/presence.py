"""Who came: what thanks, certificate and the three questions depend on. Noting it is done at the door, not here."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from hubs.models import Meeting
from signups.models import Attendance, Kind, SignUp, State, Total


@dataclass(frozen=True)
class Presence:
    """How many people of a sign-up came, and to which of `of` meetings; `is_noted` at the door, else as signed up."""

    people: int
    meetings: tuple[Meeting, ...]
    of: int
    is_noted: bool


def came(entries: QuerySet[SignUp], now: datetime) -> QuerySet[SignUp]:
    """Those who were there as far as anybody knows: after the last meeting, until the row is emptied.

    Where the hub noted anybody of this date, those of whom it noted at least one; where it noted nobody, all who were
    certain of their seat. Attendance goes with an emptied sign-up, so totals remember that there was any. A hub that
    noted walk-ins alone kept no list of the others.
    """
    there = Attendance.objects.filter(sign_up=OuterRef("pk"), number__gt=0)
    noted = Attendance.objects.filter(meeting__activity=OuterRef("activity")).exclude(sign_up__kind=Kind.WALK_IN)
    noted_once = Total.objects.filter(activity=OuterRef("activity"), attended__gt=0).exclude(kind=Kind.WALK_IN)
    return entries.filter(
        Exists(there) | (~Exists(noted) & ~Exists(noted_once)),
        state=State.CONFIRMED,
        emptied_at=None,
        activity__cancelled_at=None,
        activity__last_ends_at__lte=now,
    )


def has_come(entry: SignUp, now: datetime) -> bool:
    """Whether there is a presence; one query."""
    return came(SignUp.objects.filter(pk=entry.pk), now).exists()


def presence(entry: SignUp, now: datetime) -> Presence | None:
    """None for who did not come, as far as anybody knows, and before the date is over."""
    if not has_come(entry, now):
        return None
    meetings = tuple(entry.activity.meetings.all())
    numbers = dict(entry.attendances.filter(number__gt=0).values_list("meeting", "number").order_by())
    if not numbers:
        return Presence(entry.pupils or 1, meetings, len(meetings), is_noted=False)
    attended = tuple(meeting for meeting in meetings if meeting.pk in numbers)
    return Presence(max(numbers.values()), attended, len(meetings), is_noted=True)
