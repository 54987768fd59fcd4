"""Pages beside a date: repeat it as a series, and copy it to another day. Nothing is written before it was shown."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext

from content import clock
from content.admin.base import ClosedAdmin
from content.admin.faults import faults
from content.clock_changes import NoSuchMomentError
from hubs.admin.copy_forms import CopyDateForm
from hubs.admin.plan_preview import Draft, Preview, added, in_holidays
from hubs.admin.series_form import SeriesForm
from hubs.availability import is_over
from hubs.domain import duplicates, series
from hubs.models import Activity
from hubs.schedule import schedule


class RepeatingAdmin(ClosedAdmin):
    """For whoever manages the date."""

    def get_urls(self) -> list[URLPattern]:
        closed = self.admin_site.admin_view
        return [
            path("<int:activity_id>/herhalen/", closed(self.repeat_view), name="hubs_activity_repeat"),
            path("<int:activity_id>/kopieren/", closed(self.copy_view), name="hubs_activity_copy"),
            *super().get_urls(),
        ]

    def repeat_view(self, request: HttpRequest, activity_id: int) -> HttpResponse:
        """The form, and above it the days that it gives."""
        source = _source(request, activity_id)
        if source.first_starts_at is None:
            return self._without_meeting(request, source)
        form = SeriesForm(request.POST if request.method == "POST" else None, source=source)
        preview = self._series(request, source, form) if form.is_valid() else None
        problem = preview.refusal() if preview and "_make" in request.POST else ""
        if preview and "_make" in request.POST and not problem:
            done = self._repeat(request, source, form, preview)
            if done:
                return done
            preview = self._series(request, _source(request, activity_id), form)
            problem = preview.refusal() if preview else ""
        context = {"form": form, "preview": preview, "problem": problem, "told": _told(source, form, preview)}
        context["is_holiday_unknown"] = preview is not None and _is_holiday_unknown(form, preview)
        return self._plan_page(request, "repeat", gettext("Herhaal deze datum"), source, context)

    def copy_view(self, request: HttpRequest, activity_id: int) -> HttpResponse:
        """One day; asks on when there is something to warn of."""
        source = _source(request, activity_id)
        if source.first_starts_at is None:
            return self._without_meeting(request, source)
        form = CopyDateForm(request.POST if request.method == "POST" else None, source=source)
        preview = _copied(request, source, form) if form.is_valid() else None
        if preview and (preview.is_sure or not preview.has_warnings):
            made = self._copy(request, source, form)
            if made:
                return redirect("admin:hubs_activity_change", made.pk)
        context = {"form": form, "preview": preview if form.is_valid() else None}
        return self._plan_page(request, "copy", gettext("Kopieer deze datum"), source, context)

    def _copy(self, request: HttpRequest, source: Activity, form: CopyDateForm) -> Activity | None:
        """None when there is one already; the form says so."""
        try:
            made = duplicates.duplicate_date(source=source, days=form.days, by=request.user, now=clock.now())
        except duplicates.ThereAlreadyError:
            form.add_error("first_on", gettext("Dit programma heeft dan al een datum. Kies een andere dag."))
            return None
        messages.success(request, gettext("De kopie staat er. Kijk na of alles klopt."))
        return made

    def _series(self, request: HttpRequest, source: Activity, form: SeriesForm) -> Preview | None:
        if form.as_meetings and source.cancelled_at:
            form.add_error("what", gettext("Deze datum is afgelast. Kies losse datums."))
            return None
        try:
            planned = series.plan(source=source, rhythm=form.rhythm, as_meetings=form.as_meetings)
        except series.TooManyError:
            most = gettext("Dat zijn meer dan %(most)d datums. Kies een eerdere laatste dag.") % {"most": series.MOST}
            form.add_error("until_on", most)
            return None
        if not planned:
            form.add_error(
                "weekdays", gettext("In deze tijd valt geen van deze dagen. Kies een andere dag of periode.")
            )
            return None
        drafts = [Draft(str(day.day), day.day, day.copy.meetings if day.copy else (), day.why_not) for day in planned]
        return Preview(drafts, request.POST, user=request.user, now=clock.now())

    def _repeat(
        self, request: HttpRequest, source: Activity, form: SeriesForm, preview: Preview
    ) -> HttpResponse | None:
        """None when something changed in this very second; the list is shown anew."""
        days = {date.fromisoformat(key) for key in preview.chosen}
        by: Any = request.user
        planned: dict[str, Any] = {"source_id": source.pk, "rhythm": form.rhythm, "as_meetings": form.as_meetings}
        try:
            made = series.write(**planned, days=days, by=by, now=clock.now())
        except (series.ChangedMeanwhileError, series.TooManyError):
            return None
        if form.as_meetings:
            messages.success(request, gettext("De bijeenkomsten staan bij deze datum."))
            return redirect("admin:hubs_activity_change", source.pk)
        said = ngettext("Er staat %(n)d datum bij.", "Er staan %(n)d datums bij.", len(made)) % {"n": len(made)}
        messages.success(request, said)
        return redirect(f"{reverse('admin:hubs_activity_changelist')}?{urlencode({'q': source.programme.title})}")

    def _plan_page(
        self, request: HttpRequest, template: str, title: str, source: Activity, context: dict[str, Any]
    ) -> HttpResponse:
        frame = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "source": source,
            "meetings": schedule(source.meetings.select_related("room"), source.programme.hub),
            "is_public": Activity.objects.public().filter(pk=source.pk).exists(),
            "heading": added(context.get("preview")),
            "faults": faults(context["form"], []) if "form" in context else [],
        }
        return TemplateResponse(request, f"admin/hubs/activity/{template}.html", {**frame, **context})

    def _without_meeting(self, request: HttpRequest, source: Activity) -> HttpResponse:
        messages.warning(request, gettext("Geef deze datum eerst een bijeenkomst en sla op. Daarna kan dit wel."))
        return redirect("admin:hubs_activity_change", source.pk)


def _source(request: HttpRequest, activity_id: int) -> Activity:
    """404 unless this user manages it."""
    managed = Activity.objects.managed_by(request.user).select_related("programme__hub")
    return get_object_or_404(managed, pk=activity_id)


def _copied(request: HttpRequest, source: Activity, form: CopyDateForm) -> Preview | None:
    try:
        copy = duplicates.copy_of(source, source.meetings.select_related("room"), days=form.days)
    except NoSuchMomentError as error:
        form.add_error("first_on", error.sentence)
        return None
    day = form.cleaned_data["first_on"]
    drafts = in_holidays([Draft(str(day), day, copy.meetings)], source.programme.hub)
    return Preview(drafts, request.POST, user=request.user, now=clock.now())


def _told(source: Activity, form: SeriesForm, preview: Preview | None) -> int:
    """How many seats and places in the queue are told that this date changed: nobody of what is over then too."""
    now = clock.now()
    if preview is None or not form.as_meetings or (is_over(source, now) and preview.is_over(now)):
        return 0
    return source.taken + source.queued


def _is_holiday_unknown(form: SeriesForm, preview: Preview) -> bool:
    """Staff asked to leave holidays out, and of these months none is known."""
    last = date.fromisoformat(preview.rows[-1].key)
    return bool(form.rhythm.region) and not series.knows_holidays(form.rhythm, last)
