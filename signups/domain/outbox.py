"""Writes mails into the outbox, in the transaction of what they tell. Sending is in signups/domain/delivery.py."""

from signups.models import MailKind, OutboxMessage, SignUp


def write(sign_up: SignUp, kind: MailKind, *, occasion: str = "") -> None:
    """Queue one mail; the same kind on the same occasion is queued once. Nothing without an address to send it to."""
    if not sign_up.email:
        return
    key = ":".join(filter(None, [kind.value, str(sign_up.uuid), occasion]))
    OutboxMessage.objects.bulk_create(
        [OutboxMessage(kind=kind, sign_up=sign_up, dedupe_key=key)],
        ignore_conflicts=True,  # the dedupe key decides; a conflict is the answer, not an error
    )
