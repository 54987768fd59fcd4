"""Moving a sign-up to another date for somebody on the telephone: which dates suit, what changes, and the deed."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from content import clock
from content.keys import may_be_key
from content.paging import paginate
from hubs.availability import seats
from hubs.facts import price_text
from hubs.models import Activity, Counting, Programme
from signups import tasks
from signups.admin.pages import SignUpPages, View, entry_of
from signups.admin.participants import when, who
from signups.domain import transfers
from signups.domain.errors import RefusedError
from signups.models import Kind, SignUp, State

PER_PAGE: Final = 50


class TransferPages(SignUpPages):
    """For whoever manages both dates."""

    def pages(self) -> list[tuple[str, View, str]]:
        return [
            *super().pages(),
            ("signups/aanmelding/<uuid:uuid>/verplaatsen/", self.move, "participant_move"),
        ]

    def move(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Shows the dates; with `naar` what changes; does it on POST."""
        entry, now = entry_of(request, uuid), clock.now()
        if not entry.is_live or entry.kind == Kind.WALK_IN:
            messages.warning(request, gettext("Deze aanmelding was al voorbij."))
            return redirect("admin:participants", entry.activity_id)
        suiting = _suiting(request.user, entry, now)
        chosen = _chosen(suiting, request.POST.get("naar") or request.GET.get("naar", ""))
        problem = ""
        if request.method == "POST" and chosen:
            try:
                return self._moved(request, entry, chosen, now)
            except RefusedError as error:
                problem = error.sentence
        elif request.method == "POST":
            problem = gettext("Die datum kan niet meer. Kies een andere.")
        if chosen and not problem:
            return self.page(request, "participant_move", gettext("Naar deze datum?"), _change(entry, chosen))
        found = paginate(suiting, request.GET.get("pagina"), PER_PAGE)
        rows = [{"activity": date, "when": when(date), "free": seats(date, now).text} for date in found.rows]
        context = {**_frame(entry), "rows": rows, "paging": found, "problem": problem, "asked": _asked(entry)}
        return self.page(request, "participant_dates", gettext("Naar welke datum?"), context)

    def _moved(self, request: HttpRequest, entry: SignUp, chosen: Activity, now: datetime) -> HttpResponse:
        user: Any = request.user
        new = transfers.move(sign_up_id=entry.pk, to_activity_id=chosen.pk, by=user, now=now)
        tasks.nudge()
        messages.success(request, _said(entry, new))
        return redirect("admin:participants", new.activity_id)


def _frame(entry: SignUp) -> dict[str, Any]:
    return {"activity": entry.activity, "when": when(entry.activity), "entry": entry, "who": who(entry)}


def _change(entry: SignUp, chosen: Activity) -> dict[str, Any]:
    """What is another thing on the new date; the price only where it differs."""
    old = entry.activity
    other_price = price_text(chosen.price) if chosen.price != old.price else ""
    is_certain = entry.is_proven and not entry.needs_guardian
    return {
        **_frame(entry),
        "chosen": chosen,
        "chosen_when": when(chosen),
        "other_price": other_price,
        "asks_guardian": entry.needs_guardian and entry.is_proven,
        "is_certain": is_certain,
        "is_waiting": entry.state == State.WAITING,
    }


def _suiting(user: Any, entry: SignUp, now: datetime) -> QuerySet[Activity]:
    """Dates of this user's with room for the whole of it; those of the same programme first."""
    own = entry.activity.programme_id
    programmes = Programme.objects.filter(Q(levels=entry.education_level_id) if entry.education_level_id else Q())
    if entry.audience:
        programmes = programmes.filter(audiences__contains=[entry.audience])
    is_near = Case(When(programme=own, then=Value(0)), default=Value(1), output_field=IntegerField())
    dates = Activity.objects.managed_by(user).public().with_free_seats(now).exclude(pk=entry.activity_id)
    fitting = dates.filter(Q(programme=own) | Q(programme__in=programmes.values("pk")), _takes(entry))
    return fitting.select_related("programme__hub").order_by(is_near, "first_starts_at", "pk")


def _takes(entry: SignUp) -> Q:
    if entry.kind != Kind.CLASS:
        return Q(for_persons=True)
    pupils = entry.pupils or 0
    room = Q(counts=Counting.CLASSES) | Q(capacity=None) | Q(taken__lte=F("capacity") - pupils)
    least = Q(class_size_min=None) | Q(class_size_min__lte=pupils)
    return Q(for_classes=True) & room & least & (Q(class_size_max=None) | Q(class_size_max__gte=pupils))


def _chosen(suiting: QuerySet[Activity], key: str) -> Activity | None:
    return suiting.filter(pk=key).first() if may_be_key(key) else None


def _asked(entry: SignUp) -> str:
    """The date that a guardian still has to answer about."""
    asked = transfers.asked(entry)
    return when(asked.activity) if asked else ""


def _said(entry: SignUp, new: SignUp) -> str:
    if new.is_proven and new.email:
        return gettext("Verplaatst. De plek is zeker, en er gaat een mail uit met de nieuwe datum.")
    if new.is_proven:
        return gettext("Verplaatst. De plek is zeker. Er is geen adres om te mailen.")
    if entry.is_proven:
        return gettext("Gevraagd. De ouder of verzorger krijgt een mail. Tot het antwoord blijft het zoals het was.")
    return gettext("Verplaatst. We vragen met een mail om bevestiging; daarna telt de aanmelding.")
