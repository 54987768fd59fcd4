"""How often an address is mailed about a forgotten password. Counted in the database: it holds without a cache too."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.crypto import salted_hmac

from content.domain import named_locks
from partners.models import PasswordMail

PERIOD: Final = timedelta(hours=1)
MOST: Final = 3  # in a period, to one address, whether or not it has an account


@transaction.atomic
def take(*, email: str, now: datetime) -> bool:
    """Count one more mail to this address, or say that it had its share. Two at once wait for each other."""
    mark = salted_hmac("partners.password_mails", email.lower()).hexdigest()
    named_locks.hold(f"password_mails:{mark}")
    if PasswordMail.objects.filter(mark=mark, sent_at__gt=now - PERIOD).count() >= MOST:
        return False
    PasswordMail.objects.create(mark=mark, sent_at=now)
    return True


def forget_past_term(*, now: datetime) -> int:
    """Delete what no longer counts; how many there were."""
    deleted, _per_model = PasswordMail.objects.filter(sent_at__lte=now - PERIOD).delete()
    return deleted
