"""Mails every open invitation once for each version of its link. Partners state the fact; here it is noticed."""

from datetime import datetime
from typing import Final

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from partners.models import Invitation
from signups.domain import outbox
from signups.models import MailKind, OutboxMessage

MOST: Final = 100  # per sweep; the next one comes within seconds


def tell(*, now: datetime) -> int:
    """Write the mails that are missing; how many there were. Safe to run twice or side by side."""
    found = list(_untold(now)[:MOST])
    for invitation in found:
        outbox.write(invitation, MailKind.INVITATION, occasion=str(invitation.token_version))
    return len(found)


def _untold(now: datetime) -> QuerySet[Invitation]:
    ending = Concat(Value(":"), Cast(OuterRef("token_version"), CharField()), output_field=CharField())
    told = OutboxMessage.objects.filter(
        invitation=OuterRef("pk"), kind=MailKind.INVITATION, dedupe_key__endswith=ending
    )
    return Invitation.objects.open(now).filter(~Exists(told)).order_by("pk")
