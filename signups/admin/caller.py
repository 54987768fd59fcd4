"""Taking somebody down who is on the telephone: the public form's rules, and the same call of the domain."""

from typing import Any

from django.contrib import messages
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext

from hubs import departures
from hubs.availability import ENTERED, Door, door, takes_waiting, too_few_for_some, why_full, why_waiting_list
from hubs.availability import seats as seats_of
from hubs.models import Activity
from signups import tasks
from signups.admin.pages import SignUpPages, View
from signups.admin.participants import when
from signups.domain import admission, seats
from signups.domain.errors import RefusedError
from signups.forms.caller import CallerForm, CallingClassForm
from signups.models import Kind, SignUp, State

CallForm = CallerForm | CallingClassForm


class CallerPages(SignUpPages):
    """For whoever manages the date, while it is on the site."""

    def pages(self) -> list[tuple[str, View, str]]:
        return [
            *super().pages(),
            ("signups/deelnemers/<int:activity_id>/beller/", self.caller, "caller"),
            ("signups/deelnemers/<int:activity_id>/klas/", self.calling_class, "calling_class"),
        ]

    def caller(self, request: HttpRequest, activity_id: int) -> HttpResponse:
        """One person."""
        return self._take_down(request, activity_id, CallerForm, gettext("Iemand aan de telefoon"))

    def calling_class(self, request: HttpRequest, activity_id: int) -> HttpResponse:
        """One class."""
        return self._take_down(request, activity_id, CallingClassForm, gettext("Een klas aan de telefoon"))

    def _take_down(
        self, request: HttpRequest, activity_id: int, form_class: type[CallForm], title: str
    ) -> HttpResponse:
        managed = departures.with_row_data(Activity.objects.managed_by(request.user).public())
        found = managed.select_related("programme__hub").annotate(read_at=Now())
        activity: Any = get_object_or_404(found, pk=activity_id)
        form = form_class(request.POST if request.method == "POST" else None, activity=activity, now=activity.read_at)
        sure = _sure(form) if form.is_valid() else ""
        is_sure = sure == request.POST.get("sure", "")
        if form.is_valid() and is_sure and (entry := _sign_up(request, form)):
            messages.success(request, _said(entry))
            return redirect("admin:participants", activity.pk)
        is_class = form.kind == Kind.CLASS
        found_door = door(activity, activity.read_at, for_class=is_class)
        context = {
            "activity": activity,
            "when": when(activity),
            "form": form,
            "sure": sure,
            "is_sure": is_sure,
            "is_waiting_list": found_door == Door.WAITING_LIST,
            "why_waiting_list": why_waiting_list(activity),
            "seats_for_class": too_few_for_some(activity) if is_class else None,
            "takes_waiting": takes_waiting(activity, activity.read_at),
            "shut": _shut(activity, found_door),
        }
        return self.page(request, "caller", title, context)


def _shut(activity: Any, found: Door) -> str:
    """Why nobody can be taken down, in a sentence; nothing when one can."""
    if found in ENTERED:
        return ""
    now = activity.read_at
    return why_full(activity, now) if found == Door.FULL else f"{seats_of(activity, now).text}."


def _sign_up(request: HttpRequest, form: CallForm) -> SignUp | None:
    """None when the domain refuses; the form says why then."""
    user: Any = request.user
    given = {"application": form.application("nl"), "now": form.now, "taken_by": user}
    try:
        entry = seats.sign_up(activity_id=form.activity.pk, **given)
    except RefusedError as error:
        form.refuse(error)
        return None
    tasks.nudge()
    return entry


def _sure(form: CallForm) -> str:
    """What the tick posts that overrules the warning of a namesake: the name. Empty without one."""
    application = form.application("nl")
    return application.name if admission.has_namesake(form.activity.pk, application) else ""


def _said(entry: SignUp) -> str:
    if entry.state == State.CONFIRMED:
        return gettext("Aangemeld. De plek is zeker.")
    if entry.is_proven:
        return gettext("Op de wachtlijst gezet. Bel terug zodra er een plek vrij is: er is geen adres om te mailen.")
    if entry.state == State.WAITING:
        return gettext("Op de wachtlijst gezet. We vragen met een mail om bevestiging; daarna telt de aanmelding.")
    return gettext("Aangemeld. We vragen met een mail om bevestiging; daarna telt de aanmelding.")
