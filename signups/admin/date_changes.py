"""What staff do to one or many dates that concerns who signed up: cancel, move, let it take place after all.

Each first shows who hears of it; one post does it.
"""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

from content import clock
from content.admin.faults import faults
from content.clock import local_date
from content.clock_changes import NoSuchMomentError
from content.keys import may_be_key
from hubs.admin.plan_preview import Draft, Preview, in_holidays, meeting_words
from hubs.availability import is_over
from hubs.domain.series import MOST
from hubs.models import Activity, Room
from signups.admin.concerned_rows import Audience, audience, in_words
from signups.admin.pages import SignUpPages, View, staff_of
from signups.admin.participants import when
from signups.domain import cancellations, moves
from signups.domain.concerned import Concerned
from signups.forms.date_changes import CancelForm, MoveForm
from signups.models import Ending, SignUp


class DateChangePages(SignUpPages):
    """For whoever manages every one of the dates; one that is not theirs makes the whole page one that is not there."""

    def pages(self) -> list[tuple[str, View, str]]:
        return [
            *super().pages(),
            ("signups/datums/<activity_ids>/afgelasten/", self.cancel_dates, "cancel_dates"),
            ("signups/datums/<activity_ids>/toch-door/", self.reinstate_dates, "reinstate_dates"),
            ("signups/datums/<activity_ids>/verplaatsen/", self.move_dates, "move_dates"),
        ]

    def cancel_dates(self, request: HttpRequest, activity_ids: str) -> HttpResponse:
        """Asks why."""
        activities, now = _activities(request, activity_ids), clock.now()
        open_ones = [activity for activity in activities if cancellations.may_cancel(activity, now)]
        form = CancelForm(request.POST if request.method == "POST" else None)
        if open_ones and form.is_valid():
            people = audience([activity.pk for activity in open_ones])
            reason, by = form.cleaned_data["reason"], staff_of(request)
            done = cancellations.cancel(activity_ids=[each.pk for each in open_ones], reason=reason, by=by, now=now)
            said = ngettext("%(n)d datum is afgelast.", "%(n)d datums zijn afgelast.", len(done)) % {"n": len(done)}
            return self._done(request, done, said, people)
        rows = [(activity, when(activity), _why_not_cancelled(activity, now)) for activity in activities]
        context = {"form": form, "rows": rows, "open_ones": open_ones, **_people(open_ones), "faults": faults(form, [])}
        return self._page(request, "cancel_dates", gettext("Afgelasten?"), activities, context)

    def reinstate_dates(self, request: HttpRequest, activity_ids: str) -> HttpResponse:
        """Says what comes back and what does not."""
        activities = _activities(request, activity_ids)
        if request.method == "POST":
            ids, by = [activity.pk for activity in activities], staff_of(request)
            done = cancellations.reinstate(activity_ids=ids, by=by, now=clock.now())
            said = ngettext("%(n)d datum gaat toch door.", "%(n)d datums gaan toch door.", len(done)) % {"n": len(done)}
            return self._done(request, done, said, None)
        rows = [(activity, when(activity), "") for activity in activities if activity.cancelled_at]
        ended = SignUp.objects.filter(activity__in=activities, ending=Ending.ACTIVITY_CANCELLED).count()
        context = {"rows": rows, "ended": ended}
        return self._page(request, "reinstate_dates", gettext("Toch door laten gaan?"), activities, context)

    def move_dates(self, request: HttpRequest, activity_ids: str) -> HttpResponse:
        """The form, and above it where each date goes."""
        activities, now = _activities(request, activity_ids), clock.now()
        movable = [activity for activity in activities if moves.may_move(activity, now)]
        rows = [(activity, when(activity), _why_not_moved(activity, now)) for activity in activities]
        if not movable:
            return self._page(request, "move_dates", gettext("Verplaatsen"), activities, {"rows": rows})
        data = request.POST if request.method == "POST" else None
        form = MoveForm(data, activities=movable, rooms=_rooms(movable), today=local_date(now))
        people = _people(movable)
        preview = _preview(request, movable, form, people["people"]) if form.is_valid() else None
        problem = preview.refusal() if preview and "_make" in request.POST else ""
        if preview and "_make" in request.POST and not problem:
            return self._move(request, movable, form, preview)
        stay = [row for row in rows if row[2]]
        context = {"form": form, "rows": stay, "preview": preview, "problem": problem, **people}
        context |= {"heading": _moving(preview), "faults": faults(form, [])}
        return self._page(request, "move_dates", gettext("Verplaatsen"), activities, context)

    def _move(self, request: HttpRequest, movable: list[Activity], form: MoveForm, preview: Preview) -> HttpResponse:
        versions = {activity.pk: activity.version for activity in movable if str(activity.pk) in preview.chosen}
        people = audience(versions)
        done = moves.carry_out(versions=versions, move=form.move, by=staff_of(request), now=clock.now())
        said = ngettext("%(n)d datum is verplaatst.", "%(n)d datums zijn verplaatst.", len(done)) % {"n": len(done)}
        return self._done(request, done, said, people)

    def _done(self, request: HttpRequest, done: list[Activity], said: str, people: Audience | None) -> HttpResponse:
        """Says who hears of it, and where those stand whom nobody but staff can tell."""
        messages.success(request, f"{said} {_mailed(people.total)}" if people and done else said)
        if people and done and people.total.called:
            messages.warning(request, _to_call(people))
        if len(done) == 1:
            return redirect("admin:participants", done[0].pk)
        return redirect("admin:hubs_activity_changelist")

    def _page(
        self, request: HttpRequest, template: str, title: str, activities: list[Activity], context: dict[str, Any]
    ) -> HttpResponse:
        one = activities[0] if len(activities) == 1 else None
        return self.page(request, template, title, {"activity": one, "when": when(one) if one else "", **context})


def _activities(request: HttpRequest, activity_ids: str) -> list[Activity]:
    """In order of time. 404 unless each of the numbers is of a date that this user manages."""
    numbers = set(activity_ids.split(","))
    if len(numbers) > MOST or not all(map(may_be_key, numbers)):
        raise Http404
    managed = Activity.objects.managed_by(request.user).select_related("programme__hub").prefetch_related("meetings")
    found = list(managed.filter(pk__in={int(number) for number in numbers}))
    if len(found) != len(numbers):
        raise Http404
    return found


def _people(activities: list[Activity]) -> dict[str, Any]:
    people = audience([activity.pk for activity in activities])
    return {"people": people, "in_words": in_words(people.total)}


def _preview(request: HttpRequest, movable: list[Activity], form: MoveForm, people: Audience) -> Preview | None:
    try:
        drafts = [_draft(activity, form.move, people.by_date) for activity in movable]
    except NoSuchMomentError as error:
        form.add_error("begins" if form.move.begins else "first_on", error.sentence)
        return None
    except moves.TwoAtOnceError:
        form.add_error("begins", gettext("Dan beginnen twee bijeenkomsten tegelijk. Laat de begintijd leeg."))
        return None
    now = clock.now()
    if all(moves.is_over(draft.meetings, now) for draft in drafts):
        form.add_error("begins" if form.move.begins else "first_on", gettext("Dan is het al geweest. Kies later."))
        return None
    drafts = [_staying(draft) if moves.is_over(draft.meetings, now) else draft for draft in drafts]
    return Preview(_in_holidays(drafts, movable), request.POST, user=request.user, now=now, is_move=True)


def _staying(draft: Draft) -> Draft:
    """Shown beside those that move, on the day that it keeps: it cannot be ticked."""
    return replace(draft, meetings=(), why_not=gettext("Dan is het al geweest. Deze datum blijft zoals hij is."))


def _draft(activity: Activity, move: moves.Move, people: dict[int, Concerned]) -> Draft:
    told = {"title": activity.programme, "people": in_words(people.get(activity.pk, Concerned()))}
    before = "; ".join(map(meeting_words, activity.meetings.all()))
    about = gettext("%(title)s. Nu: %(before)s. Aangemeld: %(people)s.") % {**told, "before": before}
    meetings = moves.moved(activity.meetings.select_related("room"), move)
    assert activity.first_starts_at
    return Draft(str(activity.pk), local_date(activity.first_starts_at), meetings, about=about)


def _in_holidays(drafts: list[Draft], movable: list[Activity]) -> list[Draft]:
    """Warned of, hub by hub, where a date goes to another day; who moves a workshop of a holiday by an hour knows."""
    warned = {draft.key: draft for draft in drafts}
    for hub in {activity.programme.hub for activity in movable}:
        own = {str(activity.pk) for activity in movable if activity.programme.hub_id == hub.pk}
        leaving = [draft for draft in drafts if draft.key in own and _leaves_its_day(draft)]
        warned |= {draft.key: draft for draft in in_holidays(leaving, hub)}
    return list(warned.values())


def _leaves_its_day(draft: Draft) -> bool:
    return bool(draft.meetings) and local_date(draft.meetings[0].starts_at) != draft.day


def _rooms(activities: list[Activity]) -> Any:
    """Of the hub that all the dates are at."""
    hubs = {activity.programme.hub_id for activity in activities}
    return Room.objects.filter(hub__in=hubs).order_by("name") if len(hubs) == 1 else Room.objects.none()


def _why_not_cancelled(activity: Activity, now: Any) -> str:
    if activity.cancelled_at:
        return gettext("is al afgelast")
    return gettext("is al geweest") if is_over(activity, now) else ""


def _why_not_moved(activity: Activity, now: Any) -> str:
    if moves.may_move(activity, now):
        return ""
    if activity.cancelled_at:
        return gettext("is afgelast")
    if activity.first_starts_at is None:
        return gettext("heeft nog geen bijeenkomst")
    return gettext("is al begonnen: verander de bijeenkomsten bij de datum zelf")


def _moving(preview: Preview | None) -> str:
    number = len(preview.chosen) if preview else 0
    return ngettext("%(n)d datum verhuist", "%(n)d datums verhuizen", number) % {"n": number}


def _mailed(total: Concerned) -> str:
    if not total.mailed:
        return gettext("Er gaat geen mail uit.")
    return ngettext("%(n)d aanmelding krijgt een mail.", "%(n)d aanmeldingen krijgen een mail.", total.mailed) % {
        "n": total.mailed
    }


def _to_call(people: Audience) -> Any:
    """With the way to the list of each date where somebody has to be called."""
    sentence = ngettext(
        "Bel zelf nog %(n)d aanmelding zonder mailadres:", "Bel zelf nog %(n)d aanmeldingen zonder mailadres:",
        people.total.called,
    ) % {"n": people.total.called}  # fmt: skip
    links = [
        format_html(' <a href="{}">{}</a>', reverse("admin:participants", args=[pk]), gettext("deelnemers"))
        for pk, numbers in people.by_date.items()
        if numbers.called
    ]
    return format_html("{}{}", sentence, format_html("".join("{}" for _ in links), *links))
