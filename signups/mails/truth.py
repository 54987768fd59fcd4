"""Whether a mail that waited still tells the truth. What it is about moves on; each move writes a mail of its own."""

from datetime import datetime

from partners.models import Invitation, User
from signups.mails import about_interests, about_invitations, about_letters, about_sign_ups, about_texts
from signups.models import DateInterest, OutboxMessage, SignUp


def still_true(message: OutboxMessage, *, now: datetime) -> bool:
    """False for a mail that would only confuse by now."""
    match message.receiver:
        case SignUp() as sign_up if message.letter:
            return about_letters.still_true(message.letter, sign_up)
        case SignUp() as sign_up:
            return about_sign_ups.still_true(message, sign_up, now)
        case DateInterest() as interest:
            return about_interests.still_true(message, interest, now)
        case Invitation() as invitation:
            return about_invitations.still_true(invitation, now)
        case User() as colleague:
            return about_texts.still_true(message, colleague)
