"""The link in an invitation. GET shows; only a post makes an account or a membership."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from allauth.account.utils import perform_login
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from content import clock, tokens
from partners.domain import invitations
from partners.domain.errors import GoneError
from partners.forms import AccountForm
from partners.models import Invitation

COOKIE: Final = "invitation"
COOKIE_AGE: Final = timedelta(hours=20)


@require_safe
def invitation_link(request: HttpRequest, token: str) -> HttpResponse:
    """Note in this browser that the link was opened, and go on to an address without the token. Changes nothing."""
    claim = tokens.read(token)
    if claim is None or claim.purpose != tokens.Purpose.INVITATION:
        return lost(request)
    if invitations.find(uuid=claim.uuid, version=claim.version, now=clock.now()) is None:
        return lost(request)
    address = reverse("invitation", args=[claim.uuid])
    response = HttpResponseRedirect(address)
    response.set_signed_cookie(
        COOKIE,
        str(claim.version),
        salt=_salt(claim.uuid),
        max_age=COOKIE_AGE,
        path=address,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """For a browser that opened the link: a new account, or one more partner for the account that one has."""
    cookie = request.get_signed_cookie(COOKIE, default="", salt=_salt(uuid), max_age=COOKIE_AGE)
    version = int(cookie or 0)
    now = clock.now()
    found = invitations.find(uuid=uuid, version=version, now=now)
    if found is None:
        return lost(request)
    try:
        if request.user.is_authenticated or invitations.has_account(found):
            return _known(request, found, version, now)
        return _new(request, found, version, now)
    except GoneError:
        return lost(request)


def lost(request: HttpRequest) -> HttpResponse:
    """404 for a link that is not ours, ran out, was withdrawn or was used; which of these, nobody is told."""
    response = render(request, "partners/invitation_lost.html", status=HTTPStatus.NOT_FOUND)
    response._has_been_logged = True  # type: ignore[attr-defined]  # the path may be a token
    return response


def _known(request: HttpRequest, found: Invitation, version: int, now: Any) -> HttpResponse:
    """Confirm under that very address; anybody else is told to log in with it."""
    user: Any = request.user
    fits = user.is_authenticated and user.email == found.email.lower()
    if request.method == "POST" and fits:
        invitations.accept(uuid=found.uuid, version=version, user=user, now=now)
        return HttpResponseRedirect(reverse("admin:index"), status=HTTPStatus.SEE_OTHER)
    context = {"invitation": found, "fits": fits, "is_logged_in": user.is_authenticated}
    return render(request, "partners/invitation.html", context)


def _new(request: HttpRequest, found: Invitation, version: int, now: Any) -> HttpResponse:
    form = AccountForm(request.POST if request.method == "POST" else None, email=found.email)
    if request.method == "POST" and form.is_valid():
        try:
            user = invitations.accept_as_new(uuid=found.uuid, version=version, **form.cleaned_data, now=now)
        except GoneError:
            if not invitations.has_account(found):
                raise
            return HttpResponseRedirect(request.path, status=HTTPStatus.SEE_OTHER)  # made a moment ago: log in with it
        answer: HttpResponse = perform_login(request, user, "none", redirect_url=reverse("mfa_index"))
        return answer
    return render(request, "partners/invitation.html", {"invitation": found, "form": form})


def _salt(uuid: UUID) -> str:
    return f"partners.invitation:{uuid}"
