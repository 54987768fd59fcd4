"""Erases a sign-up, or who misses a date, on request; and again after a restore. Terms are in retention.py."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from signups.domain import interests, ledger, retention, seats
from signups.models import DateInterest, Ending, SignUp


def erase(*, sign_up_id: int, now: datetime, ending: Ending = Ending.OWN) -> None:
    """Give the seat back, drop the mails, count and empty the row; so too the other dates of the same request.

    Erasing twice changes nothing. When this returns it is committed and stands in the ledger, so it outlives every
    backup. Not inside a transaction.
    """
    for key in _of_one_request(sign_up_id):
        with transaction.atomic(durable=True):
            if entry := _erased(key, ending, now):
                ledger.append(entry.uuid)


def refuse(*, sign_up_id: int, now: datetime) -> None:
    """The guardian does not consent: nothing about the child or the guardian stays."""
    erase(sign_up_id=sign_up_id, now=now, ending=Ending.REFUSED)


def erase_interest(*, interest_id: int) -> None:
    """Take out the address of who missed a date, and its mails. As with `erase`: in the ledger, and no transaction."""
    with transaction.atomic(durable=True):
        if interest := _forgotten(interest_id):
            ledger.append(interest.uuid)


def replay(*, now: datetime, is_new_ledger: bool = False) -> int:
    """Erase whatever the ledger names and this database still holds; how many. Safe to repeat, or to break off.

    Raises LedgerLostError when the file has lost lines, unless told that a new one was begun.
    """
    erased = 0
    while not ledger.is_replayed():
        digests, end = ledger.whole()
        if ledger.position() > end and not is_new_ledger:
            raise ledger.LedgerLostError
        for key in _named(SignUp.objects.filter(emptied_at=None), digests):
            with transaction.atomic(durable=True):
                erased += bool(_erased(key, Ending.OWN, now))
        for key in _named(DateInterest.objects.exclude(email=""), digests):
            with transaction.atomic(durable=True):
                erased += bool(_forgotten(key))
        ledger.replayed(end)
    return erased


def heal(*, now: datetime) -> bool:
    """Do what the ledger is ahead by because a commit failed or a crash tore a line; False when it is ahead by more.

    A row that it names and this database lacks may be one that is still to be restored: an operator says when that is
    done (`replay`), and nothing is done here.
    """
    try:
        is_known = _holds_all(ledger.ahead())
    except ledger.LedgerLostError:
        return False
    if is_known:
        replay(now=now)
    return is_known


def _holds_all(digests: set[str]) -> bool:
    left = set(digests)
    for rows in (SignUp.objects.all(), DateInterest.objects.all()):
        if left:
            left.difference_update(map(ledger.digest, rows.values_list("uuid", flat=True).iterator()))
    return not left


def _of_one_request(sign_up_id: int) -> list[int]:
    """The dates that it was moved away from, those asked for that nobody agreed to, and itself last: to try again."""
    keys = [sign_up_id]
    while left := SignUp.objects.filter(replaced_by=keys[-1], ending=Ending.MOVED).first():
        keys.append(left.pk)
    asked = SignUp.objects.filter(replaces__in=keys).unproven().order_by("pk").values_list("pk", flat=True)
    return [*(key for key in asked if key not in keys), *reversed(keys)]


def _erased(sign_up_id: int, ending: Ending, now: datetime) -> SignUp | None:
    """The emptied row, or None when it was empty before. The lock of the seat is held until the transaction ends."""
    entry = seats.cancel(sign_up_id=sign_up_id, ending=ending, now=now)
    if entry.emptied_at:
        return None
    retention.empty([entry], now)
    return entry


def _forgotten(interest_id: int) -> DateInterest | None:
    """The interest without its address; None when that was out before."""
    interest = DateInterest.objects.select_for_update(of=("self",)).get(pk=interest_id)
    if not interest.email:
        return None
    interests.forget([interest])
    return interest


def _named(rows: QuerySet[Any], digests: set[str]) -> list[int]:
    keys = rows.order_by("pk").values_list("pk", "uuid")
    return [key for key, uuid in keys.iterator() if ledger.digest(uuid) in digests]
