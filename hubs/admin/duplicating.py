"""The page beside a programme that copies it, as a draft and with the dates that staff choose."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext

from content import clock
from content.admin.base import ClosedAdmin
from content.admin.faults import faults
from content.clock import local_date
from content.clock_changes import NoSuchMomentError
from hubs.admin.copy_forms import CopyProgrammeForm
from hubs.admin.plan_preview import Draft, Preview, added, in_holidays
from hubs.domain import duplicates
from hubs.domain.series import MOST
from hubs.models import Activity, Meeting, Programme


class DuplicatingAdmin(ClosedAdmin):
    """For whoever manages the programme and may start one at its hub."""

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "<int:programme_id>/kopieren/",
            self.admin_site.admin_view(self.duplicate_view),
            name="hubs_programme_duplicate",
        )
        return [page, *super().get_urls()]

    def duplicate_view(self, request: HttpRequest, programme_id: int) -> HttpResponse:
        managed = Programme.objects.managed_by(request.user).select_related("hub")
        source = get_object_or_404(managed, pk=programme_id)
        if not self.choices("hub", request).filter(pk=source.hub_id).exists():
            return self._copy_page(request, source, {"is_refused": True})
        activities = _newest(source)
        first = local_date(activities[0].first_starts_at) if activities and activities[0].first_starts_at else None
        form = CopyProgrammeForm(request.POST if request.method == "POST" else None, source=source, first=first)
        preview = _preview(request, source, activities, form.days) if form.is_valid() else None
        problem = preview.refusal(needs_one=False) if preview and "_make" in request.POST else ""
        if preview and "_make" in request.POST and not problem:
            made = self._duplicate(request, source, form, preview)
            if made:
                return redirect("admin:hubs_programme_change", made.pk)
        return self._copy_page(request, source, {"form": form, "preview": preview, "problem": problem})

    def _duplicate(
        self, request: HttpRequest, source: Programme, form: CopyProgrammeForm, preview: Preview
    ) -> Programme | None:
        """None when something changed in this very second; the form says what."""
        given = {name: form.cleaned_data[name] for name in ("title", "slug")}
        chosen = {int(key) for key in preview.chosen}
        try:
            made = duplicates.duplicate_programme(
                source=source, author=request.user, activities=chosen, days=form.days or 0, now=clock.now(), **given
            )
        except IntegrityError:
            _say_why(form, given["slug"])
            return None
        messages.success(request, gettext("De kopie staat er als concept. Kijk de tekst na."))
        return made

    def _copy_page(self, request: HttpRequest, source: Programme, context: dict[str, Any]) -> HttpResponse:
        frame = {
            **self.admin_site.each_context(request),
            "title": gettext("Kopieer dit programma"),
            "opts": self.opts,
            "source": source,
            "heading": added(context.get("preview")),
            "faults": faults(context["form"], []) if "form" in context else [],
        }
        return TemplateResponse(request, "admin/hubs/programme/duplicate.html", {**frame, **context})


def _say_why(form: CopyProgrammeForm, slug: str) -> None:
    if Programme.objects.filter(slug=slug).exists():
        form.add_error("slug", gettext("Dit webadres is al van een ander programma. Kies een ander."))
    else:
        form.add_error(None, gettext("Er is niets gekopieerd: intussen veranderde er iets. Probeer het zo nog eens."))


def _newest(source: Programme) -> list[Activity]:
    """The last dates that were not cancelled, in order."""
    dated = source.activities.filter(cancelled_at=None, first_starts_at__isnull=False)
    return list(dated.order_by("-first_starts_at", "-pk").prefetch_related("meetings__room")[:MOST])[::-1]


def _preview(request: HttpRequest, source: Programme, activities: list[Activity], days: int | None) -> Preview:
    drafts = []
    for activity in activities if days is not None else []:
        meetings, why_not = _moved(activity, days or 0)
        assert activity.first_starts_at
        drafts.append(Draft(str(activity.pk), local_date(activity.first_starts_at), meetings, why_not))
    return Preview(in_holidays(drafts, source.hub), request.POST, user=request.user, now=clock.now())


def _moved(activity: Activity, days: int) -> tuple[list[Meeting], str]:
    try:
        return duplicates.copy_of(activity, activity.meetings.all(), days=days).meetings, ""
    except NoSuchMomentError as error:
        return [], error.sentence
