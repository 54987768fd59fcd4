"""A visitor's own sign-up. GET shows; a POST acts on the sign-up of its path, for a browser that opened its link."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from content import dates
from content.facts import Fact
from hubs import facts
from hubs.availability import closes_at, offers_until
from hubs.calendar import calendar_file
from hubs.departures import DepartureRow
from signups import consent, other_date_asked, standing, tasks, visitor
from signups.domain import erasure, lost_mail, seats
from signups.domain.errors import RefusedError
from signups.domain.presence import has_come
from signups.door_code import door_code
from signups.filled_in import filled_in
from signups.forms import ClassChangeForm, RemarksForm
from signups.mails.facts import mail_facts, numbers
from signups.models import Ending, Kind, Proof, SignUp, State
from signups.next_steps import next_steps
from signups.other_dates import other_dates
from signups.seat_pass import seat_pass
from signups.standing import Standing
from signups.views.faults import keeps_answers
from signups.views.links import lost

DECIDED: Final = {Standing.CONFIRMED, Standing.OVER, Standing.ENDED}  # whether one comes
OwnView = Callable[[HttpRequest, SignUp, datetime], HttpResponse]


def opened(view: OwnView) -> Callable[..., HttpResponse]:
    """Finds the sign-up of the path for a browser that opened its link; for every other one it does not exist."""

    @wraps(view)
    def inner(request: HttpRequest, uuid: UUID) -> HttpResponse:
        entry: Any = seats.by_uuid(uuid)
        if entry is None or not visitor.may_open(request, entry):
            return lost(request)
        return view(request, entry, entry.read_at)

    return cache_control(no_store=True)(keeps_answers(inner))


@require_http_methods(["GET", "HEAD", "POST"])
@opened
def own_page(request: HttpRequest, entry: SignUp, now: datetime) -> HttpResponse:
    """How it stands, what happens next, and the buttons that go with it."""
    if request.method != "POST":
        return _page(request, entry, now)
    action = ACTIONS.get(request.POST.get("action", ""))
    if action is _prove and _read_another_text(request, entry):
        return _page(request, entry, now, problem=_("De tekst is intussen veranderd. Lees hem nog eens en kies dan."))
    try:
        query = action(entry, now) if action else ""
    except RefusedError as error:
        entry.refresh_from_db()
        return _page(request, entry, now, problem=error.sentence)
    tasks.nudge()
    response = back(entry, query)
    if action is _refuse:  # nothing typed stays in this browser either
        visitor.forget_posted(response, entry.activity_id)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@opened
def own_change(request: HttpRequest, entry: SignUp, now: datetime) -> HttpResponse:
    """The numbers of a class, anybody's remarks, until sign-up closes."""
    if not _may_change(entry, now):
        return back(entry)
    is_class = entry.kind == Kind.CLASS
    form_class, change = (ClassChangeForm, seats.change_class) if is_class else (RemarksForm, seats.change_remarks)
    form = form_class(request.POST) if request.method == "POST" else form_class.of(entry)
    if request.method == "POST" and form.is_valid():
        try:
            change(sign_up_id=entry.pk, **form.cleaned_data, now=now)
        except RefusedError as error:
            form.refuse(error)
        else:
            tasks.nudge()
            return back(entry, "?veranderd=1")
    title = _("Verander de aantallen of de opmerking") if is_class else _("Verander de opmerking")
    return render(request, "signups/own_change.html", {**frame(entry, now), "title": title, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@opened
def own_cancel(request: HttpRequest, entry: SignUp, now: datetime) -> HttpResponse:
    """Asks once more, then gives the seat back."""
    if not _may_leave(entry, now):
        return back(entry)
    if request.method == "POST":
        seats.cancel(sign_up_id=entry.pk, ending=Ending.OWN, now=now)
        tasks.nudge()
        return back(entry)
    return render(request, "signups/own_cancel.html", {**frame(entry, now), "title": _("Weet je het zeker?")})


@require_safe
@opened
def own_calendar(request: HttpRequest, entry: SignUp, now: datetime) -> HttpResponse:
    """The meetings, for one's own calendar."""
    if standing.standing(entry, now) is not Standing.CONFIRMED:
        return lost(request)
    content = calendar_file(entry.activity, now, since=entry.created_at)
    headers = {"Content-Disposition": 'attachment; filename="agenda.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _read_another_text(request: HttpRequest, entry: SignUp) -> bool:
    """Consent is to what stood on the page, not to what stands there since a newer release."""
    asks = entry.needs_guardian and not entry.is_proven
    return asks and request.POST.get("consent_version") != consent.CONSENT_VERSION


def _prove(entry: SignUp, now: datetime) -> str:
    if entry.needs_guardian:
        version = consent.CONSENT_VERSION
        seats.prove(sign_up_id=entry.pk, proof=Proof.GUARDIAN, now=now, consent_version=version)
    else:
        seats.prove(sign_up_id=entry.pk, proof=Proof.OWN_LINK, now=now)
    return ""


def _refuse(entry: SignUp, now: datetime) -> str:
    if entry.needs_guardian and entry.is_live:
        erasure.refuse(sign_up_id=entry.pk, now=now)
    return ""


def _accept(entry: SignUp, now: datetime) -> str:
    seats.accept(sign_up_id=entry.pk, now=now)
    return ""


def _decline(entry: SignUp, now: datetime) -> str:
    if entry.state == State.OFFERED:
        seats.cancel(sign_up_id=entry.pk, ending=Ending.DECLINED, now=now)
    return ""


def _again(entry: SignUp, now: datetime) -> str:
    lost_mail.send_again(entry=entry, now=now)
    return "?verstuurd=1"


ACTIONS: Final[dict[str, Callable[[SignUp, datetime], str]]] = {
    "prove": _prove,
    "refuse": _refuse,
    "accept": _accept,
    "decline": _decline,
    "again": _again,
}


def _may_leave(entry: SignUp, now: datetime) -> bool:
    return standing.standing(entry, now) not in {Standing.ENDED, Standing.OVER}


def _may_change(entry: SignUp, now: datetime) -> bool:
    """Not before it is proven: the address may be a stranger's, who must not read what was typed."""
    closes = closes_at(entry.activity)
    is_open = closes is not None and now < closes
    return is_open and entry.kind != Kind.WALK_IN and entry.is_proven and _may_leave(entry, now)


def frame(entry: SignUp, now: datetime) -> dict[str, Any]:
    """What all own pages show."""
    places, stands = entry.places, standing.standing(entry, now)  # type: ignore[attr-defined]  # annotated by opened
    return {
        "entry": entry,
        "activity": entry.activity,
        "pass": seat_pass(entry.activity, places, is_decided=stands in DECIDED),
        "is_class": entry.kind == Kind.CLASS,
        "is_waiting": entry.state == State.WAITING or stands is Standing.WAITING,
        "has_ended": standing.ending(entry, now) is not None,
        "numbers": numbers(entry),
    }


def _page(request: HttpRequest, entry: SignUp, now: datetime, problem: str = "") -> HttpResponse:
    stands = standing.standing(entry, now)
    hub = entry.activity.programme.hub
    ends = stands in {Standing.ENDED, Standing.OVER}
    deadline = standing.runs_out_at(entry)
    list_ends = offers_until(entry.activity) if stands is Standing.WAITING else None
    context = {
        **frame(entry, now),
        "standing": stands,
        "part": f"signups/own/{stands}.html",
        "title": standing.title(entry, now),
        "ending_text": standing.ending_text(entry, now),
        "cancel_reason": standing.cancel_reason(entry, now),
        "place": standing.place_in_queue(entry) if stands is Standing.WAITING else "",
        "list_ends": dates.moment(list_ends) if list_ends else "",
        "deadline": dates.moment(deadline) if deadline else "",
        "last_chance": standing.last_chance(entry),
        "facts": [] if ends else [*mail_facts(entry, is_coming=stands is Standing.CONFIRMED), *_remark(entry)],
        "filled_in": filled_in(entry) if stands is Standing.CONSENT else [],
        "instead_of": other_date_asked.instead_of(entry) if stands is Standing.CONSENT else "",
        "open_question": None if ends else other_date_asked.open_question(entry, now),
        "consent_terms": consent.terms(entry) if stands is Standing.CONSENT else [],
        "consent_version": consent.CONSENT_VERSION,
        "others": _other_dates(entry, now) if stands is Standing.ENDED else [],
        "contact": facts.contact_facts(hub, ""),
        **(_afterwards(entry, now) if stands is Standing.OVER else {}),
        "door_code": door_code(entry) if stands is Standing.CONFIRMED else None,
        "may_change": _may_change(entry, now),
        "may_leave": _may_leave(entry, now),
        "may_withdraw": entry.needs_guardian and entry.is_proven and entry.is_live,
        "problem": problem,
        "note": next((name for name in ("verstuurd", "veranderd") if name in request.GET), ""),
    }
    return render(request, "signups/own_page.html", context)


def _remark(entry: SignUp) -> list[Fact]:
    """To be read back here, in no mail; by nobody before the address is proven."""
    return [Fact(_("Opmerking"), entry.remarks)] if entry.remarks and entry.is_proven else []


def _afterwards(entry: SignUp, now: datetime) -> dict[str, Any]:
    """Who came reads what comes next, who did not when else it is."""
    came = has_come(entry, now)
    return {
        "next_steps": next_steps(entry, now) if came else None,
        "others": [] if came else _other_dates(entry, now),
        "came": came,
        "what_think": standing.what_think(entry),
        "was_certain": entry.state == State.CONFIRMED,
        "kept_until": consent.kept_until(entry.activity),
    }


def _other_dates(entry: SignUp, now: datetime) -> list[DepartureRow]:
    return other_dates(entry.activity, entry.kind, now, entry.pupils)


def back(entry: SignUp, query: str = "") -> HttpResponse:
    """To the own page, after a post or from a page that is not for now."""
    return HttpResponseRedirect(reverse("own_page", args=[entry.uuid]) + query, status=HTTPStatus.SEE_OTHER)
