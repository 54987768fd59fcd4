"""Tells sign-ups what happens to their date: cancelled, moved, or coming soon. Each is told once, whoever runs this."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hubs.models import Activity
from signups.domain import outbox, waiting_list
from signups.models import Ending, Kind, MailKind, OutboxMessage, SignUp, State

MOST: Final = 100  # activities per sweep; the next one comes within seconds
WEEK: Final = ("week", timedelta(days=7))  # classes have things to arrange
TWO_DAYS: Final = ("two_days", timedelta(days=2))


def activities(now: datetime) -> list[int]:
    """Ids of the activities with somebody to tell, ascending."""
    cancelled = SignUp.objects.live().filter(activity__cancelled_at__isnull=False)
    moved = _not_told(SignUp.objects.live(), now)
    due = [_to_remind(SignUp.objects.all(), occasion, before, now) for occasion, before in (WEEK, TWO_DAYS)]
    found: set[int] = set()
    for entries in (cancelled, moved, *due):
        found.update(entries.order_by("activity").values_list("activity", flat=True).distinct()[:MOST])
    return sorted(found)[:MOST]


@transaction.atomic
def tell(*, activity_id: int, now: datetime) -> None:
    """Everything that the sign-ups of this activity do not know yet."""
    activity = Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=activity_id)
    entries = SignUp.objects.filter(activity=activity).select_for_update(of=("self",)).order_by("pk")
    if activity.cancelled_at:
        for entry in entries.live():
            waiting_list.end(entry, State.CANCELLED, Ending.ACTIVITY_CANCELLED, now)
            outbox.write(entry, MailKind.DATE_CANCELLED)
        return
    for entry in _not_told(entries.live(), now):
        entry.told_revision = activity.revision
        entry.save(update_fields=["told_revision"])
        outbox.write(entry, MailKind.DATE_MOVED, occasion=str(activity.revision))
    for occasion, before in (WEEK, TWO_DAYS):
        for entry in _to_remind(entries, occasion, before, now):
            outbox.write(entry, MailKind.REMINDER, occasion=occasion)


def _not_told(entries: QuerySet[SignUp], now: datetime) -> QuerySet[SignUp]:
    """They signed up for, or were told of, an older time or room than the activity has now."""
    return entries.filter(
        activity__cancelled_at=None, activity__last_ends_at__gt=now, told_revision__lt=F("activity__revision")
    )


def _to_remind(entries: QuerySet[SignUp], occasion: str, before: timedelta, now: datetime) -> QuerySet[SignUp]:
    """Certain of their seat since longer than `before` the start, which is now that near, and not reminded yet."""
    reminded = OutboxMessage.objects.filter(
        sign_up=OuterRef("pk"), kind=MailKind.REMINDER, dedupe_key__endswith=f":{occasion}"
    )
    for_whom = Q(kind=Kind.CLASS) if occasion == WEEK[0] else Q()
    return entries.filter(
        ~Exists(reminded),
        for_whom,
        state=State.CONFIRMED,
        activity__cancelled_at=None,
        activity__first_starts_at__gt=now,
        activity__first_starts_at__lte=now + before,
        proven_at__lte=F("activity__first_starts_at") - before,
    )
