"""The door, on a phone: today's list, who comes unannounced, and the page of a QR code. A tap is one answered post."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.db import OperationalError
from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from content import clock, dates
from content.keys import may_be_key
from content.paging import ListPage, paginate
from hubs.models import Activity, Counting, Meeting
from signups.admin.pages import SignUpPages, View, entry_of, meeting_of
from signups.admin.participant_rows import about, level_of, name_of, people_of
from signups.domain import attendance, walk_ins
from signups.domain.errors import RefusedError
from signups.forms.attendance import AttendanceForm, WalkInForm
from signups.models import Attendance, Kind, SignUp, State

PER_PAGE: Final = 100
MOST_WALK_INS: Final = 200  # shown, the last ones; a workshop is full long before
WALK_INS: Final = "zonder-aanmelding"
TOO_BUSY: Final = gettext_lazy("Niet genoteerd: het is even te druk. Tik nog een keer.")


@dataclass(frozen=True)
class DoorRow:
    """One sign-up at one meeting; `noted` is None until somebody was noted, `said` says what was."""

    uuid: UUID
    name: str
    about: str
    is_class: bool
    most: int
    noted: int | None
    said: str


class DoorPages(SignUpPages):
    """For whoever manages the date."""

    def pages(self) -> list[tuple[str, View, str]]:
        return [
            *super().pages(),
            ("signups/deur/<int:meeting_id>/", self.door_list, "door_list"),
            ("deur/<uuid:uuid>/", self.door, "door"),
        ]

    def door_list(self, request: HttpRequest, meeting_id: int) -> HttpResponse:
        """Everybody who is certain of a seat, by name. A post lets somebody in who did not sign up."""
        meeting = meeting_of(request, meeting_id)
        form = WalkInForm(request.POST if request.method == "POST" else None, activity=meeting.activity)
        if form.is_valid() and self._let_in(request, meeting, form):
            return redirect(f"{reverse('admin:door_list', args=[meeting.pk])}#{WALK_INS}")
        entries = attendance.expected(meeting.activity).select_related("education_level", "school")
        found = paginate(entries.order_by(Lower("name"), "pk"), request.GET.get("pagina"), PER_PAGE)
        context = {**_frame(meeting), "rows": _rows(found, meeting), "paging": found, **_walk_ins(meeting, form)}
        return self.page(request, "door_list", gettext("Aan de deur"), context)

    def _let_in(self, request: HttpRequest, meeting: Meeting, form: WalkInForm) -> bool:
        """False when there is no room; the form says so then."""
        user: Any = request.user
        try:
            walk_ins.add(meeting_id=meeting.pk, **form.given(), by=user, now=clock.now())
        except RefusedError as error:
            form.add_error("number", error.sentence)
            return False
        except OperationalError:
            form.add_error(None, TOO_BUSY)
            return False
        messages.success(request, gettext("Genoteerd."))
        return True

    def door(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """One sign-up. A post notes it and leads back to where it was tapped."""
        try:
            entry = entry_of(request, uuid)
        except Http404:
            return self._unknown_code(request)
        if request.method == "POST":
            return self._note(request, entry)
        meeting = _chosen(request, entry)
        if meeting is None:
            return self._unknown_code(request)
        note = Attendance.objects.filter(sign_up=entry, meeting=meeting).first()
        may_note = entry.state == State.CONFIRMED and entry.emptied_at is None
        context = {
            **_frame(meeting),
            "entry": entry,
            "people": people_of(entry),
            "row": _row(entry, note.number if note else None),
            "may_note": may_note,
            "meetings": [(other, _when(other)) for other in entry.activity.meetings.all()],
        }
        return self.page(request, "door", gettext("Aan de deur"), context)

    def _unknown_code(self, request: HttpRequest) -> HttpResponse:
        """404, the same for another's code and one that does not exist; at the door the public page looks broken."""
        return self.page(request, "door_unknown", gettext("Deze code hoort niet bij jouw datums"), {}, status=404)

    def _note(self, request: HttpRequest, entry: SignUp) -> HttpResponse:
        form = AttendanceForm(request.POST, entry=entry)
        if form.is_valid():
            self._act(request, entry, form.cleaned_data)
        else:
            for faults in form.errors.values():
                messages.error(request, " ".join(map(str, faults)))
        meeting = form.cleaned_data.get("meeting")
        if meeting and form.cleaned_data.get("from_list"):
            page = request.GET.get("pagina", "")
            query = f"?pagina={page}" if page.isascii() and page.isdigit() else ""
            row = WALK_INS if entry.kind == Kind.WALK_IN else f"a-{entry.uuid}"
            return redirect(f"{reverse('admin:door_list', args=[meeting.pk])}{query}#{row}")
        query = f"?bijeenkomst={meeting.pk}" if meeting else ""
        return redirect(f"{reverse('admin:door', args=[entry.uuid])}{query}")

    def _act(self, request: HttpRequest, entry: SignUp, given: dict[str, Any]) -> None:
        """What could not be noted is said; nothing is lost silently."""
        at: dict[str, Any] = {"sign_up_id": entry.pk, "meeting_id": given["meeting"].pk, "now": clock.now()}
        try:
            if given["undo"] and entry.kind == Kind.WALK_IN:
                walk_ins.undo(sign_up_id=entry.pk, now=at["now"])
                messages.success(request, gettext("Weggehaald."))
            elif given["undo"]:
                attendance.undo(**at)
                messages.success(request, gettext("Weggehaald."))
            else:
                attendance.note(**at, number=given["number"], by=request.user)  # type: ignore[arg-type]  # logged in
                messages.success(request, gettext("Genoteerd."))
        except RefusedError as error:
            messages.error(request, error.sentence)
        except OperationalError:
            messages.error(request, TOO_BUSY)


def _frame(meeting: Meeting) -> dict[str, Any]:
    return {
        "activity": meeting.activity,
        "meeting": meeting,
        "when": _when(meeting),
        "counts": attendance.counts(meeting),
        "closed_because": attendance.why_closed(meeting.activity, clock.now()),
    }


def _when(meeting: Meeting) -> str:
    return f"{dates.short_day(meeting.starts_at)}, {dates.time_range(meeting.starts_at, meeting.ends_at)}"


def _chosen(request: HttpRequest, entry: SignUp) -> Meeting | None:
    """The meeting that the address names, else the one of now."""
    asked = request.GET.get("bijeenkomst", "")
    if may_be_key(asked):
        return entry.activity.meetings.select_related("activity__programme__hub").filter(pk=asked).first()
    return attendance.current_meeting(entry.activity, clock.now())


def _rows(page: ListPage, meeting: Meeting) -> list[DoorRow]:
    numbers = Attendance.objects.filter(meeting=meeting, sign_up__in=[entry.pk for entry in page.rows])
    noted = dict(numbers.values_list("sign_up", "number").order_by())
    return [_row(entry, noted.get(entry.pk)) for entry in page.rows]


def _walk_ins(meeting: Meeting, form: WalkInForm) -> dict[str, Any]:
    """Who came unannounced, and what the form below it needs."""
    activity, now = Activity.objects.get(pk=meeting.activity_id), clock.now()
    entries = attendance.walk_ins(meeting).select_related("education_level").order_by("-queue_number")
    return {
        "walk_ins": [(entry.uuid, people_of(entry), level_of(entry)) for entry in entries[:MOST_WALK_INS]],
        "walk_in_form": form,
        "walk_ins_closed": walk_ins.why_closed(meeting, activity, now),
        "full": walk_ins.why_full(activity, meeting, now),
        "free_text": _free_text(meeting, activity, now),
        "is_over": walk_ins.is_over(meeting, now),
    }


def _free_text(meeting: Meeting, activity: Activity, now: datetime) -> str:
    if walk_ins.is_over(meeting, now):
        return gettext("Deze bijeenkomst is voorbij. Was er nog iemand zonder aanmelding?")
    free = walk_ins.free(activity, now)
    if free is None:
        return gettext("Plek voor iedereen.")
    if activity.counts == Counting.CLASSES:
        return ngettext("Nog plek voor %(n)d klas of groep.", "Nog plek voor %(n)d klassen of groepen.", free) % {
            "n": free
        }
    return ngettext("Nog %(n)d plek vrij.", "Nog %(n)d plekken vrij.", free) % {"n": free}


def _row(entry: SignUp, noted: int | None) -> DoorRow:
    is_class, most = entry.kind == Kind.CLASS, entry.pupils or 1
    return DoorRow(
        uuid=entry.uuid,
        name=name_of(entry),
        about=about(entry),
        is_class=is_class,
        most=most,
        noted=noted,
        said=_said(noted, most, is_class=is_class),
    )


def _said(noted: int | None, most: int, *, is_class: bool) -> str:
    if noted is None:
        return ""
    if is_class:
        return gettext("Aanwezig: %(n)d van %(most)d") % {"n": noted, "most": most}
    return gettext("Is er") if noted else gettext("Is er niet")
