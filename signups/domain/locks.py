"""What is locked before anything is decided, in this order everywhere: an address, activities by id, sign-ups.

READ COMMITTED: whoever waited for a lock reads afterwards what the other committed.
"""

from collections.abc import Collection
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from content.domain import named_locks
from hubs.models import Activity
from signups.domain.errors import Reason, RefusedError
from signups.models import SignUp

ON_SITE: Final = Activity.objects.public()  # put together once: everybody who signs up asks it while others wait


def address(email: str) -> None:
    """Two sign-ups of one address wait for each other, so that counting its unproven ones cannot race."""
    if email:
        named_locks.hold(f"signups:{email}")


def public_activity(activity_id: int) -> Activity:
    """Raises RefusedError when it is not on the site any more."""
    return _locked(ON_SITE, activity_id)


def activity(activity_id: int) -> Activity:
    """Public or not: one may always leave, and what has run out always ends."""
    return _locked(Activity.objects.all(), activity_id)


def activities(*keys: int) -> list[Activity]:
    """Several, locked by ascending id and given back in the order of the keys."""
    locked = {key: activity(key) for key in sorted(set(keys))}
    return [locked[key] for key in keys]


def several(activity_ids: Collection[int]) -> list[Activity]:
    """By ascending id; what is gone meanwhile is left out."""
    chosen = Activity.objects.filter(pk__in=activity_ids).order_by("pk")
    return list(chosen.select_for_update(of=("self",), no_key=True))


def sign_up(sign_up_id: int) -> tuple[SignUp, Activity]:
    """The activity first, with that of the sign-up which this one replaces; then the sign-up."""
    its_own, of_the_replaced = SignUp.objects.values_list("activity_id", "replaces__activity_id").get(pk=sign_up_id)
    locked = activities(its_own, *([of_the_replaced] if of_the_replaced else []))
    return SignUp.objects.select_for_update(of=("self",)).get(pk=sign_up_id), locked[0]


def _locked(activities: QuerySet[Activity], activity_id: int) -> Activity:
    try:
        return activities.select_for_update(of=("self",), no_key=True).get(pk=activity_id)
    except Activity.DoesNotExist:
        raise RefusedError(Reason.NOT_PUBLIC, _("Deze activiteit staat niet meer op de site.")) from None
