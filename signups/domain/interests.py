"""Who misses a date: asks, proves the address, is told of dates that suit, is forgotten. Erasing is in erasure.py."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from content import clock
from content.clock import AMSTERDAM
from signups import suiting
from signups.domain import locks, outbox
from signups.domain.deadlines import OWN_PROOF
from signups.domain.errors import Reason, RefusedError
from signups.domain.retention import ADDRESS_OF_INTEREST, BATCH
from signups.models import DateInterest, MailKind, OutboxMessage

MOST_UNPROVEN: Final = 5  # that one address may have open without having proven one
BETWEEN_MAILS: Final = timedelta(days=1)
MOST_TOLD: Final = 100  # per sweep; the next one comes within minutes


@dataclass(frozen=True)
class Wish:
    """What somebody filled in, checked by the form. At most one of hub and programme; `email` is in lower case.

    No level is of who is not at school.
    """

    education_level_id: int | None
    from_on: date
    until_on: date
    people: int
    email: str
    language: str
    submit_token: UUID
    hub_id: int | None = None
    programme_id: int | None = None

    def uuids(self) -> Iterator[UUID]:
        """The row's: the same for the same form with the same content, and to anyone without our key a random one.

        Where that row's address was taken out since, the next one: the ledger may name it, so it is not used again.
        """
        written = json.dumps(asdict(self), default=str, sort_keys=True)
        for earlier in count():
            text = f"wish:{written}{earlier or ''}"
            digest = hmac.new(settings.LINK_KEY.encode(), text.encode(), hashlib.sha256).digest()
            yield UUID(bytes=digest[:16], version=4)


@transaction.atomic
def ask(*, wish: Wish, now: datetime) -> DateInterest:
    """Keep the wish, and write the mail that asks for proof. The same form posted again gives the same row.

    After its address was taken out it gives a new one, with a mail: somebody asks for it again.

    Raises RefusedError when the address has too many that nobody proved; then there is no new row.
    """
    locks.address(wish.email)
    found, uuid = _made_by(wish)
    if found:
        return found
    _check_unproven(wish.email, now)
    fields = {name: value for name, value in asdict(wish).items() if name != "submit_token"}
    deadline = _proof_deadline(wish, now) if wish.email else None
    interest, _is_new = DateInterest.objects.get_or_create(uuid=uuid, defaults={**fields, "proof_expires_at": deadline})
    outbox.write(interest, MailKind.INTEREST_PROVE)
    return interest


@transaction.atomic
def prove(*, interest_id: int, now: datetime) -> DateInterest:
    """The address is right. What suits already is on the page that says so, so it is not told again.

    Proving twice changes nothing. Raises RefusedError when it is too late or the address is gone.
    """
    interest = DateInterest.objects.select_for_update(of=("self",)).get(pk=interest_id)
    if not interest.is_reachable_until(now):
        raise RefusedError(Reason.NO_LONGER, _("Dit kan niet meer. Laat het opnieuw weten met het formulier."))
    if interest.proven_at is None:
        interest.proven_at = now
        interest.save(update_fields=["proven_at"])
        interest.known.set(suiting.suiting(interest, now))
    return interest


def tell(*, now: datetime) -> int:
    """Write a mail to each who can be told of a date that they do not know yet; how many. Two may run this at once."""
    # They come in turns: one that cannot be told now does not hold up the rest.
    due = suiting.with_news(_to_tell(now), now).order_by("?").values_list("pk", flat=True)
    return sum(_tell(key, now) for key in due[:MOST_TOLD])


def kept_until(interest: DateInterest) -> date:
    """The last day of its address."""
    return min(interest.until_on, clock.local_date(interest.created_at + ADDRESS_OF_INTEREST))


def forget_past_term(*, now: datetime) -> int:
    """Take out the addresses whose term is over, a batch a transaction; how many. May run twice at once."""
    forgotten = 0
    while batch := _forget_batch(now):
        forgotten += batch
    return forgotten


def past_term(now: datetime) -> QuerySet[DateInterest]:
    """The period is over, the address was kept long enough, or nobody proved it in time."""
    return DateInterest.objects.exclude(email="").filter(
        Q(until_on__lt=clock.local_date(now))
        | Q(created_at__lte=now - ADDRESS_OF_INTEREST)
        | Q(proven_at=None, proof_expires_at__lte=now)
    )


def forget(interests: Iterable[DateInterest]) -> None:
    """Take out the address, with its mails and what was told. The wish stays, as a count. Expects them locked."""
    keys = [interest.pk for interest in interests]
    outbox.remove(OutboxMessage.objects.filter(date_interest__in=keys))
    suiting.Known.objects.filter(dateinterest__in=keys).delete()
    DateInterest.objects.filter(pk__in=keys).update(email="")


def by_uuid(uuid: UUID) -> DateInterest | None:
    """The interest that a link or a cookie names."""
    found = DateInterest.objects.select_related("education_level", "hub", "programme__hub")
    return found.filter(uuid=uuid).first()


def _made_by(wish: Wish) -> tuple[DateInterest | None, UUID]:
    """The row that this very form made and that still has its address, or None, with the uuid for a new one."""
    for uuid in wish.uuids():
        found = by_uuid(uuid)
        if found is None or found.email == wish.email:
            return found, uuid
    raise AssertionError("uuids never end")


def _check_unproven(email: str, now: datetime) -> None:
    open_ones = DateInterest.objects.filter(email=email, proven_at=None, proof_expires_at__gt=now)
    if email and open_ones.count() >= MOST_UNPROVEN:
        raise RefusedError(
            Reason.TOO_MANY_UNPROVEN,
            _("Voor dit e-mailadres staan al vijf vragen open. Bevestig die eerst via onze mails."),
            field="email",
        )


def _proof_deadline(wish: Wish, now: datetime) -> datetime:
    """24 hours, never past the period."""
    period_ends = datetime.combine(wish.until_on + timedelta(days=1), time.min, AMSTERDAM)
    return min(now + OWN_PROOF, period_ends)


def _to_tell(now: datetime) -> QuerySet[DateInterest]:
    rested = Q(told_at=None) | Q(told_at__lte=now - BETWEEN_MAILS)
    return DateInterest.objects.reachable().filter(rested, until_on__gte=clock.local_date(now))


@transaction.atomic
def _tell(interest_id: int, now: datetime) -> bool:
    """One whom another worker holds, told or forgot meanwhile is left alone: after the lock all is read again."""
    rows = _to_tell(now).select_for_update(of=("self",), skip_locked=True)
    interest = rows.filter(pk=interest_id).first()
    found = list(suiting.news(interest, now)) if interest else []
    if interest is None or not found:
        return False
    outbox.write(interest, MailKind.INTEREST_MATCH, occasion=suiting.occasion(interest, now))
    interest.known.add(*found)
    interest.told_at = now
    interest.save(update_fields=["told_at"])
    return True


@transaction.atomic
def _forget_batch(now: datetime) -> int:
    rows = past_term(now).select_for_update(of=("self",), skip_locked=True).order_by("pk")
    interests = list(rows[:BATCH])
    forget(interests)
    return len(interests)
