"""How long a proof and an offer may take. Pure; moments are aware, hours are Dutch ones."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from content.clock import AMSTERDAM
from hubs.availability import can_be_offered, closes_at, offers_until
from hubs.models import Activity

OWN_PROOF: Final = timedelta(hours=24)
GUARDIAN_PROOF: Final = timedelta(hours=72)
OFFER: Final = timedelta(hours=48)
NIGHT_FROM: Final = time(21)
NIGHT_UNTIL: Final = time(8)


def proof_deadline(activity: Activity, now: datetime, *, by_guardian: bool, waits: bool = False) -> datetime:
    """24 hours for one's own address, 72 for a guardian; never past the start.

    Who `waits` has to be proven while a seat can still be offered.
    """
    deadline = _usual(now, by_guardian=by_guardian)
    end = offers_until(activity) if waits else activity.first_starts_at
    return min(deadline, end) if end else deadline


def early_deadline(activity: Activity, now: datetime, *, by_guardian: bool, waits: bool) -> datetime | None:
    """That of a sign-up made now, where its date or the end of offers leaves less than the usual time; else None."""
    deadline = proof_deadline(activity, now, by_guardian=by_guardian, waits=waits)
    return deadline if deadline < _usual(now, by_guardian=by_guardian) else None


def offer_deadline(activity: Activity, now: datetime) -> datetime | None:
    """48 hours, moved to 08.00 when it ends at night, at the latest the closing of sign-up.

    None for under 4 hours, and for a date that lost its meetings: there is nothing to offer.
    """
    closes = closes_at(activity)
    if closes is None or not can_be_offered(activity, now):
        return None
    return min(_after_the_night(now.astimezone(UTC) + OFFER), closes)  # hours, also when the clock changes


def _usual(now: datetime, *, by_guardian: bool) -> datetime:
    return now.astimezone(UTC) + (GUARDIAN_PROOF if by_guardian else OWN_PROOF)


def _after_the_night(moment: datetime) -> datetime:
    local = moment.astimezone(AMSTERDAM)
    if local.time() >= NIGHT_FROM:
        local += timedelta(days=1)
    elif local.time() >= NIGHT_UNTIL:
        return moment
    return datetime.combine(local.date(), NIGHT_UNTIL, AMSTERDAM)
