"""Mail that did not arrive: sent again, sent to a corrected address, or the links of an address sent again."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from signups.domain import admission, locks, outbox, seats
from signups.domain.application import Application
from signups.domain.errors import Reason, RefusedError
from signups.models import Delivery, Ending, Kind, MailKind, OutboxMessage, SignUp, State

FIRST_VERSION: Final = 1  # of the token: a later one says that the address was corrected


@transaction.atomic
def send_again(*, entry: SignUp, now: datetime) -> bool:
    """The mail that fits where the sign-up stands, at most one in an hour of the clock: nobody is flooded.

    Whether one was written.
    """
    if not entry.is_live:
        return False
    message = outbox.write(entry, _fitting(entry), occasion=f"again{now:%Y%m%d%H}")
    return message is not None and OutboxMessage.objects.filter(uuid=message.uuid).exists()


def can_be_sent_from(now: datetime) -> datetime:
    """When the next hour of the clock begins, in which one can be sent again."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


@transaction.atomic
def send_links(*, email: str, now: datetime) -> None:
    """One mail with the links of every live sign-up of an address; nothing for an unknown one. At most one an hour."""
    newest = SignUp.objects.filter(email=email).exclude(email="").live().order_by("-created_at", "-pk").first()
    if newest:
        outbox.write(newest, MailKind.LINKS, occasion=f"{now:%Y%m%d%H}")


@transaction.atomic
def correct_address(
    *, activity_id: int, application: Application, fields_digest: str, email: str, now: datetime
) -> str:
    """Send the mail to another address, once, while unproven. Older links die with the old address.

    `application` is what was posted, perhaps without its remarks, so it comes with the digest of all its fields; where
    that was a double, so that no row was made of it, the corrected one is a sign-up of its own. Gives the digest by
    which the row is known from now on. Raises RefusedError, then nothing was changed.
    """
    entry = made_by(application.submit_token, fields_digest)
    if entry is None:
        corrected = replace(application, email=email)
        seats.sign_up(activity_id=activity_id, application=corrected, now=now)
        return corrected.digest()
    _correct(entry, email, now)
    return fields_digest


def made_by(submit_token: UUID, fields_digest: str) -> SignUp | None:
    """The sign-up that this form made when it was posted with these answers; None after a double."""
    made = SignUp.objects.filter(submit_token=submit_token, fields_digest=fields_digest)
    return made.select_related("activity").first()


def _correct(entry: SignUp, email: str, now: datetime) -> None:
    locks.address(email)
    entry, _activity = locks.sign_up(entry.pk)
    if not entry.is_live or entry.is_proven or entry.token_version != FIRST_VERSION:
        raise RefusedError(Reason.NO_LONGER, _("Het adres kan nu niet meer worden veranderd."), field="email")
    if email == entry.email:
        send_again(entry=entry, now=now)  # nothing to correct: they only want their mail
        return
    admission.check_unproven(email)
    entry.messages.filter(state=Delivery.QUEUED).delete()
    if double := admission.existing(entry.activity_id, email, entry.name):
        seats.cancel(sign_up_id=entry.pk, ending=Ending.OWN, now=now)
        outbox.write(double, MailKind.ALREADY, occasion=f"{now:%Y%m%d%H}")
        return
    entry.email, entry.token_version = email, FIRST_VERSION + 1
    entry.save(update_fields=["email", "token_version"])
    outbox.write(entry, _fitting(entry), occasion="corrected")


def _fitting(entry: SignUp) -> MailKind:
    if not entry.is_proven:
        if entry.kind == Kind.CLASS:
            return MailKind.PROVE_CLASS
        return MailKind.CONSENT if entry.needs_guardian else MailKind.PROVE
    match entry.state:
        case State.WAITING:
            return MailKind.WAITING
        case State.OFFERED:
            return MailKind.OFFER
        case _:
            return MailKind.CONFIRMED
