"""The participants of a date, why each waits, and what staff do for one: cancel, or mail the link once more."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from content import clock, dates
from content.paging import paginate
from hubs.availability import ENTERED, door, is_over
from hubs.models import Activity
from signups import tasks
from signups.admin.pages import SignUpPages, View, activity_of, entry_of
from signups.admin.participant_rows import (
    HEADINGS,
    Part,
    about,
    listed,
    name_of,
    part_sizes,
    participants,
    people_of,
    since_when,
)
from signups.domain import lost_mail, seats
from signups.domain.attendance import current_meeting
from signups.domain.errors import RefusedError
from signups.models import Ending, SignUp, State

PER_PAGE: Final = 100


class ParticipantPages(SignUpPages):
    """For whoever manages the date."""

    def pages(self) -> list[tuple[str, View, str]]:
        return [
            *super().pages(),
            ("signups/deelnemers/<int:activity_id>/", self.participants, "participants"),
            ("signups/aanmelding/<uuid:uuid>/afmelden/", self.cancel, "participant_cancel"),
            ("signups/aanmelding/<uuid:uuid>/aannemen/", self.accept, "participant_accept"),
            ("signups/aanmelding/<uuid:uuid>/mailen/", self.mail, "participant_mail"),
        ]

    def participants(self, request: HttpRequest, activity_id: int) -> HttpResponse:
        """Read only."""
        activity, now = activity_of(request, activity_id), clock.now()
        found = paginate(listed(activity), request.GET.get("pagina"), PER_PAGE)
        rows, sizes = participants(activity, found.rows, now), part_sizes(activity)
        parts = [
            (_heading(part, activity), sizes[part], [row for row in rows if row.part == part])
            for part in HEADINGS
            if any(row.part == part for row in rows)
        ]
        context = {
            "activity": activity,
            "when": when(activity),
            "parts": parts,
            "paging": found,
            "meeting": current_meeting(activity, now),
            "is_over": is_over(activity, now),
            "is_open": door(activity, now) in ENTERED and Activity.objects.public().filter(pk=activity.pk).exists(),
        }
        return self.page(request, "participants", gettext("Deelnemers"), context)

    def cancel(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Asks on GET, does it on POST."""
        entry, now = entry_of(request, uuid), clock.now()
        if is_over(entry.activity, now):
            messages.warning(request, gettext("Deze datum is geweest: afmelden kan niet meer."))
            return redirect("admin:participants", entry.activity_id)
        if request.method != "POST":
            return self._ask(request, entry, gettext("Afmelden?"), "participant_cancel")
        if entry.is_live:
            seats.cancel(sign_up_id=entry.pk, ending=Ending.STAFF, now=now)
            tasks.nudge()
            messages.success(request, _signed_off(entry))
        else:
            messages.warning(request, gettext("Deze aanmelding was al voorbij."))
        return redirect("admin:participants", entry.activity_id)

    def accept(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """For a caller, who has no link to accept an offer with. Asks on GET, does it on POST."""
        entry = entry_of(request, uuid)
        if request.method != "POST":
            return self._ask(request, entry, gettext("De plek aannemen?"), "participant_accept")
        if entry.email:
            messages.warning(request, gettext("Wie een adres gaf, neemt de plek zelf aan."))
            return redirect("admin:participants", entry.activity_id)
        try:
            seats.accept(sign_up_id=entry.pk, now=clock.now())
            messages.success(request, gettext("De plek is zeker."))
        except RefusedError as error:
            messages.error(request, error.sentence)
        return redirect("admin:participants", entry.activity_id)

    def mail(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Asks on GET, does it on POST."""
        entry, now = entry_of(request, uuid), clock.now()
        if request.method != "POST":
            return self._ask(request, entry, gettext("De mail met de link opnieuw sturen?"), "participant_mail")
        if not entry.is_live or not entry.email:
            messages.warning(request, gettext("Er is geen adres, of de aanmelding is voorbij. Er ging geen mail uit."))
        elif lost_mail.send_again(entry=entry, now=now):
            tasks.nudge()
            messages.success(request, gettext("De mail gaat opnieuw uit. Dat kan één keer per uur."))
        else:
            again = {"time": dates.clock_time(lost_mail.can_be_sent_from(now))}
            messages.warning(request, gettext("Die mail is dit uur al gevraagd. Het kan weer vanaf %(time)s.") % again)
        return redirect("admin:participants", entry.activity_id)

    def _ask(self, request: HttpRequest, entry: SignUp, title: str, template: str) -> HttpResponse:
        context = {"activity": entry.activity, "when": when(entry.activity), "entry": entry, "who": who(entry)}
        return self.page(request, template, title, context)


def _heading(part: Part, activity: Activity) -> Any:
    """A cancelled date is told to each sign-up a moment later; nobody comes to it meanwhile."""
    return gettext("Hadden een plek") if part is Part.COMING and activity.cancelled_at else HEADINGS[part]


def _signed_off(was: SignUp) -> str:
    if was.state == State.WAITING:
        return gettext("Afgemeld. Deze aanmelding staat niet meer op de wachtlijst.")
    return gettext("Afgemeld. De plek komt vrij. Wie op de wachtlijst staat, gaat voor.")


def who(entry: SignUp) -> str:
    """In one line, as staff may know it."""
    return ", ".join(filter(None, [name_of(entry), about(entry), people_of(entry), since_when(entry)]))


def when(activity: Activity) -> str:
    """The day and time of the first meeting."""
    starts = activity.first_starts_at
    return dates.moment(starts) if starts else gettext("zonder datum")
