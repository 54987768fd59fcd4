"""A visitor's own sign-up after the date, for who came: the certificate, and three questions."""

from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from signups import standing
from signups.certificate import certificate
from signups.domain import feedback
from signups.domain.errors import RefusedError
from signups.domain.presence import presence
from signups.forms import FeedbackForm
from signups.models import SignUp
from signups.views.links import lost
from signups.views.own_page import back, frame, opened


@require_safe
@opened
def own_certificate(request: HttpRequest, entry: SignUp, now: datetime) -> HttpResponse:
    """A PDF whose file name names nobody. For who did not come it does not exist."""
    found = presence(entry, now)
    if found is None:
        return lost(request)
    headers = {"Content-Disposition": 'attachment; filename="bewijs-van-deelname.pdf"'}
    return HttpResponse(certificate(entry, found, now), content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@opened
def own_feedback(request: HttpRequest, entry: SignUp, now: datetime) -> HttpResponse:
    """Three questions, once; afterwards it says that the answers have come in."""
    if not entry.gave_feedback and presence(entry, now) is None:
        return back(entry)
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (entry.gave_feedback or form.is_valid()):
        return _decide(entry, form, now)
    title = _("Dank je wel voor je mening") if entry.gave_feedback else standing.what_think(entry)
    return render(request, "signups/own_feedback.html", {**frame(entry, now), "title": title, "form": form})


def _decide(entry: SignUp, form: FeedbackForm, now: datetime) -> HttpResponse:
    """A second time ends on the same page, which says that there was a first."""
    try:
        if not entry.gave_feedback:
            feedback.give(sign_up_id=entry.pk, **form.cleaned_data, now=now)
    except RefusedError:
        entry.refresh_from_db()
        if not entry.gave_feedback:
            return back(entry)
    return HttpResponseRedirect(reverse("own_feedback", args=[entry.uuid]), status=HTTPStatus.SEE_OTHER)
