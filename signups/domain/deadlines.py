"""How long a proof and an offer may take. Pure; moments are aware, hours are Dutch ones."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from content.clock import AMSTERDAM
from hubs.availability import closes_at
from hubs.models import Activity

OWN_PROOF: Final = timedelta(hours=24)
GUARDIAN_PROOF: Final = timedelta(hours=72)
OFFER: Final = timedelta(hours=48)
SHORTEST_OFFER: Final = timedelta(hours=4)
NIGHT_FROM: Final = time(21)
NIGHT_UNTIL: Final = time(8)


def proof_deadline(activity: Activity, now: datetime, *, by_guardian: bool) -> datetime:
    """24 hours for one's own address, 72 for a guardian; never past the start."""
    deadline = now.astimezone(UTC) + (GUARDIAN_PROOF if by_guardian else OWN_PROOF)
    return min(deadline, activity.first_starts_at) if activity.first_starts_at else deadline


def offer_deadline(activity: Activity, now: datetime) -> datetime | None:
    """48 hours, moved to 08.00 when it ends at night, at the latest the closing of sign-up.

    None for under 4 hours, and for a date that lost its meetings: there is nothing to offer.
    """
    if activity.first_starts_at is None:
        return None
    closes = closes_at(activity)
    deadline = _after_the_night(now.astimezone(UTC) + OFFER)  # hours, also when the clock changes
    deadline = min(deadline, closes) if closes else deadline
    return deadline if deadline - now >= SHORTEST_OFFER else None


def _after_the_night(moment: datetime) -> datetime:
    local = moment.astimezone(AMSTERDAM)
    if local.time() >= NIGHT_FROM:
        local += timedelta(days=1)
    elif local.time() >= NIGHT_UNTIL:
        return moment
    return datetime.combine(local.date(), NIGHT_UNTIL, AMSTERDAM)
