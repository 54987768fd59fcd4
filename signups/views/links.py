"""The link in a mail, and getting it again. Nothing here tells whether an address or a link is known."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from content import clock, tokens
from signups import tasks, visitor
from signups.domain import lost_mail, seats
from signups.forms import AddressForm
from signups.views.faults import keeps_answers


@require_safe
@cache_control(no_store=True)
@keeps_answers
def sign_up_link(request: HttpRequest, token: str) -> HttpResponse:
    """Note in this browser that the link was opened, and go on to an address without the token. Changes nothing."""
    claim = tokens.read(token)
    entry = seats.by_uuid(claim.uuid) if claim and claim.purpose == tokens.Purpose.SIGN_UP else None
    if claim is None or entry is None or entry.token_version != claim.version or entry.emptied_at:
        return lost(request)
    response = HttpResponseRedirect(reverse("own_page", args=[entry.uuid]))
    visitor.remember_own(response, entry)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
@keeps_answers
def sign_up_links(request: HttpRequest) -> HttpResponse:
    """Have the links of all one's sign-ups mailed. The answer is the same for every address."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        lost_mail.send_links(email=form.cleaned_data["email"], now=clock.now())
        tasks.nudge()
        return HttpResponseRedirect(f"{reverse('sign_up_links')}?verstuurd=1", status=HTTPStatus.SEE_OTHER)
    return render(request, "signups/links.html", {"form": form, "is_sent": "verstuurd" in request.GET})


def lost(request: HttpRequest) -> HttpResponse:
    """404 for a link that does not work, or no longer, and for an own page whose link this browser did not open."""
    response = render(request, "signups/lost.html", {"form": AddressForm()}, status=HTTPStatus.NOT_FOUND)
    response._has_been_logged = True  # type: ignore[attr-defined]  # the path may be a token
    return response
