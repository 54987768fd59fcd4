"""Programmes: what can be learnt or done."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from content.admin.base import ClosedInline
from content.admin.confirmation import ConfirmableAdmin, ToConfirmFilter
from content.admin.editor import EditorAdmin
from content.admin.forms import IllustratedConfirmableForm
from content.admin.groups import english_group, visibility_group
from content.admin.illustrated import PHOTO, IllustratedAdmin
from hubs.admin.examples import ExamplesAdmin
from hubs.models import Programme, ProgrammePartner


class ProgrammePartnerInline(ClosedInline):
    """Who does what; `runs` gives a partner's staff the right to edit."""

    model = ProgrammePartner
    about = _("Wie uitvoert, mag straks ook zelf bewerken. De andere rollen staan alleen op de site.")


@admin.register(Programme)
class ProgrammeAdmin(EditorAdmin, IllustratedAdmin, ConfirmableAdmin, ExamplesAdmin):
    """One offer and its public page."""

    form = IllustratedConfirmableForm
    ticked_fields = ["levels", "themes"]
    list_display = ["title", "hub", "kind", "state", "example", "unconfirmed"]
    list_filter = ["hub", "state", "kind", ToConfirmFilter, "is_example", "themes"]
    list_select_related = ["hub"]
    search_fields = ["title", "summary", "hub__name", "hub__town"]
    autocomplete_fields = ["hub", "leads_to"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [ProgrammePartnerInline]
    actions = ["confirm", "remove_all_examples"]
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
        visibility_group(),
        PHOTO,
        english_group("title_en", "summary_en", "body_en", "preparation_en", "clothing_en"),
    ]
