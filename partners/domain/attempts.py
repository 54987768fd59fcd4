"""How often something may be tried in a while. Counted in the database: it holds without a cache too."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.crypto import salted_hmac

from content.domain import named_locks
from partners.models import Attempt


@dataclass(frozen=True)
class Limit:
    """So many attempts in a period, of each address or account by itself."""

    name: str
    most: int
    period: timedelta


PASSWORDS: Final = Limit("passwords", 5, timedelta(minutes=5))  # wrong ones, whether or not there is such an account
OLD_PASSWORDS: Final = Limit("old_passwords", 5, timedelta(minutes=5))  # wrong ones, by who is logged in to an account
CODES: Final = Limit("codes", 5, timedelta(minutes=5))  # wrong ones of a second factor, of one account
PASSWORD_MAILS: Final = Limit("password_mails", 3, timedelta(hours=1))  # to one address, with an account or without
WARNINGS: Final = Limit("warnings", 1, timedelta(hours=1))  # of one sort to the owner of an account
KEPT: Final = max(limit.period for limit in (PASSWORDS, OLD_PASSWORDS, CODES, PASSWORD_MAILS, WARNINGS))


@transaction.atomic
def take(limit: Limit, *, of: str, now: datetime) -> Attempt | None:
    """Count one more attempt, or answer None: this address or account had its share.

    To be taken before the attempt is looked at, and given back if it was right: of many at once no more get through.
    """
    mark = _mark(limit, of)
    named_locks.hold(f"attempts:{mark}")
    if Attempt.objects.filter(mark=mark, tried_at__gt=now - limit.period).count() >= limit.most:
        return None
    return Attempt.objects.create(mark=mark, tried_at=now)


def give_back(attempt: Attempt) -> None:
    """It was right, or nobody looked at it. The wrong ones from before still count."""
    attempt.delete()


def forget(limit: Limit, *, of: str) -> None:
    """Start anew."""
    Attempt.objects.filter(mark=_mark(limit, of)).delete()


def forget_past_term(*, now: datetime) -> int:
    """Delete what no longer counts; how many there were."""
    deleted, _per_model = Attempt.objects.filter(tried_at__lte=now - KEPT).delete()
    return deleted


def _mark(limit: Limit, of: str) -> str:
    return salted_hmac(f"partners.attempts.{limit.name}", of.lower()).hexdigest()
