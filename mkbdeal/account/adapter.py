"""What the login library asks us: no registration, our own words and mails, one address of the portal in every link."""

from datetime import datetime
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from content import clock
from content.structured_data import absolute
from mkbdeal.account import notices
from partners.domain import attempts
from partners.models import Attempt, User
from partners.sessions import describe
from signups.limits import client_address

# What the library says after a change. What is not here the next page shows by itself.
SAID: Final = {
    "password_changed.txt": _("Je wachtwoord is veranderd."),
    "totp_deactivated.txt": _("De app is losgekoppeld."),
    "webauthn_added.txt": _("De passkey is toegevoegd."),
    "webauthn_removed.txt": _("De passkey is weg."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an invitation, and keep their address."""

    _attempt: Attempt | None = None  # to log in with a password; this object lives for one

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
        email, now = credentials.get("email", ""), clock.now()
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise self.validation_error("too_many_from_here") from error
        self._attempt = attempts.take(attempts.PASSWORDS, of=email, now=now)
        if not self._attempt:
            tell_owner(notices.LOCKED, email, now)
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Only wrong passwords count. Each is counted before it is looked at, so that many at once are counted too."""
        found = super().authenticate(request, **credentials)
        if found and self._attempt:
            attempts.give_back(self._attempt)
        return found

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
        """By who is logged in already. Counted apart from the login, where any stranger can use up the attempts."""
        now = clock.now()
        attempt = attempts.take(attempts.OLD_PASSWORDS, of=str(user.pk), now=now)
        if not attempt:
            tell_owner(notices.OLD_PASSWORDS_TRIED, user.email, now)
            raise self.validation_error("too_many_login_attempts")
        is_right: bool = user.check_password(password)
        if is_right:
            attempts.give_back(attempt)
        return is_right


def tell_owner(kind: str, email: str, now: datetime) -> None:
    """Once an hour, and only somebody who has an account; says nothing to whoever tries, nor takes longer for one."""
    account = User.objects.filter(email=email.lower(), is_active=True).first()
    if attempts.take(attempts.WARNINGS, of=f"{kind}:{email}", now=now) and account:
        notices.send_aside(kind, account.email)
