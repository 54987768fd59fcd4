"""Dates with sign-ups that wait for something: a call, a confirmation, an answer to an offer, a place for a class."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, F, Min, Q, QuerySet
from django.db.models.functions import Least

from hubs.models import Activity
from signups.models import Kind, State

NEAR: Final = timedelta(hours=12)  # before an unproven sign-up runs out; its own address has 24 hours in all

OFFERED: Final = Q(sign_ups__state=State.OFFERED)
BY_TELEPHONE: Final = OFFERED & Q(sign_ups__email="")
WITH_ADDRESS: Final = OFFERED & ~Q(sign_ups__email="")
CLASS_WAITS: Final = Q(sign_ups__state=State.WAITING, sign_ups__kind=Kind.CLASS, sign_ups__proven_at__isnull=False)


def attention(user: Any, now: datetime) -> QuerySet[Any]:
    """Of the dates that this user manages, what runs out first above; one query.

    Each carries callers, call_before, offers, offers_until, unproven, unproven_until and classes.
    """
    running_out = Q(
        sign_ups__state__in=[State.REQUESTED, State.WAITING],
        sign_ups__proven_at=None,
        sign_ups__proof_expires_at__gt=now,
        sign_ups__proof_expires_at__lte=now + NEAR,
    )
    waiting = BY_TELEPHONE | WITH_ADDRESS | CLASS_WAITS | running_out
    found = Activity.objects.managed_by(user).filter(waiting, last_ends_at__gt=now, cancelled_at=None)
    return (
        found.select_related("programme__hub")
        .annotate(
            callers=Count("sign_ups", filter=BY_TELEPHONE),
            call_before=Min("sign_ups__offer_expires_at", filter=BY_TELEPHONE),
            offers=Count("sign_ups", filter=WITH_ADDRESS),
            offers_until=Min("sign_ups__offer_expires_at", filter=WITH_ADDRESS),
            unproven=Count("sign_ups", filter=running_out),
            unproven_until=Min("sign_ups__proof_expires_at", filter=running_out),
            classes=Count("sign_ups", filter=CLASS_WAITS),
        )
        .annotate(first_end=Least("call_before", "offers_until", "unproven_until"))
        .order_by(F("call_before").asc(nulls_last=True), F("first_end").asc(nulls_last=True), "first_starts_at", "pk")
    )
