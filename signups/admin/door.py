"""The door, on a phone: today's list, and the page that a QR code leads to. A tap is one post that is answered."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.db import OperationalError
from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from content import clock, dates
from content.paging import ListPage, paginate
from hubs.models import Meeting
from signups.admin.pages import SignUpPages, View, entry_of, meeting_of
from signups.admin.participant_rows import about, people_of
from signups.domain import attendance
from signups.domain.errors import RefusedError
from signups.forms.attendance import AttendanceForm
from signups.models import Attendance, Kind, SignUp, State

PER_PAGE: Final = 100


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
        """Everybody who is certain of a seat, by name."""
        meeting = meeting_of(request, meeting_id)
        entries = attendance.expected(meeting.activity).select_related("education_level", "school")
        found = paginate(entries.order_by(Lower("name"), "pk"), request.GET.get("pagina"), PER_PAGE)
        context = {**_frame(meeting), "rows": _rows(found, meeting), "paging": found}
        return self.page(request, "door_list", gettext("Aan de deur"), context)

    def door(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """One sign-up. A post notes it and leads back to where it was tapped."""
        entry = entry_of(request, uuid)
        if request.method == "POST":
            return self._note(request, entry)
        meeting = _chosen(request, entry)
        if meeting is None:
            raise Http404
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
            return redirect(f"{reverse('admin:door_list', args=[meeting.pk])}{query}#a-{entry.uuid}")
        query = f"?bijeenkomst={meeting.pk}" if meeting else ""
        return redirect(f"{reverse('admin:door', args=[entry.uuid])}{query}")

    def _act(self, request: HttpRequest, entry: SignUp, given: dict[str, Any]) -> None:
        """What could not be noted is said; nothing is lost silently."""
        at: dict[str, Any] = {"sign_up_id": entry.pk, "meeting_id": given["meeting"].pk, "now": clock.now()}
        try:
            if given["undo"]:
                attendance.undo(**at)
                messages.success(request, gettext("Weggehaald."))
            else:
                attendance.note(**at, number=given["number"], by=request.user)  # type: ignore[arg-type]  # logged in
                messages.success(request, gettext("Genoteerd."))
        except RefusedError as error:
            messages.error(request, error.sentence)
        except OperationalError:
            messages.error(request, gettext("Niet genoteerd: het is even te druk. Tik nog een keer."))


def _frame(meeting: Meeting) -> dict[str, Any]:
    came, people = attendance.counts(meeting)
    return {
        "activity": meeting.activity,
        "meeting": meeting,
        "when": _when(meeting),
        "came": came,
        "expected": people,
        "closed_because": attendance.why_closed(meeting.activity, clock.now()),
    }


def _when(meeting: Meeting) -> str:
    return f"{dates.short_day(meeting.starts_at)}, {dates.time_range(meeting.starts_at, meeting.ends_at)}"


def _chosen(request: HttpRequest, entry: SignUp) -> Meeting | None:
    """The meeting that the address names, else the one of now."""
    asked = request.GET.get("bijeenkomst", "")
    if asked.isascii() and asked.isdigit():
        return entry.activity.meetings.select_related("activity__programme__hub").filter(pk=asked).first()
    return attendance.current_meeting(entry.activity, clock.now())


def _rows(page: ListPage, meeting: Meeting) -> list[DoorRow]:
    numbers = Attendance.objects.filter(meeting=meeting, sign_up__in=[entry.pk for entry in page.rows])
    noted = dict(numbers.values_list("sign_up", "number").order_by())
    return [_row(entry, noted.get(entry.pk)) for entry in page.rows]


def _row(entry: SignUp, noted: int | None) -> DoorRow:
    is_class, most = entry.kind == Kind.CLASS, entry.pupils or 1
    return DoorRow(
        uuid=entry.uuid,
        name=entry.name if entry.is_proven else "",
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
        return ngettext("%(n)d van %(most)d is er", "%(n)d van %(most)d zijn er", noted) % {"n": noted, "most": most}
    return gettext("Is er") if noted else gettext("Is er niet")
