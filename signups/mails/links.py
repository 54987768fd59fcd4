"""The addresses behind the button of a mail, with the token that opens them. Never log one."""

from django.urls import reverse

from content import tokens
from content.structured_data import absolute
from content.tokens import Purpose
from partners.models import Invitation
from signups.models import Addressee, DateInterest, SignUp


def own_link(sign_up: SignUp) -> str:
    """In the active language, under the portal's own name."""
    return absolute(reverse("sign_up_link", args=[_token(Purpose.SIGN_UP, sign_up)]))


def wish_link(interest: DateInterest) -> str:
    """The page of who missed a date, in the active language."""
    return absolute(reverse("date_wish_link", args=[_token(Purpose.DATE_INTEREST, interest)]))


def invitation_link(invitation: Invitation) -> str:
    """Where a new member of staff makes an account; the back office has one address in every language."""
    return absolute(reverse("invitation_link", args=[_token(Purpose.INVITATION, invitation)]))


def _token(purpose: Purpose, receiver: Addressee) -> str:
    return tokens.make(tokens.Claim(purpose, receiver.uuid, receiver.token_version))
