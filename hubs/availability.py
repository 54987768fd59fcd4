"""Is there a seat, and how do we say so? Reads an activity's own columns; deciding about sign-ups is not done here."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import dates
from hubs.models import Activity, Counting

MOST_SQUARES = 40
FEW = 4


class SeatLevel(StrEnum):
    """What the row's look depends on."""

    FREE = "free"
    FEW = "few"
    FULL = "full"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    UNLIMITED = "unlimited"


class Door(StrEnum):
    """What a newcomer finds: a seat, a place in the queue, or why there is neither."""

    OPEN = "open"
    WAITING_LIST = "waiting_list"
    FULL = "full"
    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Seats:
    """The sentence, its level, and a square per seat, True where it is taken; none when there are too many to draw."""

    text: str
    level: SeatLevel
    squares: tuple[bool, ...] = ()


def closes_at(activity: Activity) -> datetime | None:
    """Sign-up ends at its own moment, at the latest when the activity begins."""
    moments = [moment for moment in (activity.signup_closes_at, activity.first_starts_at) if moment]
    return min(moments) if moments else None


def free_seats(activity: Activity) -> int | None:
    """Seats that a newcomer can have now; None is unlimited. While somebody waits, newcomers queue: 0."""
    if activity.waiting:
        return 0
    return None if activity.capacity is None else activity.capacity - activity.taken


def is_over(activity: Activity, now: datetime) -> bool:
    return activity.last_ends_at is not None and activity.last_ends_at <= now


def takes_waiting(activity: Activity) -> bool:
    """A capacity of 0 is no seats ever: nothing to wait for."""
    if activity.capacity == 0:
        return False
    return activity.waiting_limit is None or activity.queued < activity.waiting_limit


def door(activity: Activity, now: datetime) -> Door:
    """Whether one can sign up at this moment. A page asks this; who signs up is decided under the lock (signups)."""
    closes = closes_at(activity)
    if activity.cancelled_at:
        return Door.CANCELLED
    if closes is None or closes <= now:
        return Door.CLOSED
    if activity.signup_opens_at and activity.signup_opens_at > now:
        return Door.NOT_OPEN_YET
    free = free_seats(activity)
    if free is None or free > 0:
        return Door.OPEN
    return Door.WAITING_LIST if takes_waiting(activity) else Door.FULL


def seats(activity: Activity, now: datetime) -> Seats:
    """How many seats are left at this moment, in words and squares."""
    if activity.cancelled_at:
        return Seats(_("gaat niet door"), SeatLevel.CANCELLED)
    closes = closes_at(activity)
    if closes is None or closes <= now:
        return Seats(_("aanmelden is gesloten"), SeatLevel.CLOSED)
    if activity.signup_opens_at and activity.signup_opens_at > now:
        opens = dates.unbroken(dates.short_day(activity.signup_opens_at))
        return Seats(_("aanmelden kan vanaf %(day)s") % {"day": opens}, SeatLevel.CLOSED)
    return _open_seats(activity)


def _open_seats(activity: Activity) -> Seats:
    free = free_seats(activity)
    if free is None:
        return Seats(_room_for_class(activity, free) or _("plek voor iedereen"), SeatLevel.UNLIMITED)
    total = activity.capacity or 0
    squares = tuple(seat < total - free for seat in range(total)) if total <= MOST_SQUARES else ()
    if free <= 0:
        text = _("vol, wel een wachtlijst") if takes_waiting(activity) else _("vol")
        return Seats(text, SeatLevel.FULL, squares)
    numbers = {"free": free, "total": total}
    if activity.counts == Counting.CLASSES:
        text = ngettext("nog %(free)d van %(total)d klas", "nog %(free)d van %(total)d klassen", total) % numbers
        return Seats(text, SeatLevel.FREE, squares)
    text = ngettext("nog %(free)d van %(total)d plek", "nog %(free)d van %(total)d plekken", total) % numbers
    text = _room_for_class(activity, free) or text
    return Seats(text, SeatLevel.FEW if free <= FEW else SeatLevel.FREE, squares)


def _room_for_class(activity: Activity, free: int | None) -> str:
    """How large a class can come, where only classes come and heads are counted; nothing where the number says more."""
    if activity.for_persons or activity.counts == Counting.CLASSES:
        return ""
    least = activity.class_size_min or 1
    most = min((bound for bound in (activity.class_size_max, free) if bound is not None), default=0)
    if most < max(least, 2):
        return ""
    if least > 1:
        return _("plek voor een klas van %(least)d tot %(most)d") % {"least": least, "most": most}
    return _("plek voor een klas tot %(most)d") % {"most": most}
