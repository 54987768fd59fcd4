"""The address of a visitor's own page, with the token that opens it. Never log one."""

from django.urls import reverse

from content import tokens
from content.structured_data import absolute
from signups.models import SignUp


def own_link(sign_up: SignUp) -> str:
    """In the active language, under the portal's own name."""
    token = tokens.make(tokens.Claim(tokens.Purpose.SIGN_UP, sign_up.uuid, sign_up.token_version))
    return absolute(reverse("sign_up_link", args=[token]))
