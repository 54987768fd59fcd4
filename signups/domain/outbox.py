"""Writes mails into the outbox, in the transaction of what they tell. Sending is in signups/domain/delivery.py."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.db.models import Max, QuerySet

from content.models import Revision
from partners.models import Invitation, User
from signups.mails import written
from signups.models import Addressee, DateInterest, Delivery, Letter, MailKind, OutboxMessage, SignUp

GATHERED: Final = timedelta(hours=1)  # between two mails to the same colleague about texts that wait


def write(receiver: Addressee, kind: MailKind, *, occasion: str = "") -> OutboxMessage | None:
    """Queue one mail; the same kind on the same occasion is queued once. None without an address to send it to.

    Gives the mail as it was to be queued: on an occasion that has one already it is not in the database.
    """
    if not receiver.email:
        return None
    key = ":".join(filter(None, [kind.value, str(receiver.uuid), occasion]))
    message = OutboxMessage(kind=kind, dedupe_key=key, **_column(receiver))
    # The dedupe key decides; a conflict is the answer, not an error.
    OutboxMessage.objects.bulk_create([message], ignore_conflicts=True)
    return message


def write_letter(letter: Letter, entries: Iterable[SignUp]) -> None:
    """Queue a letter to each of these, which have an address of their own each."""
    kind = MailKind.LETTER
    OutboxMessage.objects.bulk_create(
        OutboxMessage(kind=kind, letter=letter, sign_up=entry, dedupe_key=f"{kind.value}:{entry.uuid}:{letter.pk}")
        for entry in entries
    )


def ask_to_judge(colleagues: list[User], revision: Revision, *, now: datetime) -> None:
    """Queue a mail about a text that waits, at most one an hour to each of these; what comes meanwhile is gathered.

    A mail that did not go out yet lists this text too (mails/to_judge.py). It is locked: no worker may take it before
    this text is told, or the text would be in no mail.
    """
    ours = OutboxMessage.objects.filter(kind=MailKind.REVIEW_ASKED, colleague__in=[user.pk for user in colleagues])
    queued = ours.filter(state=Delivery.QUEUED).order_by("pk").select_for_update(of=("self",))
    are_asked = {message.colleague_id for message in queued}
    gone_out = ours.filter(state__in=[Delivery.SENDING, Delivery.SENT], due_at__gt=now - GATHERED)
    last = dict(gone_out.order_by().values_list("colleague").annotate(Max("due_at")))
    for user in colleagues:
        if user.pk not in are_asked:
            due_at = last[user.pk] + GATHERED if user.pk in last else now
            write_to_colleagues([user], MailKind.REVIEW_ASKED, revision, due_at=due_at)


def write_to_colleagues(colleagues: Iterable[User], kind: MailKind, revision: Revision, *, due_at: datetime) -> None:
    """Queue a mail to each of these about a step of a text; each is told once of it."""
    about: dict[str, Any] = {"kind": kind, "revision": revision, "due_at": due_at, "first_due_at": due_at}
    OutboxMessage.objects.bulk_create(
        [OutboxMessage(**about, colleague=user, dedupe_key=f"{kind}:{revision.pk}:{user.pk}") for user in colleagues],
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
