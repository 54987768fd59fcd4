"""Whether a mail that waited still tells the truth. A sign-up moves on; each move writes a mail of its own."""

from signups.models import MailKind, OutboxMessage, SignUp, State


def still_true(message: OutboxMessage) -> bool:
    """False for a mail that would only confuse by now: confirm what was confirmed, a seat that was given back."""
    sign_up = message.sign_up
    match MailKind(message.kind):
        case MailKind.PROVE | MailKind.PROVE_CLASS | MailKind.CONSENT:
            return sign_up.is_live and not sign_up.is_proven
        case MailKind.ALREADY | MailKind.CHANGED | MailKind.DATE_MOVED:
            return sign_up.is_live
        case MailKind.CONFIRMED | MailKind.REMINDER:
            return sign_up.state == State.CONFIRMED
        case MailKind.WAITING:
            return sign_up.state == State.WAITING
        case MailKind.OFFER:
            return sign_up.state == State.OFFERED
        case MailKind.OFFER_RAN_OUT:
            return sign_up.state in {State.WAITING, State.EXPIRED}
        case MailKind.LINKS:
            return SignUp.objects.live().filter(email=sign_up.email).exists()
        case _:
            return not sign_up.is_live
