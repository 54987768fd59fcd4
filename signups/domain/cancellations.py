"""A date that does not take place after all, and one that does after all. Telling it is the sweep's (notices.py)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from content.domain import history, snapshots
from content.models import Deed
from hubs.availability import is_over
from hubs.models import Activity
from partners.models import User
from signups.domain import locks


def may_cancel(activity: Activity, now: datetime) -> bool:
    """Not what is over: who was there would read that it did not take place."""
    return activity.cancelled_at is None and not is_over(activity, now)


@transaction.atomic
def cancel(*, activity_ids: Collection[int], reason: str, by: User, now: datetime) -> list[Activity]:
    """Those that were cancelled just now, of the ones given. Whoever has their form open hears of it."""
    cancelled = [activity for activity in locks.several(activity_ids) if may_cancel(activity, now)]
    for activity in cancelled:
        activity.cancelled_at, activity.cancel_reason = now, reason
        _save(activity, by, now)
    return cancelled


@transaction.atomic
def reinstate(*, activity_ids: Collection[int], by: User, now: datetime) -> list[Activity]:
    """Open to sign up for again. Who lost their seat by the cancellation does not get it back."""
    reinstated = [activity for activity in locks.several(activity_ids) if activity.cancelled_at]
    for activity in reinstated:
        activity.cancelled_at, activity.cancel_reason = None, ""
        _save(activity, by, now)
    return reinstated


def _save(activity: Activity, by: User, now: datetime) -> None:
    before = snapshots.stored(activity)
    activity.version, activity.changed_at = activity.version + 1, now
    activity.save(update_fields=["cancelled_at", "cancel_reason", "version", "changed_at"])
    history.record(subject=activity, deed=Deed.CHANGED, by=by, now=now, before=before)
