"""Sends what the outbox holds, one mail at a time: claim it, render it now, hand it over, stamp it. At least once.

A worker that dies leaves one claimed mail behind, which is due again when its lease ends.
"""

import logging
from datetime import datetime, timedelta
from enum import Enum, auto
from pathlib import Path
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException
from traceback import extract_tb
from typing import Final

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from signups import mails
from signups.mails import written
from signups.models import Delivery, MailKind, OutboxMessage, SignUp

logger = logging.getLogger(__name__)

LEASE: Final = timedelta(seconds=30)  # longer than a mail server takes, shorter than a visitor's patience
SHORTEST_WAIT: Final = timedelta(seconds=15)
LONGEST_WAIT: Final = timedelta(hours=1)
MOST_ATTEMPTS: Final = 80  # about three days
MOST_FAULTS: Final = 3  # of our own; a mail that cannot be made will not get better


class Outcome(Enum):
    """What came of one turn."""

    NOTHING_DUE = auto()
    SENT = auto()
    NOT_SENT = auto()
    NO_CONNECTION = auto()  # the others would not get through either


class _NoConnectionError(Exception):
    """The mail server did not let us in; says nothing about this mail."""


def deliver_next(*, now: datetime) -> Outcome:
    """Send the mail whose turn it is. Opens no transaction while the mail server is talking."""
    message = claim(now=now)
    if message is None:
        return Outcome.NOTHING_DUE
    if message.attempts > MOST_ATTEMPTS:  # each ended without a stamp: whoever made this mail died of it
        return _fail(message, _("te vaak geprobeerd"))
    if _is_pointless(message, now):
        return _drop(message)
    try:
        _hand_over(mails.render(message, now=now))
    except (OperationalError, InterfaceError):
        raise  # the database is away: the lease brings the mail back
    except _NoConnectionError as error:
        _try_later(message, now, _("geen verbinding: %(fault)s") % {"fault": type(error.__cause__).__name__})
        return Outcome.NO_CONNECTION
    except (SMTPException, OSError) as error:
        return _refused(message, now, error)
    except Exception as error:  # noqa: BLE001 - one mail that cannot be made must not stop the others
        return _could_not_be_made(message, now, error)
    # Whoever holds the claim by now: it was sent.
    sent = {"state": Delivery.SENT, "sent_at": now, "lease_until": None, "due_at": now, "error": ""}
    if not OutboxMessage.objects.filter(pk=message.pk).update(**sent):  # erased while it was on its way
        written.remove({message.uuid})
    elif message.kind == MailKind.DATE_MOVED and message.sign_up:
        _note_told(message.sign_up)
    return Outcome.SENT


@transaction.atomic
def claim(*, now: datetime) -> OutboxMessage | None:
    """Take the mail whose turn it is, for as long as its lease; nobody else gets the same one meanwhile."""
    message = OutboxMessage.objects.due(now).select_for_update(skip_locked=True).first()
    if message is None:
        return None
    message.state, message.attempts = Delivery.SENDING, message.attempts + 1
    message.due_at = message.lease_until = now + LEASE
    message.save(update_fields=["state", "attempts", "due_at", "lease_until"])
    return message


def retry(messages: QuerySet[OutboxMessage], *, now: datetime) -> int:
    """Queue those that failed once more, with a clean sheet; how many there were."""
    failed = messages.filter(state=Delivery.FAILED)
    return failed.update(state=Delivery.QUEUED, attempts=0, due_at=now, first_due_at=now, error="")


def _is_pointless(message: OutboxMessage, now: datetime) -> bool:
    """Nobody to send it to any more, or overtaken by what happened since."""
    return not message.receiver.email or not mails.still_true(message, now=now)


def _hand_over(mail: EmailMultiAlternatives) -> None:
    """A connection per mail: what goes wrong with one leaves nothing behind for the next."""
    connection = get_connection()
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        raise _NoConnectionError from error
    try:
        connection.send_messages([mail])
    finally:
        connection.close()


def _note_told(entry: SignUp) -> None:
    """A change that the mail could show already needs none of its own; `revision` was read before the meetings were."""
    revision = entry.activity.revision
    SignUp.objects.filter(pk=entry.pk, told_revision__lt=revision).update(told_revision=revision)


def _refused(message: OutboxMessage, now: datetime, error: SMTPException | OSError) -> Outcome:
    """Ended for good when the receiver's side says so (5xx); what it says of us as a sender may be mended."""
    code = _code(error)
    if code >= 500 and isinstance(error, SMTPRecipientsRefused | SMTPDataError):
        return _fail(message, _("geweigerd door de ontvangende kant (%(code)d)") % {"code": code})
    return _try_later(message, now, f"{type(error).__name__} {code or ''}".strip())


def _code(error: Exception) -> int:
    """The server's own words are left out: they may repeat the address."""
    if isinstance(error, SMTPRecipientsRefused):
        return min(code for code, _words in error.recipients.values())
    return int(error.smtp_code) if isinstance(error, SMTPResponseException) else 0


def _could_not_be_made(message: OutboxMessage, now: datetime, error: Exception) -> Outcome:
    """Says where it went wrong and no more: the text of an exception may repeat a name."""
    frame = extract_tb(error.__traceback__)[-1]
    fault = f"{type(error).__name__} ({Path(frame.filename).name}:{frame.lineno})"
    if message.attempts >= MOST_FAULTS:
        return _fail(message, fault)
    return _try_later(message, now, fault)


def _try_later(message: OutboxMessage, now: datetime, error: str) -> Outcome:
    if message.attempts >= MOST_ATTEMPTS:
        return _fail(message, error)
    wait = min(SHORTEST_WAIT * 2 ** min(message.attempts - 1, 16), LONGEST_WAIT)
    _stamp(message, Delivery.QUEUED, error, due_at=now + wait)
    return Outcome.NOT_SENT


def _drop(message: OutboxMessage) -> Outcome:
    _stamp(message, Delivery.DROPPED, "", due_at=message.due_at)
    return Outcome.NOT_SENT


def _fail(message: OutboxMessage, error: str) -> Outcome:
    _stamp(message, Delivery.FAILED, error, due_at=message.due_at)
    return Outcome.NOT_SENT


def _stamp(message: OutboxMessage, state: Delivery, error: str, *, due_at: datetime) -> None:
    """Only while the claim is ours: after its lease another may have sent the mail."""
    ours = OutboxMessage.objects.filter(pk=message.pk, state=Delivery.SENDING, attempts=message.attempts)
    ours.update(state=state, lease_until=None, due_at=due_at, error=error[:200])
    if error:
        logger.warning("Mail %s (%s), attempt %d: %s", message.uuid, message.kind, message.attempts, error)
