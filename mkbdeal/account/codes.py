"""Codes of the second factor: each is good once, and a copy of the database does not show the secret behind them."""

import base64
import hashlib
import hmac
from typing import Any

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

USED = "last_counter"


def use_once(authenticator: Authenticator, code: str) -> bool:
    """Whether this code, or a later one, was not used before. Locks the row: of two at once one gets through.

    The library remembers used codes in the cache, which may be away, and for one period of the two that a code lives.
    """
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        secret = SecondFactorAdapter().decrypt(row.data["secret"])
        counter = max((n for n in auth.yield_hotp_counters_from_time() if _fits(secret, n, code)), default=-1)
        if counter <= row.data.get(USED, -1):
            return False
        row.data[USED] = counter
        row.save(update_fields=["data"])
        authenticator.data = row.data
        return True


def _fits(secret: str, counter: int, code: str) -> bool:
    expected = auth.format_hotp_value(auth.hotp_value(secret, counter))
    return hmac.compare_digest(expected, "".join(code.split()))


class SecondFactorAdapter(DefaultMFAAdapter):
    """What the library asks us about second factors."""

    error_messages = {
        "add_email_blocked": _("Dit kan niet zolang je een tweede stap hebt."),
        "cannot_delete_authenticator": _("Dit kun je niet weghalen."),
        "cannot_generate_recovery_codes": _("Stel eerst je tweede stap in. Daarna krijg je reservecodes."),
        "incorrect_code": _("Deze code klopt niet. Wacht op de volgende code en vul die in."),
        "unverified_email": _("Bevestig eerst je e-mailadres."),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Written with another SECRET_KEY: one that fits no code, so that its owner has to start anew."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return auth.generate_totp_secret()

    def build_totp_svg(self, url: str) -> str:
        """Shapes alone, without the styles that the security policy refuses."""
        code = segno.make(url, error="m", micro=False)
        title = gettext("QR-code voor je app")
        return code.svg_inline(
            scale=5, border=4, dark="#15130f", light="#fff", svgclass="qr", lineclass=None, title=title, omitsize=True
        )

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}


def _cipher() -> Fernet:
    key = hashlib.sha256(b"second factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
