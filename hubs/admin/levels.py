"""Education levels, the routes between them, and themes: what the pathway and the filters are made of."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from content.admin.base import ClosedInline
from content.admin.deletion import Way
from content.admin.groups import english_group
from content.admin.history import RecordedAdmin
from content.admin.ordered import OrderedAdmin
from hubs.admin.deletion import LEVEL_STAYS
from hubs.models import EducationLevel, LevelGroup, Progression, Theme


@admin.register(Theme)
class ThemeAdmin(RecordedAdmin, OrderedAdmin):
    """Topics."""

    list_display = ["name", "pictogram", "position"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "slug", "pictogram", "position"],
                "description": _("Bezoekers kiezen een onderwerp op de voorpagina en in de filters."),
            },
        ),
        english_group("name_en"),
    ]


@admin.register(LevelGroup)
class LevelGroupAdmin(RecordedAdmin, OrderedAdmin):
    """Names for several levels together."""

    list_display = ["name", "code", "is_one_station", "position"]
    search_fields = ["name", "code"]
    prepopulated_fields = {"code": ["name"]}
    fieldsets = [(None, {"fields": ["name", "code", "is_one_station", "position"]}), english_group("name_en")]


class RouteInline(ClosedInline):
    """The routes onward from one level. They have no page of their own: the level's version guards them."""

    model = Progression
    fk_name = "from_level"
    fields = ["to_level", "note", "note_en"]


@admin.register(EducationLevel)
class EducationLevelAdmin(RecordedAdmin, OrderedAdmin):
    """One level: a station of the pathway."""

    list_display = ["name", "code", "sector", "group", "position", "ends_in_work"]
    list_filter = ["sector", "group"]
    list_select_related = ["group"]
    search_fields = ["name", "code", "alias"]
    autocomplete_fields = ["schools", "group"]
    inlines = [RouteInline]
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "code", "alias", "sector", "group", "position", "ends_in_work"],
                "description": _("Een halte op de leerlijn en een keuze in de filters."),
            },
        ),
        (_("Indeling en leeftijd"), {"fields": [("nlqf", "isced"), ("age_from", "age_to")]}),
        (_("Scholen met dit niveau"), {"fields": ["schools"]}),
        english_group("name_en", "alias_en"),
    ]

    def instead(self, request: HttpRequest, used: Sequence[Any]) -> list[Way]:
        return list(LEVEL_STAYS)
