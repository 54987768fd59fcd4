"""Views of the login library where ours do something more. The rest of its views are used as they are."""

from http import HTTPStatus
from typing import Any

from allauth.account.views import PasswordResetView
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mkbdeal.account import codes, notices

RETRY_SECONDS = 60


class AskForPassword(PasswordResetView):
    """A mail server that is away is said on the page, for every address alike; so is that it had enough mails."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except notices.NotSentError:
            form.add_error(None, _("De mail kon nu niet weg. Probeer het over een paar minuten opnieuw."))
        except notices.TooOftenError:
            form.add_error(None, _("Dit adres kreeg al drie mails. Kijk ook bij ongewenste mail, of wacht een uur."))
        return self.form_invalid(form)


@require_safe
@login_required
def choose_password(request: HttpRequest) -> HttpResponse:
    """Here the library leads who has no password to change, as the account was made without: one comes by mail."""
    user: Any = request.user
    if user.has_usable_password():
        return redirect("account_change_password")
    messages.error(request, _("Je account heeft geen wachtwoord. Vraag hier een mail aan om er een te kiezen."))
    return redirect("account_reset_password")


class SetUpApp(ActivateTOTPView):
    """Whoever proves a factor while setting it up has passed it in this session."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        factor = Authenticator.objects.get(user_id=self.request.user.pk, type=Authenticator.Type.TOTP)
        codes.use_once(factor, form.cleaned_data["code"])
        _pass(self.request, factor)
        return response


class AddPasskey(AddWebAuthnView):
    """The same for a passkey, which browsers only make for an address with a name."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        keys = Authenticator.objects.filter(user_id=self.request.user.pk, type=Authenticator.Type.WEBAUTHN)
        _pass(self.request, keys.latest("pk"))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "form": kwargs.get("form") or self.get_form()}


class SecondFactors(IndexView):
    """What somebody has, and what can be added."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        kinds = found["authenticators"]
        codes_left = kinds.get(Authenticator.Type.RECOVERY_CODES)
        host = self.request.get_host().rpartition(":")[0] or self.request.get_host()
        return {
            **found,
            "app": kinds.get(Authenticator.Type.TOTP),
            "passkeys": kinds.get(Authenticator.Type.WEBAUTHN, []),
            "codes_left": len(codes_left.get_unused_codes()) if codes_left else 0,
            "is_first": not (kinds.get(Authenticator.Type.TOTP) or kinds.get(Authenticator.Type.WEBAUTHN)),
            "passkeys_work": not host.replace(".", "").isdigit() and not host.startswith("["),
        }


def _pass(request: HttpRequest, factor: Authenticator) -> None:
    """Under a new key: whoever knew the one from before has nothing."""
    post_authentication(request, factor, reauthenticated=True)
    request.session.cycle_key()


def too_many(request: HttpRequest) -> HttpResponse:
    """429"""
    response = render(request, "account/too_many.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response
