"""Whose turn it is in the queue of an activity, and what the others wait for. Decides; waiting_list.py does it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from hubs.models import Activity
from signups.domain.deadlines import offer_deadline
from signups.models import SignUp

MOST_PASSED_OVER: Final = 3
GATHER_UNTIL: Final = timedelta(days=7)  # before the date; after that nobody holds seats up for a large entry


class Verdict(StrEnum):
    """What a waiting entry's turn comes to; the words for staff are in signups/why_waiting.py."""

    OFFER = "offer"
    FULL = "full"
    DOES_NOT_FIT = "does_not_fit"
    GATHERING = "gathering"  # it was passed over often enough: what comes free is kept for it
    BEHIND = "behind"  # seats gather for an entry in front
    TOO_LARGE = "too_large"
    UNPROVEN = "unproven"
    TOO_LATE = "too_late"
    CANCELLED = "cancelled"


@dataclass
class Turn:
    """`free` seats were left when its turn came, None without a limit; `times_passed` counts this round too."""

    entry: SignUp
    verdict: Verdict
    free: int | None
    times_passed: int


def turns(activity: Activity, queue: Iterable[SignUp], now: datetime) -> list[Turn]:
    """A turn for each entry of the queue, which is in its order. Expects fresh counters; changes no entry.

    What is free is offered in that order. An entry that does not fit is passed over three times, each offer behind it
    counts one; after that seats gather for it, until a week before the date. One larger than the capacity is skipped.
    """
    found: list[Turn] = []
    passed: list[Turn] = []
    free = None if activity.capacity is None else activity.capacity - activity.taken
    gathers, halted, is_held = seats_gather(activity, now), _halted(activity, now), False
    for entry in queue:
        turn = Turn(entry, halted or _verdict(entry, activity, free, is_held=is_held), free, entry.passed_over)
        found.append(turn)
        if turn.verdict == Verdict.OFFER:
            free = None if free is None else free - entry.seats
            for skipped in passed:
                skipped.times_passed += 1
        elif turn.verdict in {Verdict.FULL, Verdict.DOES_NOT_FIT}:
            passed.append(turn)
        is_held = gathers and any(skipped.times_passed >= MOST_PASSED_OVER for skipped in passed)
    for turn in passed:
        if gathers and turn.times_passed >= MOST_PASSED_OVER:
            turn.verdict = Verdict.GATHERING
    return found


def seats_gather(activity: Activity, now: datetime) -> bool:
    """Is it early enough to keep seats for a large entry?"""
    return activity.first_starts_at is not None and now < activity.first_starts_at - GATHER_UNTIL


def _halted(activity: Activity, now: datetime) -> Verdict | None:
    """Why nothing is offered to anybody."""
    if activity.cancelled_at:
        return Verdict.CANCELLED
    return Verdict.TOO_LATE if offer_deadline(activity, now) is None else None


def _verdict(entry: SignUp, activity: Activity, free: int | None, *, is_held: bool) -> Verdict:
    if not entry.is_proven:
        return Verdict.UNPROVEN
    if activity.capacity is not None and entry.seats > activity.capacity:
        return Verdict.TOO_LARGE
    if is_held:
        return Verdict.BEHIND
    if free is None or entry.seats <= free:
        return Verdict.OFFER
    return Verdict.DOES_NOT_FIT if free > 0 else Verdict.FULL
