"""How full a date is, for whoever runs it: in words, in squares or a bar, and which dates are nearly full or empty."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import ExpressionWrapper, F, FloatField, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hubs.models import Activity, Counting

MOST_SQUARES: Final = 12  # one line of them
NEARLY_FULL: Final = 0.8  # from this share of the seats
NEARLY_EMPTY: Final = 0.25  # below this share,
SOON: Final = timedelta(days=14)  # and it begins within this time


@dataclass(frozen=True)
class Occupancy:
    """`squares` holds a bool per seat, True where it is taken; where there are too many, `percent` is of a bar.

    Both are empty where nothing limits the seats.
    """

    text: str
    squares: tuple[bool, ...] = ()
    percent: int | None = None


def occupancy(activity: Activity) -> Occupancy:
    """Seats that are held, also by who is not certain yet. What is filled is taken: visitors look for what is free."""
    taken, total = activity.taken, activity.capacity
    if activity.cancelled_at:
        return Occupancy(_("gaat niet door"))
    is_classes = activity.counts == Counting.CLASSES
    if total is None and is_classes:
        return Occupancy(ngettext("%(n)d klas aangemeld", "%(n)d klassen aangemeld", taken) % {"n": taken})
    if total is None:
        return Occupancy(ngettext("%(n)d plek bezet", "%(n)d plekken bezet", taken) % {"n": taken})
    held = {"taken": taken, "total": total}
    text = _("%(taken)d van %(total)d bezet") % held
    if is_classes:
        text = ngettext("%(taken)d van %(total)d klas bezet", "%(taken)d van %(total)d klassen bezet", total) % held
    if total <= MOST_SQUARES:
        return Occupancy(text, squares=tuple(seat < taken for seat in range(total)))
    return Occupancy(text, percent=100 * taken // total)


def nearly_full(activities: QuerySet[Activity], now: datetime) -> QuerySet[Activity]:
    """Dates that need no more advertising, or a second date beside them; full ones too."""
    return _on_the_site(activities, now).filter(taken__gte=_seats(NEARLY_FULL))


def nearly_empty(activities: QuerySet[Activity], now: datetime) -> QuerySet[Activity]:
    """Dates for which somebody has to do something soon."""
    return _on_the_site(activities, now).filter(taken__lt=_seats(NEARLY_EMPTY), first_starts_at__lte=now + SOON)


def _on_the_site(activities: Any, now: datetime) -> Any:
    return activities.public(now).upcoming(now).filter(cancelled_at=None, capacity__gt=0)


def _seats(share: float) -> ExpressionWrapper:
    """Of the capacity, as a broken number: nothing overflows, however many seats somebody fills in."""
    return ExpressionWrapper(F("capacity") * share, output_field=FloatField())
