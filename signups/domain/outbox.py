"""Writes mails into the outbox, in the transaction of what they tell. Sending is in signups/domain/delivery.py."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from content.models import Revision
from partners.models import Invitation, User
from signups.mails import written
from signups.models import Addressee, DateInterest, Letter, MailKind, OutboxMessage, SignUp


def write(receiver: Addressee, kind: MailKind, *, occasion: str = "") -> None:
    """Queue one mail; the same kind on the same occasion is queued once. Nothing without an address to send it to."""
    if not receiver.email:
        return
    key = ":".join(filter(None, [kind.value, str(receiver.uuid), occasion]))
    OutboxMessage.objects.bulk_create(
        [OutboxMessage(kind=kind, dedupe_key=key, **_column(receiver))],
        ignore_conflicts=True,  # the dedupe key decides; a conflict is the answer, not an error
    )


def write_letter(letter: Letter, entries: Iterable[SignUp]) -> None:
    """Queue a letter to each of these, which have an address of their own each."""
    kind = MailKind.LETTER
    OutboxMessage.objects.bulk_create(
        OutboxMessage(kind=kind, letter=letter, sign_up=entry, dedupe_key=f"{kind.value}:{entry.uuid}:{letter.pk}")
        for entry in entries
    )


def write_to_colleagues(colleagues: Iterable[User], kind: MailKind, revision: Revision) -> None:
    """Queue a mail to each of these about a step of a text; each is told once of it."""
    OutboxMessage.objects.bulk_create(
        [
            OutboxMessage(kind=kind, revision=revision, colleague=user, dedupe_key=f"{kind}:{revision.pk}:{user.pk}")
            for user in colleagues
        ],
        ignore_conflicts=True,
    )


def remove(messages: QuerySet[OutboxMessage]) -> None:
    """Take mails out, also those that were sent, and after the commit the files that they became."""
    uuids = set(messages.values_list("uuid", flat=True))
    transaction.on_commit(partial(written.remove, uuids), robust=True)
    messages.delete()


def _column(receiver: Addressee) -> dict[str, Any]:
    match receiver:
        case SignUp():
            return {"sign_up": receiver}
        case DateInterest():
            return {"date_interest": receiver}
        case Invitation():
            return {"invitation": receiver}
