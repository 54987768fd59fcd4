"""After signing up: what happens next, and help when the mail does not come. The same after a double."""

from dataclasses import replace
from http import HTTPStatus
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from content import clock, dates
from hubs.models import Activity
from signups import tasks, visitor
from signups.domain import lost_mail
from signups.domain.errors import RefusedError
from signups.forms import AddressForm
from signups.models import State
from signups.seat_pass import seat_pass
from signups.sequel import sequel
from signups.views.faults import keeps_answers
from signups.visitor import Posted


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
@keeps_answers
def sign_up_received(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the address only to the browser that posted it. POST: send the mail again, or to a corrected address."""
    activity = get_object_or_404(Activity.objects.public().select_related("programme__hub"), pk=pk)
    posted = visitor.posted(request, pk)
    if request.method != "POST" or posted is None:
        return _page(request, activity, posted, AddressForm())
    if request.POST.get("action") == "correct":
        return _correct(request, activity, posted)
    if entry := lost_mail.made_by(posted.application.submit_token, posted.fields_digest):
        lost_mail.send_again(entry=entry, now=clock.now())
        tasks.nudge()
    return _back(activity, "?verstuurd=1")


def _correct(request: HttpRequest, activity: Activity, posted: Posted) -> HttpResponse:
    form = AddressForm(request.POST)
    if posted.is_corrected:
        return _back(activity, "")
    if not form.is_valid():
        return _page(request, activity, posted, form)
    email = form.cleaned_data["email"]
    try:
        digest = lost_mail.correct_address(
            activity_id=activity.pk,
            application=posted.application,
            fields_digest=posted.fields_digest,
            email=email,
            now=clock.now(),
        )
    except RefusedError as error:
        form.add_error("email", error.sentence)
        return _page(request, activity, posted, form)
    tasks.nudge()
    response = _back(activity, "?verstuurd=1")
    made = lost_mail.made_by(posted.application.submit_token, digest)
    uuid = made.uuid if made else uuid4()  # as after the post itself
    application = replace(posted.application, email=email)
    corrected = Posted(application, posted.state, digest, uuid, posted.until, is_corrected=True)
    visitor.remember_posted(response, activity.pk, corrected)
    return response


def _page(request: HttpRequest, activity: Activity, posted: Posted | None, form: AddressForm) -> HttpResponse:
    now = clock.now()
    by_guardian = bool(posted and posted.application.by_guardian)
    is_waiting = bool(posted and posted.state == State.WAITING)
    context = {
        "activity": activity,
        "pass": seat_pass(activity),
        "programme_url": activity.programme.get_absolute_url(),
        "sequel": sequel(posted, activity, now) if posted else None,
        "posted": posted,
        "is_waiting": is_waiting,
        "by_guardian": by_guardian,
        "early_deadline": dates.moment(posted.until) if posted and posted.until else "",
        "is_sent_again": "verstuurd" in request.GET,
        "form": form,
    }
    return render(request, "signups/received.html", context)


def _back(activity: Activity, query: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("sign_up_received", args=[activity.pk]) + query, status=HTTPStatus.SEE_OTHER)
