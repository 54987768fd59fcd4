"""Is there a seat, and how do we say so? Reads an activity's own columns; deciding about sign-ups is not done here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import dates
from hubs.models import Activity, Counting

MOST_SQUARES = 40
FEW = 4
SHORTEST_OFFER: Final = timedelta(hours=4)  # to read a mail and answer it


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


ENTERED: Final = {Door.OPEN, Door.WAITING_LIST}  # what leads on to the form


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


def offers_until(activity: Activity) -> datetime | None:
    """The last moment to offer a seat by mail, in time to answer before sign-up closes; then the waiting list ends."""
    closes = closes_at(activity)
    return closes - SHORTEST_OFFER if closes else None


def can_be_offered(activity: Activity, now: datetime) -> bool:
    """Is there still time to offer whoever waits a seat? A date without meetings has none to offer."""
    until = offers_until(activity)
    return activity.first_starts_at is not None and until is not None and now <= until


def are_offers_over(activity: Activity, now: datetime) -> bool:
    """Is it too late to offer whoever waits a seat? Then the waiting list ends."""
    until = offers_until(activity)
    return until is not None and until < now


def free_seats(activity: Activity) -> int | None:
    """Seats that a newcomer can have now; None is unlimited. While somebody waits, newcomers queue: 0."""
    if activity.waiting:
        return 0
    return seats_left(activity)


def seats_left(activity: Activity) -> int | None:
    """Seats that nobody holds, whoever waits for them; None is unlimited."""
    return None if activity.capacity is None else activity.capacity - activity.taken


def smallest(activity: Activity, *, for_class: bool = False) -> int:
    """The fewest seats that a newcomer takes: more than one where only a class comes and heads are counted."""
    is_person = activity.for_persons and not for_class
    return 1 if is_person or activity.counts == Counting.CLASSES else activity.class_size_min or 1


def class_sizes(activity: Activity) -> tuple[int, int | None]:
    """The smallest and the largest class that may come, never more than there are seats at all; None is no limit."""
    most = activity.class_size_max
    if activity.counts == Counting.HEADS and activity.capacity is not None:
        most = min(most, activity.capacity) if most else activity.capacity
    return activity.class_size_min or 1, most


def seats_class(activity: Activity, pupils: int) -> bool:
    """May a class be of this size, and is there a seat for all of it now?"""
    least, most = class_sizes(activity)
    needed, free = (1 if activity.counts == Counting.CLASSES else pupils), free_seats(activity)
    return least <= pupils and (most is None or pupils <= most) and (free is None or needed <= free)


def too_few_for_some(activity: Activity) -> int | None:
    """Seats that a class can have now, where they do not suffice for every class that may come; else None."""
    _least, most = class_sizes(activity)
    free = free_seats(activity)
    is_short = activity.counts == Counting.HEADS and free is not None and most is not None and free < most
    return free if is_short else None


def is_over(activity: Activity, now: datetime) -> bool:
    return activity.last_ends_at is not None and activity.last_ends_at <= now


def takes_waiting(activity: Activity, now: datetime) -> bool:
    """Is there a place in the queue, and can an offer still come of it?"""
    until = offers_until(activity)
    return _has_place_in_queue(activity) and until is not None and now < until


def door(activity: Activity, now: datetime, *, for_class: bool = False) -> Door:
    """Whether one, or a class, can sign up at this moment. A page asks this; it is decided under the lock (signups)."""
    closes = closes_at(activity)
    if activity.cancelled_at:
        return Door.CANCELLED
    if closes is None or closes <= now:
        return Door.CLOSED
    if activity.signup_opens_at and activity.signup_opens_at > now:
        return Door.NOT_OPEN_YET
    free = free_seats(activity)
    if free is None or free >= smallest(activity, for_class=for_class):
        return Door.OPEN
    return Door.WAITING_LIST if takes_waiting(activity, now) else Door.FULL


def why_waiting_list(activity: Activity) -> str:
    """Why a newcomer waits, in a few words; asked where the door leads to the waiting list."""
    left = seats_left(activity)
    if left == 0:
        return _("Alle plekken zijn bezet")
    if activity.waiting or left is None:
        return _("Er wachten al anderen, en die gaan voor")
    least = smallest(activity, for_class=True)
    said = ngettext(
        "%(left)d plek vrij, te weinig voor een klas van minstens %(least)d",
        "%(left)d plekken vrij, te weinig voor een klas van minstens %(least)d",
        left,
    )
    return said % {"left": left, "least": least}


def why_full(activity: Activity, now: datetime) -> str:
    """Why there is neither a seat nor a place in the queue, in a sentence."""
    if _has_place_in_queue(activity) and not takes_waiting(activity, now):
        return _why_too_late(activity)
    if seats_left(activity) == 0:
        if activity.waiting_limit and activity.capacity:
            return _("Deze activiteit is vol en de wachtlijst ook.")
        return _("Deze activiteit is vol en er is geen wachtlijst.")
    if activity.waiting:
        return _("Er wachten al anderen en de wachtlijst is vol.")
    return _("Er is te weinig plek voor een hele klas en er is geen plaats op een wachtlijst.")


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
    return _open_seats(activity, now)


def _has_place_in_queue(activity: Activity) -> bool:
    """A capacity of 0 is no seats ever: nothing to wait for."""
    if activity.capacity == 0:
        return False
    return activity.waiting_limit is None or activity.queued < activity.waiting_limit


def _why_too_late(activity: Activity) -> str:
    if seats_left(activity) == 0:
        return _("Deze activiteit is vol. Voor de wachtlijst is het te laat: aanmelden sluit binnen vier uur.")
    if activity.waiting:
        return _("Er wachten al anderen. Voor de wachtlijst is het te laat: aanmelden sluit binnen vier uur.")
    return _(
        "Er is te weinig plek voor een hele klas. Voor de wachtlijst is het te laat: aanmelden sluit binnen vier uur."
    )


def _open_seats(activity: Activity, now: datetime) -> Seats:
    free = free_seats(activity)
    if free is None:
        return Seats(_room_for_class(activity, free) or _("plek voor iedereen"), SeatLevel.UNLIMITED)
    total = activity.capacity or 0
    squares = tuple(seat < activity.taken for seat in range(total)) if total <= MOST_SQUARES else ()
    if free < smallest(activity):
        return Seats(_no_seat(activity, now), SeatLevel.FULL, squares)
    numbers = {"free": free, "total": total}
    if activity.counts == Counting.CLASSES:
        text = ngettext("nog %(free)d van %(total)d klas", "nog %(free)d van %(total)d klassen", total) % numbers
        return Seats(text, SeatLevel.FREE, squares)
    text = ngettext("nog %(free)d van %(total)d plek", "nog %(free)d van %(total)d plekken", total) % numbers
    text = _room_for_class(activity, free) or text
    return Seats(text, SeatLevel.FEW if free <= FEW else SeatLevel.FREE, squares)


def _no_seat(activity: Activity, now: datetime) -> str:
    """Not "full" where seats are free that a newcomer cannot have."""
    has_list = takes_waiting(activity, now)
    if seats_left(activity) == 0:
        return _("vol, wel een wachtlijst") if has_list else _("vol")
    if activity.waiting:
        if has_list:
            return _("er wachten al anderen, wel een wachtlijst")
        return _("er wachten al anderen") if _has_place_in_queue(activity) else _("ook de wachtlijst is vol")
    return _("te weinig plek voor een klas, wel een wachtlijst") if has_list else _("te weinig plek voor een klas")


def _room_for_class(activity: Activity, free: int | None) -> str:
    """How large a class can come, where only classes come and heads are counted; nothing where the number says more."""
    if activity.for_persons or activity.counts == Counting.CLASSES:
        return ""
    least = activity.class_size_min or 1
    most = min((bound for bound in (activity.class_size_max, free) if bound is not None), default=0)
    if most < max(least, 2):
        return ""
    if least == most:
        return _("plek voor een klas van %(least)d") % {"least": least}
    if least > 1:
        return _("plek voor een klas van %(least)d tot %(most)d") % {"least": least, "most": most}
    return _("plek voor een klas tot %(most)d") % {"most": most}
