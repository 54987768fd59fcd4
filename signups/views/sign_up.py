"""The form of a person and that of a class."""

from datetime import datetime
from http import HTTPStatus
from typing import Any, Final
from uuid import uuid4

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from content import dates
from hubs.availability import (
    ENTERED,
    Door,
    door,
    free_seats,
    takes_waiting,
    too_few_for_some,
    why_full,
    why_waiting_list,
)
from hubs.models import Activity, Counting, Meeting, Programme
from signups import tasks, visitor
from signups.domain import seats
from signups.domain.application import Application
from signups.domain.deadlines import early_deadline
from signups.domain.errors import Reason, RefusedError
from signups.forms import ClassForm, PersonForm, SignUpForm
from signups.models import Kind, SignUp, State
from signups.seat_pass import seat_pass
from signups.views.closed import closed
from signups.views.faults import keeps_answers

AT_THE_FORM: Final = {Reason.CLASS_SIZE, Reason.TOO_MANY_UNPROVEN}  # what the visitor can mend; the rest ends here
UNPROVEN_SECONDS: Final = 3600
LEVELS: Final = Programme.levels.through.objects.filter(programme=OuterRef("programme")).values("educationlevel_id")
PLACES: Final = Meeting.objects.filter(activity=OuterRef("pk")).order_by("starts_at").values("place")
# Put together once; with what the form and the pass need to know and the database's clock.
ON_SITE: Final = (
    Activity.objects.public()
    .select_related("programme__hub")
    .annotate(level_ids=ArraySubquery(LEVELS), places=ArraySubquery(PLACES), read_at=Now())
)


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)
@keeps_answers
def sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """One person."""
    return _answer(request, pk, PersonForm)


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)
@keeps_answers
def sign_up_class(request: HttpRequest, pk: int) -> HttpResponse:
    """One class, whole."""
    return _answer(request, pk, ClassForm)


def _answer(request: HttpRequest, pk: int, form_class: type[SignUpForm]) -> HttpResponse:
    activity: Any = get_object_or_404(ON_SITE, pk=pk)
    now: datetime = activity.read_at
    found = _door(activity, form_class.kind, now)
    sentence = why_full(activity, now) if found == Door.FULL else ""
    is_open = found in ENTERED and _takes(activity, form_class.kind)
    if request.method != "POST":
        form = form_class(activity=activity, now=now)
        return _page(request, form, now) if is_open else closed(request, activity, form_class.kind, now, sentence)
    form = form_class(request.POST, activity=activity, now=now)
    if form.is_valid():
        return _decide(request, form, now)
    return _page(request, form, now) if is_open else closed(request, activity, form_class.kind, now, sentence)


def _decide(request: HttpRequest, form: SignUpForm, now: datetime) -> HttpResponse:
    activity, application = form.activity, form.application(_language())
    try:
        entry = seats.sign_up(activity_id=activity.pk, application=application, now=now)
    except RefusedError as error:
        return _refused(request, form, error, now)
    tasks.nudge()
    response = HttpResponseRedirect(reverse("sign_up_received", args=[activity.pk]), status=HTTPStatus.SEE_OTHER)
    state = _shown_state(entry, application, activity)
    digest = application.digest()
    is_new = (entry.submit_token, entry.fields_digest) == (application.submit_token, digest)
    made = entry.uuid if is_new else uuid4()
    until = early_deadline(activity, now, by_guardian=application.by_guardian, waits=state == State.WAITING)
    visitor.remember_posted(response, activity.pk, visitor.Posted(application, state, digest, made, until))
    return response


def _refused(request: HttpRequest, form: SignUpForm, error: RefusedError, now: datetime) -> HttpResponse:
    if error.reason == Reason.NOT_PUBLIC:
        raise Http404
    if error.reason not in AT_THE_FORM and error.field not in form.fields:
        return closed(request, form.activity, form.kind, now, error.sentence)
    form.refuse(error)
    response = _page(request, form, now)
    if error.reason == Reason.TOO_MANY_UNPROVEN:
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response["Retry-After"] = str(UNPROVEN_SECONDS)
    return response


def _page(request: HttpRequest, form: SignUpForm, now: datetime) -> HttpResponse:
    is_class, is_waiting_list = form.kind == Kind.CLASS, _door(form.activity, form.kind, now) == Door.WAITING_LIST
    context = {
        "form": form,
        "activity": form.activity,
        "pass": seat_pass(form.activity, form.activity.places),  # type: ignore[attr-defined]  # annotated by ON_SITE
        "is_class": is_class,
        "asks_age": "age_band" in form.fields,
        "seats_for_class": too_few_for_some(form.activity) if is_class else None,
        "takes_waiting": takes_waiting(form.activity, now),
        "is_waiting_list": is_waiting_list,
        "why_waiting_list": why_waiting_list(form.activity),
        "own_until": _until(form.activity, now, by_guardian=False, waits=is_waiting_list),
        "guardian_until": _until(form.activity, now, by_guardian=True, waits=is_waiting_list),
    }
    return render(request, "signups/sign_up.html", context)


def _until(activity: Activity, now: datetime, **whose: bool) -> str:
    """By when the mail is to be answered, in words, where there is less time than usual."""
    deadline = early_deadline(activity, now, **whose)
    return dates.moment(deadline) if deadline else ""


def _shown_state(entry: SignUp, application: Application, activity: Activity) -> str:
    """What a new sign-up would be told, so that a double cannot be told from it."""
    if entry.submit_token == application.submit_token:
        is_waiting = entry.state in {State.WAITING, State.OFFERED}
    else:
        free = free_seats(activity)
        wanted = (application.pupils or 0) if _counts_pupils(application, activity) else 1
        is_waiting = free is not None and free < wanted
    return State.WAITING if is_waiting else State.REQUESTED


def _counts_pupils(application: Application, activity: Activity) -> bool:
    return application.kind == Kind.CLASS and activity.counts == Counting.HEADS


def _door(activity: Activity, kind: Kind, now: datetime) -> Door:
    return door(activity, now, for_class=kind == Kind.CLASS)


def _takes(activity: Activity, kind: Kind) -> bool:
    return activity.for_classes if kind == Kind.CLASS else activity.for_persons


def _language() -> str:
    return (get_language() or "nl")[:2]
