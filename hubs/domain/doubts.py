"""What is set on a date and probably not meant: it has no effect, or nobody can come by it. Asked, never refused."""

from datetime import datetime

from django.utils.translation import gettext as _

from hubs.models import Activity, Counting


def doubts(activity: Activity, first_starts_at: datetime | None) -> list[str]:
    """A sentence for each; the first start is told, since the database writes the date's own only on saving."""
    said = []
    closes_at = activity.signup_closes_at
    if closes_at and first_starts_at and closes_at > first_starts_at:
        said.append(
            _("“Aanmelden tot” is later dan het begin. Aanmelden stopt bij het begin: kies eerder, of maak het leeg.")
        )
    if _fits_no_class(activity):
        told = {"least": activity.class_size_min, "seats": activity.capacity}
        sentence = _(
            "De kleinste klas is %(least)d en er zijn %(seats)d plekken: er past geen klas. Verander een van beide."
        )
        said.append(sentence % told)
    return said


def _fits_no_class(activity: Activity) -> bool:
    """Where heads are counted; no seats at all is how a date is closed."""
    if not activity.for_classes or activity.counts != Counting.HEADS:
        return False
    return bool(activity.capacity) and (activity.class_size_min or 0) > (activity.capacity or 0)
