"""Hubs with their rooms and partners."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from content.admin.base import ClosedInline
from content.admin.confirmation import ConfirmableAdmin, ToConfirmFilter
from content.admin.editor import EditorAdmin
from content.admin.forms import IllustratedConfirmableForm
from content.admin.groups import english_group, visibility_group
from content.admin.illustrated import PHOTO, IllustratedAdmin
from hubs.models import Hub, HubPartner, Room


class RoomInline(ClosedInline):
    """The rooms that a date can be in."""

    model = Room
    about = _("Ruimtes waaruit je bij een datum kiest. De naam staat op de site.")
    fields = ["name", "name_en"]


class HubPartnerInline(ClosedInline):
    """Who does what; `runs` gives a partner's staff the right to edit."""

    model = HubPartner
    about = _("Wie uitvoert, mag straks ook zelf bewerken. De andere rollen staan alleen op de site.")


@admin.register(Hub)
class HubAdmin(EditorAdmin, IllustratedAdmin, ConfirmableAdmin):
    """One workshop and its public page."""

    form = IllustratedConfirmableForm
    ticked_fields = ["levels", "themes"]
    list_display = ["name", "town", "letter", "state", "unconfirmed"]
    list_filter = ["state", ToConfirmFilter]
    search_fields = ["name", "town"]
    prepopulated_fields = {"slug": ["name", "town"]}
    inlines = [RoomInline, HubPartnerInline]
    fieldsets = [
        (None, {"fields": ["name", "town", "slug", "summary", "body"]}),
        (
            _("Bord en kaart"),
            {
                "fields": ["letter", "colour", "position"],
                "description": _("De letter en de kleur zijn het teken van de hub op de hele site."),
            },
        ),
        (_("Voor wie en waarover"), {"fields": ["levels", "audiences", "phases", "themes"]}),
        (
            _("Adres en bezoek"),
            {
                "fields": [
                    "place",
                    "street",
                    "postcode",
                    ("latitude", "longitude"),
                    "bag_id",
                    "way_there",
                    "opening",
                    "accessibility",
                ],
                "description": _("Wat leeg is, laat de site weg; bezoekers lezen dan dat de hub het nog invult."),
            },
        ),
        (_("Contact"), {"fields": ["contact_function", "contact_email", "contact_phone", "website"]}),
        visibility_group(),
        PHOTO,
        english_group(
            "summary_en", "body_en", "place_en", "way_there_en", "opening_en", "accessibility_en", "contact_function_en"
        ),
    ]
