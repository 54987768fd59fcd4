"""Tells sign-ups of their date: cancelled, moved, coming soon, or over. Each is told once, whoever runs this."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, TruncDate

from content.clock import AMSTERDAM
from hubs.models import Activity
from signups.domain import outbox, presence, retention, waiting_list
from signups.known_plan import plans_of
from signups.models import Ending, Kind, MailKind, OutboxMessage, SignUp, State
from signups.models.sign_up import SignUpQuerySet

MOST: Final = 100  # activities per sweep; the next one comes within seconds
LONGEST_BREAK: Final = timedelta(days=366)  # between two meetings of a course; a bound for the sweep


@dataclass(frozen=True)
class Occasion:
    """A reminder goes out from `before` the start, and no longer than `until` it: then the next one says it better."""

    name: str
    before: timedelta
    until: timedelta

    def of(self, activity: Activity) -> str:
        """With the day: who was reminded of another one is reminded again."""
        assert activity.first_starts_at
        return f"{self.name}:{activity.first_starts_at.astimezone(AMSTERDAM).date()}"


TWO_DAYS: Final = Occasion("two_days", timedelta(days=2), until=timedelta())
WEEK: Final = Occasion("week", timedelta(days=7), until=TWO_DAYS.before)  # classes have things to arrange
THANKS_FROM: Final = time(9)  # the day after


def activities(now: datetime) -> list[int]:
    """Ids of the activities with somebody to tell, ascending."""
    cancelled = _known().live().filter(activity__cancelled_at__isnull=False)
    moved = _not_told(_known().live(), now)
    due = [_to_remind(SignUp.objects.all(), occasion, now) for occasion in (WEEK, TWO_DAYS)]
    found: set[int] = set()
    for entries in (cancelled, moved, *due, _to_thank(SignUp.objects.all(), now)):
        found.update(entries.order_by("activity").values_list("activity", flat=True).distinct()[:MOST])
    return sorted(found)[:MOST]


@transaction.atomic
def tell(*, activity_id: int, now: datetime) -> None:
    """Everything that the sign-ups of this activity do not know yet."""
    activity = Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=activity_id)
    entries = _known().filter(activity=activity).select_for_update(of=("self",)).order_by("pk")
    if activity.cancelled_at:
        for entry in entries.live():
            waiting_list.end(entry, State.CANCELLED, Ending.ACTIVITY_CANCELLED, now)
            outbox.write(entry, MailKind.DATE_CANCELLED)
        return
    _tell_of_change(activity, list(_not_told(entries.live(), now)), now)
    for occasion in (WEEK, TWO_DAYS):
        for entry in _to_remind(entries, occasion, now):
            outbox.write(entry, MailKind.REMINDER, occasion=occasion.of(activity))
    for entry in _to_thank(entries, now):
        outbox.write(entry, MailKind.THANKS)


def _tell_of_change(activity: Activity, entries: list[SignUp], now: datetime) -> None:
    """Whose plan changed only in what has been knows enough; what was taken out is told, be it the last to come."""
    known = plans_of(activity, entries) if entries else {}
    for entry in entries:
        entry.told_revision = activity.revision
        entry.save(update_fields=["told_revision"])
        if known[entry.pk].has_news(now):
            outbox.write(entry, MailKind.DATE_MOVED, occasion=str(activity.revision))


def _known() -> SignUpQuerySet:
    """Walk-ins are nobody to tell; that they were there stays so when the rest of a course is cancelled."""
    return SignUp.objects.exclude(kind=Kind.WALK_IN)


def _not_told(entries: QuerySet[SignUp], now: datetime) -> QuerySet[SignUp]:
    """They signed up for, or were told of, an older time or room than the activity has now.

    Also where all that is left has been: what was taken out may have been still to come.
    """
    return entries.filter(
        activity__cancelled_at=None,
        activity__last_ends_at__gt=now - LONGEST_BREAK,
        told_revision__lt=F("activity__revision"),
    )


def _to_remind(entries: QuerySet[SignUp], occasion: Occasion, now: datetime) -> QuerySet[SignUp]:
    """Certain of their seat since longer than `before` the start, which is now that near, and not reminded yet.

    Who was proven long ago may have got the seat only now, from the waiting list: the mail about it is the reminder.
    """
    mails = OutboxMessage.objects.filter(sign_up=OuterRef("pk"))
    day = Cast(TruncDate(F("sign_up__activity__first_starts_at"), tzinfo=AMSTERDAM), CharField())
    key = Concat(Value(f":{occasion.name}:"), day, output_field=CharField())
    reminded = mails.filter(kind=MailKind.REMINDER, dedupe_key__endswith=key)
    since = F("sign_up__activity__first_starts_at") - occasion.before
    just_told = mails.filter(kind=MailKind.CONFIRMED, created_at__gt=since)
    for_whom = Q(kind=Kind.CLASS) if occasion == WEEK else Q()
    return entries.exclude(email="").filter(
        ~Exists(reminded),
        ~Exists(just_told),
        for_whom,
        state=State.CONFIRMED,
        activity__cancelled_at=None,
        activity__first_starts_at__gt=now + occasion.until,
        activity__first_starts_at__lte=now + occasion.before,
        proven_at__lte=F("activity__first_starts_at") - occasion.before,
    )


def _to_thank(entries: QuerySet[SignUp], now: datetime) -> QuerySet[SignUp]:
    """Those who came, from 09.00 on the day after the last meeting, while there is something to fetch."""
    thanked = OutboxMessage.objects.filter(sign_up=OuterRef("pk"), kind=MailKind.THANKS)
    return presence.came(entries.exclude(email=""), now).filter(
        ~Exists(thanked),
        activity__last_ends_at__lt=_over_before(now),
        activity__last_ends_at__gt=now - retention.AFTER_THE_DATE,
    )


def _over_before(now: datetime) -> datetime:
    """The last midnight in the Netherlands; before 09.00 the one before it."""
    local = now.astimezone(AMSTERDAM)
    day = local.date() - timedelta(days=local.time() < THANKS_FROM)
    return datetime.combine(day, time(), AMSTERDAM)
