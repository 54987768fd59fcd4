"""Where somebody is logged in, and logging out there."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from content import clock, dates
from partners.domain import members
from partners.models import StaffSession

MOST = 50


@dataclass(frozen=True)
class Row:
    """`number` names the session on the page; its key would open it."""

    number: str
    device: str
    since: str
    is_this: bool


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """One's own sessions; a post ends one, or all but this."""
    user: Any = request.user
    own = StaffSession.objects.of(user).filter(expire_date__gt=clock.now())
    others = own.exclude(pk=request.session.session_key or "")
    if request.method == "POST":
        which = request.POST.get("sessie", "")
        chosen = [row.pk for row in others[:MOST] if which == "alle" or constant_time_compare(which, _number(row))]
        if members.end_sessions(StaffSession.objects.filter(pk__in=chosen)):
            messages.success(request, _("Daar ben je nu uitgelogd."))
        return HttpResponseRedirect(reverse("sessions"), status=HTTPStatus.SEE_OTHER)
    rows = [_row(row, request.session.session_key) for row in own[:MOST]]
    return render(request, "partners/sessions.html", {"rows": rows, "has_others": len(rows) > 1})


def _row(session: StaffSession, this: str | None) -> Row:
    began = session.began_at
    since = dates.moment(began) if began else ""
    return Row(_number(session), session.device or _("onbekend apparaat"), since, session.pk == this)


def _number(session: StaffSession) -> str:
    return salted_hmac("partners.session", session.pk).hexdigest()[:20]
