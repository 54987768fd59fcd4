"""Which activities have something to tidy: run out, or free while somebody waits. Decides nothing; seats.tidy does."""

from datetime import datetime
from typing import Final

from django.db.models import F, Q, QuerySet

from hubs.models import Activity
from signups.domain.deadlines import SHORTEST_OFFER
from signups.models import SignUp, State

MOST: Final = 100  # per sweep; the next one comes within seconds


def activities(now: datetime) -> list[int]:
    """Their ids in ascending order. Those where a seat is free come in turns: one that nobody can use stays free."""
    run_out = list(_run_out(now)[:MOST])
    free = list(_free_while_somebody_waits(now).order_by("?").values_list("pk", flat=True)[: MOST - len(run_out)])
    return sorted({*run_out, *free})


def _run_out(now: datetime) -> QuerySet[SignUp, int]:
    closed = Q(activity__signup_closes_at__lte=now) | Q(activity__first_starts_at__lte=now)
    entries = SignUp.objects.live().filter(
        Q(proven_at=None, proof_expires_at__lte=now)
        | Q(state=State.OFFERED, offer_expires_at__lte=now)
        | (Q(state=State.WAITING) & closed)
    )
    return entries.order_by("activity").values_list("activity", flat=True).distinct()


def _free_while_somebody_waits(now: datetime) -> QuerySet[Activity]:
    """Open long enough for an offer."""
    soonest = now + SHORTEST_OFFER
    open_until = Q(signup_closes_at=None) | Q(signup_closes_at__gte=soonest)
    room = Q(capacity=None) | Q(taken__lt=F("capacity"))
    return Activity.objects.filter(room, open_until, waiting__gt=0, cancelled_at=None, first_starts_at__gte=soonest)
