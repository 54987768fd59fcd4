"""What the login library asks us: no registration, our own words and mails, one address of the portal in every link."""

from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from content import clock
from content.structured_data import absolute
from mkbdeal.account import notices
from partners.models import User
from partners.sessions import describe
from signups.limits import client_address

# What the library says after a change. What is not here the next page shows by itself.
SAID: Final = {
    "password_changed.txt": _("Je wachtwoord is veranderd."),
    "totp_deactivated.txt": _("De app is losgekoppeld."),
    "webauthn_added.txt": _("De passkey is toegevoegd."),
    "webauthn_removed.txt": _("De passkey is weg."),
}
TOLD_SECONDS: Final = 3600  # the owner of an account is told of attempts once an hour


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an invitation, and keep their address."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Dit account staat uit."),
        "email_password_mismatch": _("Dit e-mailadres en dit wachtwoord horen niet bij elkaar."),
        "enter_current_password": _("Dit is niet je wachtwoord van nu."),
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "incorrect_code": _("Deze code klopt niet."),
        "too_many_login_attempts": _("Te veel verkeerde pogingen. Wacht vijf minuten en probeer het opnieuw."),
        "too_many_from_here": _("Vanaf dit netwerk komen te veel verkeerde pogingen. Wacht een minuut."),
        "rate_limited": _("Je probeert het heel vaak. Wacht een paar minuten."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Counts attempts, and cannot be read back out of the cache."""
        return salted_hmac("account.limits", client_address(request)).hexdigest()

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not to set up the first second factor: the password was just asked for, and there is nothing yet to guard."""
        return Authenticator.objects.filter(user_id=self.request.user.pk).exists()

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """In our words."""
        if said := message or SAID.get((message_template or "").rpartition("/")[2]):
            super().add_message(request, level, message=str(said))

    def login(self, request: HttpRequest, user: Any) -> None:
        """Notes when and with what, for the list of one's own sessions."""
        super().login(request, user)
        describe(request.session, request.headers.get("User-Agent", ""), clock.now())

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Says which limit was reached: the account's own, which its owner hears of, or that of everybody here."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            if not is_locked(request, self._get_login_attempts_cache_key(request, **credentials)):
                raise self.validation_error("too_many_from_here") from error
            tell_owner(notices.LOCKED, credentials.get("email", ""))
            raise

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _hyphen, token = key.partition("-")
        return absolute(reverse("account_reset_password_from_key", args=[uid, token]))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Raises notices.NotSentError, which the page tells."""
        kind = template_prefix.rpartition("/")[2]
        notices.send(kind, email, context.get("password_reset_url", ""))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Best effort: what was changed stays changed."""
        notices.send_aside(template_prefix.rpartition("/")[2], email or user.email)

    def set_password(self, user: Any, password: str) -> None:
        user.set_password(password)
        user.save(update_fields=["password"])

    def reauthenticate(self, user: Any, password: str) -> bool:
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk


def is_locked(request: HttpRequest, key: str) -> bool:
    """Did this account have all its own wrong attempts, whatever else came from the same address?"""
    own = [rate for rate in settings.ACCOUNT_RATE_LIMITS["login_failed"].split(",") if rate.endswith("/key")]
    config = {"login_failed": ",".join(own)}
    asked: dict[str, Any] = {"app": "allauth.account", "action": "login_failed", "config": config, "dry_run": True}
    return not ratelimit.consume(request, key=key, **asked)


def tell_owner(kind: str, email: str) -> None:
    """Once in a while, and only somebody who has an account; says nothing to whoever tries."""
    key = salted_hmac("account.told", f"{kind}:{email.lower()}").hexdigest()
    account = User.objects.filter(email=email.lower(), is_active=True).first()
    if account and cache.add(f"account:told:{key}", 1, TOLD_SECONDS):
        notices.send_aside(kind, account.email)
