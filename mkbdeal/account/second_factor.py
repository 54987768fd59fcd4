"""Nobody is logged in by a password alone: until the second factor a session reaches the pages for it, nothing else.

Kept in one place: `request.user` itself is nobody everywhere else, so that no view has to think of it.
"""

from collections.abc import Callable
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

ACCOUNT: Final = "/account/"

# The pages for a session that still lacks it; the first is where it is sent.
TO_SET_UP: Final = ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_logout")
TO_ENTER: Final = ("mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout")


class SecondFactor:
    """Middleware after Django's own for authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.user = SimpleLazyObject(lambda: _complete(request))  # type: ignore[assignment]
        del request.auser  # nothing asks for it; whatever would, may not get a user by password
        response = self._get_response(request)
        if request.path_info.startswith(ACCOUNT):
            response.headers["Cache-Control"] = "no-store"  # nobody keeps these, also where the library redirects
        return response

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Whoever still has something to do is led there. The back office leads to the login, thus here as well."""
        if not request.path_info.startswith(ACCOUNT):
            return None
        pages = still_to_do(request)
        if not pages or _name(request) in pages:
            return None
        onward = request.GET.get(REDIRECT_FIELD_NAME)
        query = f"?{urlencode({REDIRECT_FIELD_NAME: onward})}" if onward else ""
        return HttpResponseRedirect(reverse(pages[0]) + query)


def still_to_do(request: HttpRequest) -> tuple[str, ...]:
    """The names of the pages that are open to a session with only a password; () for any other."""
    user = get_user(request)
    if not user.is_authenticated:
        return ()
    if not getattr(user, "has_second_factor", False):  # from backend.py
        return TO_SET_UP
    records = get_authentication_records(request, user)
    return () if any(record.get("method") == "mfa" for record in records) else TO_ENTER


def _complete(request: HttpRequest) -> Any:
    pages = still_to_do(request)
    return get_user(request) if not pages or _name(request) in pages else AnonymousUser()


def _name(request: HttpRequest) -> str | None:
    return request.resolver_match.url_name if request.resolver_match else None
