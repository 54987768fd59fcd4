"""Which activities have something to tidy: run out, left, free while somebody waits. seats.tidy does it."""

from datetime import datetime
from typing import Final

from django.db.models import F, Q, QuerySet

from hubs.availability import SHORTEST_OFFER
from hubs.models import Activity
from signups.models import SignUp, State

MOST: Final = 100  # per sweep; the next one comes within seconds


def activities(now: datetime) -> list[int]:
    """Their ids, ascending. They come in turns: one that cannot be tidied does not hold up the rest."""
    found: set[int] = set()
    for due in (_run_out(now), _left_behind(now), _free_while_somebody_waits(now)):
        found.update(due.order_by("?").values_list("pk", flat=True)[:MOST])
    return sorted(found)


def _run_out(now: datetime) -> QuerySet[Activity]:
    begun, soonest = Q(activity__first_starts_at__lte=now), now + SHORTEST_OFFER
    past_offers = Q(activity__first_starts_at__lt=soonest) | Q(activity__signup_closes_at__lt=soonest)
    entries = SignUp.objects.live().filter(
        Q(proven_at=None, proof_expires_at__lte=now)
        | Q(state=State.OFFERED, offer_expires_at__lte=now)
        | (begun & (Q(proven_at=None) | Q(state=State.OFFERED)))
        | (Q(state=State.WAITING) & past_offers)
    )
    return Activity.objects.filter(pk__in=entries.values("activity"))


def _left_behind(now: datetime) -> QuerySet[Activity]:
    """Seats of walk-ins whose meeting is over."""
    return Activity.objects.filter(pk__in=SignUp.objects.outstaying(now).values("activity"))


def _free_while_somebody_waits(now: datetime) -> QuerySet[Activity]:
    """Open long enough for an offer, as `can_be_offered` of hubs/availability."""
    soonest = now + SHORTEST_OFFER
    open_until = Q(signup_closes_at=None) | Q(signup_closes_at__gte=soonest)
    room = Q(capacity=None) | Q(taken__lt=F("capacity"))
    return Activity.objects.filter(room, open_until, waiting__gt=0, cancelled_at=None, first_starts_at__gte=soonest)
