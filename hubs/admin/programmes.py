"""Programmes: what can be learnt or done."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content.admin.confirmation import ConfirmableAdmin, ToConfirmFilter
from content.admin.deletion import Way
from content.admin.editor import EditorAdmin
from content.admin.exchange import ExchangeAdmin
from content.admin.forms import IllustratedConfirmableForm
from content.admin.groups import english_group
from content.admin.illustrated import PHOTO, IllustratedAdmin
from content.admin.published import PublishedAdmin
from content.domain.exchange.live_rows import closed_to_files
from hubs.admin.columns import programme_columns
from hubs.admin.deletion import instead_of_emptying
from hubs.admin.duplicating import DuplicatingAdmin
from hubs.admin.examples import ExamplesAdmin
from hubs.admin.help_texts import PROGRAMME_HELP
from hubs.admin.hubs import REFERENCE
from hubs.domain import authorship
from hubs.domain.programme_sheet import ProgrammeSheet
from hubs.models import Activity, Hub, Programme, ProgrammePartner
from partners.admin.scoped import OfficeInline, PartnerScopedAdmin


class ProgrammePartnerInline(OfficeInline):
    """Who does what; `runs` gives a partner's staff the right to edit."""

    model = ProgrammePartner
    about = _("Wie uitvoert, mag straks ook zelf bewerken. De andere rollen staan alleen op de site.")


@admin.register(Programme)
class ProgrammeAdmin(
    PublishedAdmin,
    PartnerScopedAdmin,
    EditorAdmin,
    IllustratedAdmin,
    ConfirmableAdmin,
    DuplicatingAdmin,
    ExamplesAdmin,
    ExchangeAdmin,
):
    """One offer and its public page."""

    partners_add = partners_delete = True
    office_fields_once_made = ["slug", "hub"]

    form = IllustratedConfirmableForm
    help_texts = PROGRAMME_HELP
    first_step = _("Nog geen programma's. Maak het eerste: daarna kun je er datums bij zetten.")
    ticked_fields = ["levels", "themes"]
    list_display = ["title", "hub", "kind", "state", "example", "unconfirmed"]
    list_filter = ["hub", "state", "kind", ToConfirmFilter, "is_example", "themes"]
    list_select_related = ["hub"]
    search_fields = ["title", "summary", "hub__name", "hub__town"]
    autocomplete_fields = ["hub", "leads_to"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [ProgrammePartnerInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "hub", "kind", "summary", "body"]}),
        (
            _("Voor wie"),
            {
                "fields": ["audiences", "levels", "phases", "track", "recognised_programme_code"],
                "description": _("Hiermee vinden bezoekers dit programma via de filters en de leerlijn."),
            },
        ),
        (_("Waarover en wat daarna"), {"fields": ["themes", "pictogram", "leads_to"]}),
        (
            _("Wat deelnemers moeten weten"),
            {
                "fields": ["preparation", "clothing"],
                "description": _("Staat op de pagina van het programma en bij elke datum."),
            },
        ),
        PHOTO,
        english_group("title_en", "summary_en", "body_en", "preparation_en", "clothing_en"),
    ]

    def before_taking_off(self, obj: Any, now: datetime) -> str:
        taken = obj.activities.filter(taken__gt=0, last_ends_at__gt=now, cancelled_at=None).count()
        if not taken:
            return ""
        return ngettext(
            "Voor %(n)d datum zijn al plekken bezet. Wie zich aanmeldde, houdt de plek.",
            "Voor %(n)d datums zijn al plekken bezet. Wie zich aanmeldde, houdt de plek.",
            taken,
        ) % {"n": taken}

    def instead(self, request: HttpRequest, used: Sequence[Any]) -> list[Way]:
        first, *rest = super().instead(request, used)
        return [instead_of_emptying(Activity.objects.filter(programme__in=used), first), *rest]

    def choices(self, name: str, request: HttpRequest) -> models.QuerySet:
        """A partner starts a programme at any hub where it has a role; what comes next may be anybody's."""
        managed = super().choices(name, request)
        match name:
            case "hub":
                own = Hub.objects.filter(partner_roles__partner__memberships__user=request.user.pk)
                return Hub.objects.filter(pk__in=own) | managed
            case "leads_to":
                return Programme.objects.filter(pk__in=Programme.objects.published()) | managed
            case _:
                return REFERENCE[name].objects.all() if name in REFERENCE else managed

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        super().save_related(request, form, formsets, change)
        if not change:
            authorship.give_to(programme=form.instance, author=request.user)

    def sheet(self, request: HttpRequest) -> ProgrammeSheet:
        rows = self.get_queryset(request)
        columns = programme_columns(lambda name: self.choices(name, request))
        return ProgrammeSheet(
            rows=rows,
            columns=self.open_columns(request, columns),
            closed=partial(closed_to_files, user=request.user, rows=rows),
        )
