"""When and where a receiver knows a date to be, beside how it is now. What is still to come of either is news."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from hubs.former_meetings import FormerPlan, Span, former_plans, span_of
from hubs.models import Activity
from signups.models import MailKind, OutboxMessage, SignUp


@dataclass(frozen=True)
class Plans:
    """`known` is as it was told last; empty where the history does not tell that it has been otherwise since."""

    known: list[Span]
    current: list[Span]

    def has_news(self, now: datetime) -> bool:
        """Does it differ in what is still to come, also where nothing is? Without a history: is anything to come?"""
        left = coming(self.current, now)
        return coming(self.known, now) != left if self.known else bool(left)

    def dropped(self, now: datetime) -> list[Span]:
        """Still to come, and taken out; none where others came or were moved, for it may be one of those."""
        known, left = coming(self.known, now), coming(self.current, now)
        begins = {span.starts_at for span in left}
        if not begins <= {span.starts_at for span in known}:
            return []
        return [span for span in known if span.starts_at not in begins]

    def replaced(self, now: datetime) -> Span | None:
        """The first that was still to come, else the first that was known; none where a meeting begins then now too."""
        first = next(iter(coming(self.known, now) or self.known), None)
        return None if first is None or first.starts_at in {span.starts_at for span in self.current} else first


def coming(meetings: Iterable[Span], now: datetime) -> list[Span]:
    return [meeting for meeting in meetings if meeting.ends_at > now]


def plans(sign_up: SignUp) -> Plans:
    """Of one receiver; nothing is known of a sample, which stands in no table."""
    if sign_up.pk is None:
        return Plans([], [span_of(meeting) for meeting in sign_up.activity.meetings.all()])
    return plans_of(sign_up.activity, [sign_up])[sign_up.pk]


def plans_of(activity: Activity, entries: Collection[SignUp]) -> dict[int, Plans]:
    """By sign-up; as many queries for all of them as for one."""
    current, former = [span_of(meeting) for meeting in activity.meetings.all()], former_plans(activity)
    moved = OutboxMessage.objects.filter(sign_up__in=entries, kind=MailKind.DATE_MOVED, sent_at__isnull=False)
    told = dict(moved.order_by().values("sign_up").annotate(last=Max("sent_at")).values_list("sign_up", "last"))
    return {entry.pk: Plans(_known(former, told.get(entry.pk, entry.created_at)), current) for entry in entries}


def _known(former: list[FormerPlan], told_at: datetime) -> list[Span]:
    return next((plan.meetings for plan in former if plan.until > told_at), [])
