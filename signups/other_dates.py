"""Where one can still go instead: other dates of the same programme, the first to start first."""

from datetime import datetime
from itertools import islice
from typing import Final

from hubs import departures
from hubs.availability import ENTERED, door, offers_until, seats_class
from hubs.models import Activity
from hubs.models.activity import ActivityQuerySet
from hubs.taxonomy import Taxonomy
from signups.models import Kind, SignUp

MOST_OTHERS: Final = 5
# Put together once: that takes longer than asking it, and a full house refuses hundreds in a few seconds.
ON_SITE: Final = Activity.objects.public().filter(cancelled_at=None)


def other_dates(activity: Activity, now: datetime) -> list[departures.DepartureRow]:
    """As rows of a page, whether there is a seat or not: each says so itself."""
    keys = list(_others(activity, now).values_list("pk", flat=True)[:MOST_OTHERS])
    if not keys:
        return []  # what no row needs is not read
    rows = departures.with_row_data(Activity.objects.filter(pk__in=keys).upcoming(now))
    return departures.departures(rows, Taxonomy.load(), now)


def open_dates(sign_up: SignUp, now: datetime) -> list[Activity]:
    """For a mail: those that this person can sign up for or wait for; for a class those with a seat for all of it.

    Nor those whose sign-up is about to close: by the time that somebody reads it, it has.
    """
    is_class = sign_up.kind == Kind.CLASS
    takes = {"for_classes": True} if is_class else {"for_persons": True}
    others = _others(sign_up.activity, now).filter(**takes).select_related("programme")
    in_time = (one for one in others if (until := offers_until(one)) and now <= until)
    entered = (one for one in in_time if door(one, now, for_class=is_class) in ENTERED)
    fitting = (one for one in entered if not is_class or seats_class(one, sign_up.pupils or 0))
    return list(islice(fitting, MOST_OTHERS))


def _others(activity: Activity, now: datetime) -> ActivityQuerySet:
    return ON_SITE.upcoming(now).filter(programme=activity.programme_id).exclude(pk=activity.pk)
