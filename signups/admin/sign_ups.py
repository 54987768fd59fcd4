"""The way to the sign-ups of each date: a list of dates for whoever manages them, and the pages that hang from it."""

from typing import Any, Final

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext

from content import clock
from content.paging import paginate
from hubs.models import Activity
from partners.admin.scoped import PartnerScopedAdmin
from signups.admin.caller import CallerPages
from signups.admin.date_changes import DateChangePages
from signups.admin.door import DoorPages
from signups.admin.letters import LetterPages
from signups.admin.lookup import LookupPages
from signups.admin.participant_files import ParticipantFiles
from signups.admin.participants import ParticipantPages, when
from signups.admin.transfers import TransferPages
from signups.domain import attendance
from signups.domain.retention import AFTER_THE_DATE
from signups.forms.lookup import LookupForm
from signups.models import SignUp

PER_PAGE: Final = 50


@admin.register(SignUp)
class SignUpAdmin(
    ParticipantPages,
    ParticipantFiles,
    TransferPages,
    DoorPages,
    CallerPages,
    LetterPages,
    LookupPages,
    DateChangePages,
    PartnerScopedAdmin,
):
    """Sign-ups are never edited as a form: what staff may do has a page and a verb of its own."""

    def get_urls(self) -> list[URLPattern]:
        """Under the name of the list, where the start page leads."""
        return [path("", self.open_to_staff(self.changelist_view), name="signups_signup_changelist")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        now = clock.now()
        is_past = request.GET.get("wanneer") == "geweest"
        managed = (
            Activity.objects.managed_by(request.user).select_related("programme__hub").prefetch_related("meetings")
        )
        if is_past:
            dates = managed.filter(last_ends_at__lte=now, last_ends_at__gt=now - AFTER_THE_DATE)
            dates = dates.order_by("-last_ends_at", "-pk")
        else:
            dates = managed.filter(last_ends_at__gt=now).order_by("first_starts_at", "pk")  # those that run too
        found = paginate(dates, request.GET.get("pagina"), PER_PAGE)
        rows = [
            {"activity": activity, "when": when(activity), "meeting": attendance.current_meeting(activity, now)}
            for activity in found.rows
        ]
        context = {"rows": rows, "paging": found, "is_past": is_past, "days": AFTER_THE_DATE.days}
        context["form"] = LookupForm()
        return self.page(request, "dates", gettext("Aanmeldingen"), context)

    def choices(self, name: str, request: HttpRequest) -> models.QuerySet:
        """There is no form, so nothing to choose."""
        related: Any = self.model._meta.get_field(name).related_model
        return related._default_manager.none()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
