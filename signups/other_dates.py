"""Where one can still go instead: other dates of the same programme, the first to start first."""

from datetime import datetime
from itertools import islice
from typing import Final

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from hubs import departures
from hubs.availability import ENTERED, can_be_offered, door, seats_class
from hubs.models import Activity, Counting
from hubs.models.activity import ActivityQuerySet
from hubs.taxonomy import Taxonomy
from signups.models import Kind, SignUp

MOST_OTHERS: Final = 5
# Put together once: that takes longer than asking it, and a full house refuses hundreds in a few seconds.
ON_SITE: Final = Activity.objects.public().filter(cancelled_at=None)


def other_dates(
    activity: Activity, kind: str, now: datetime, pupils: int | None = None
) -> list[departures.DepartureRow]:
    """Those that take a person, or a class (of that size), as rows of a page.

    Whether there is a seat or not, or sign-up opens later: each says so itself. Not where it is closed.
    """
    others = _others(activity, now).filter(_takes(kind, pupils))
    keys = list(others.values_list("pk", flat=True)[:MOST_OTHERS])
    if not keys:
        return []  # what no row needs is not read
    rows = departures.with_row_data(Activity.objects.filter(pk__in=keys).upcoming(now))
    return departures.departures(rows, Taxonomy.load(), now)


def open_dates(sign_up: SignUp, now: datetime) -> list[Activity]:
    """For a mail: those that this person can sign up for or wait for; for a class those with a seat for all of it.

    Nor those whose sign-up is about to close: by the time that somebody reads it, it has.
    """
    is_class = sign_up.kind == Kind.CLASS
    others = _others(sign_up.activity, now).filter(_takes(sign_up.kind, sign_up.pupils))
    in_time = (one for one in others.select_related("programme") if can_be_offered(one, now))
    entered = (one for one in in_time if door(one, now, for_class=is_class) in ENTERED)
    fitting = (one for one in entered if not is_class or seats_class(one, sign_up.pupils or 0))
    return list(islice(fitting, MOST_OTHERS))


def _others(activity: Activity, now: datetime) -> ActivityQuerySet:
    open_still = Q(signup_closes_at=None) | Q(signup_closes_at__gt=now)
    return ON_SITE.upcoming(now).filter(open_still, programme=activity.programme_id).exclude(pk=activity.pk)


def _takes(kind: str, pupils: int | None) -> Q:
    """Of a class whose size is not known, whether the smallest can come; as `class_sizes` of hubs/availability says."""
    if kind != Kind.CLASS:
        return Q(for_persons=True)
    size = Value(pupils) if pupils else Coalesce(F("class_size_min"), 1)
    least = Q(class_size_min=None) | Q(class_size_min__lte=size)
    most = Q(class_size_max=None) | Q(class_size_max__gte=size)
    room = Q(counts=Counting.CLASSES) | Q(capacity=None) | Q(capacity__gte=size)
    return Q(least, most, room, for_classes=True)
