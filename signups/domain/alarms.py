"""What an operator is woken for: mails that nobody sends, and counters that disagree with the rows. Reads only."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from hubs.models import Activity
from signups.models import HOLDING, Delivery, OutboxMessage, State

PATIENCE: Final = timedelta(minutes=5)  # a sweep comes every five seconds
WITHOUT_SUCCESS: Final = timedelta(minutes=30)  # a mail server that refuses: each attempt puts the mail off


def mails_go_out(now: datetime) -> bool:
    """No mail has been due for longer than our patience, and none is old while nothing went out at all."""
    if OutboxMessage.objects.due(now - PATIENCE).exists():
        return False
    since = now - WITHOUT_SUCCESS
    unsent = OutboxMessage.objects.filter(state__in=[Delivery.QUEUED, Delivery.SENDING], first_due_at__lte=since)
    return not unsent.exists() or OutboxMessage.objects.filter(sent_at__gt=since).exists()


def counters_agree() -> bool:
    """`taken`, `waiting` and `queued` are what the sign-ups say: the triggers keep it so, and this would notice."""
    held = Coalesce(Sum("sign_ups__seats", filter=Q(sign_ups__state__in=HOLDING)), 0)
    is_queued = Q(sign_ups__state=State.WAITING)
    in_line = Count("sign_ups", filter=is_queued)
    proven = Count("sign_ups", filter=is_queued & Q(sign_ups__proven_at__isnull=False))
    counted = Activity.objects.annotate(held=held, in_line=in_line, proven=proven)
    return not counted.exclude(taken=F("held"), waiting=F("proven"), queued=F("in_line")).order_by().exists()
