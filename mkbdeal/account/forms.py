"""The forms of the login library with our words, and what we ask beyond it."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from content import clock
from mkbdeal.account import codes, notices
from mkbdeal.account.adapter import tell_owner
from partners.domain import attempts
from partners.models import Attempt

EMAIL = _("E-mailadres")
PASSWORD = _("Wachtwoord")
NEW = _("Nieuw wachtwoord")
AGAIN = _("Nog een keer hetzelfde wachtwoord")
CODE = _("Code uit je app")
EMPTY_EMAIL = _("Vul het e-mailadres van je account in.")
EMPTY_PASSWORD = _("Vul je wachtwoord in.")
EMPTY_CODE = _("Vul de zes cijfers uit je app in.")
ABOUT_PASSWORD = _("Minstens 12 tekens. Een paar woorden achter elkaar is sterk en goed te onthouden.")


def _say(field: forms.Field, label: Any, empty: Any, help_text: Any = "") -> None:
    """Nothing greyed out inside the field: a label stays readable while one types."""
    field.label, field.help_text = label, help_text
    field.error_messages["required"] = empty
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs["aria-required"] = "true"


class _Plain:
    """Errors come from the server, in our words, also without JavaScript."""

    use_required_attribute = False
    label_suffix = ""


class LoginForm(_Plain, account.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["login"], EMAIL, EMPTY_EMAIL)
        _say(self.fields["password"], PASSWORD, EMPTY_PASSWORD)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class PasswordAgainForm(_Plain, account.ReauthenticateForm):
    """Before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], PASSWORD, EMPTY_PASSWORD)


class ChangePasswordForm(_Plain, account.ChangePasswordForm):
    """Logs out everywhere else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], _("Je wachtwoord van nu"), EMPTY_PASSWORD)
        _say(self.fields["password1"], NEW, _("Vul een nieuw wachtwoord in."), ABOUT_PASSWORD)
        _say(self.fields["password2"], AGAIN, _("Vul het nieuwe wachtwoord nog een keer in."))

    def clean_oldpassword(self) -> str:
        """Counted: nobody guesses on at a screen that was left open."""
        password: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("enter_current_password")
        return password


class AskForPasswordForm(_Plain, account.ResetPasswordForm):
    """The answer is the same for every address, and so is how long it takes: there is always a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["email"], EMAIL, EMPTY_EMAIL)
        self.fields["email"].error_messages["invalid"] = _("Vul een e-mailadres in, zoals naam@school.nl.")

    def save(self, request: Any, **kwargs: Any) -> str:
        """Raises notices.NotSentError, and notices.TooOftenError: for every address alike."""
        if not attempts.take(attempts.PASSWORD_MAILS, of=self.cleaned_data["email"], now=clock.now()):
            raise notices.TooOftenError
        if self.users:
            return super().save(request, **kwargs)
        notices.send(notices.UNKNOWN, self.cleaned_data["email"])
        return self.cleaned_data["email"]


class NewPasswordForm(_Plain, account.ResetPasswordKeyForm):
    """Behind the link of the mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password1"], NEW, _("Vul een nieuw wachtwoord in."), ABOUT_PASSWORD)
        _say(self.fields["password2"], AGAIN, _("Vul het nieuwe wachtwoord nog een keer in."))

    def save(self) -> None:
        """Who reads the mail of the account may log in at once, however often somebody guessed."""
        super().save()
        attempts.forget(attempts.PASSWORDS, of=self.user.email)
        attempts.forget(attempts.OLD_PASSWORDS, of=str(self.user.pk))


class _Code(_Plain, forms.Form):
    """A code of the app, good once, or a recovery code."""

    user: Any
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about = _("Geen telefoon bij de hand? Vul een van je reservecodes in.")
        _say(self.fields["code"], CODE, EMPTY_CODE, about)

    def clean_code(self) -> str:
        """Counted before it is looked at, so that many at once are counted too; one that is used already stays so."""
        now = clock.now()
        attempt = attempts.take(attempts.CODES, of=str(self.user.pk), now=now)
        if not attempt:
            tell_owner(notices.CODES_TRIED, self.user.email, now)
            raise get_adapter().validation_error("too_many_login_attempts")
        code = self._checked(attempt)
        attempts.give_back(attempt)
        return code

    def _checked(self, attempt: Attempt) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError as error:
            if error.code != "too_many_login_attempts":
                raise
            attempts.give_back(attempt)  # nobody looked at it: everybody at this address had too many wrong ones
            raise get_adapter().validation_error("too_many_from_here") from error
        if self.authenticator.type == Authenticator.Type.TOTP and not codes.use_once(self.authenticator, code):
            raise codes.SecondFactorAdapter().validation_error("incorrect_code")
        return code


class CodeForm(_Code, mfa.AuthenticateForm):
    """After the password."""


class CodeAgainForm(_Code, mfa.ReauthenticateForm):
    """Before something that matters, and in a session that began before there was a second factor."""


class FirstCodeForm(_Plain, totp.ActivateTOTPForm):
    """Proof that the app knows the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], CODE, EMPTY_CODE)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class PasskeyForm(_Plain, webauthn.AddWebAuthnForm):
    """Its name, and what the browser made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Naam, zodat je hem herkent")
        self.fields["name"].widget.attrs["maxlength"] = 60
