"""Hubs with their rooms and partners."""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.admin.base import ClosedInline
from content.admin.confirmation import ConfirmableAdmin, ToConfirmFilter
from content.admin.deletion import Way
from content.admin.editor import EditorAdmin
from content.admin.forms import IllustratedConfirmableForm
from content.admin.groups import english_group
from content.admin.illustrated import PHOTO, IllustratedAdmin
from content.admin.ordered import OrderedAdmin
from content.admin.published import PublishedAdmin
from hubs.admin.deletion import instead_of_emptying
from hubs.admin.help_texts import HUB_HELP, ROOM_HELP
from hubs.models import Activity, EducationLevel, Hub, HubColour, HubPartner, Room, Theme
from partners.admin.scoped import OfficeInline, PartnerScopedAdmin

REFERENCE: Final[dict[str, Any]] = {
    "levels": EducationLevel,
    "themes": Theme,
}  # what the office keeps and everybody chooses from


class HubForm(IllustratedConfirmableForm):
    """A hub is known by its colour, so each has its own for as long as there are enough of them."""

    def clean_colour(self) -> str:
        colour: str = self.cleaned_data["colour"]
        used = {hub.colour: str(hub) for hub in Hub.objects.exclude(pk=self.instance.pk)}
        free = [str(HubColour(value).label) for value in HubColour.values if value not in used]
        if "colour" in self.changed_data and colour in used and free:
            sentence = gettext("%(hub)s heeft deze kleur al. Nog vrij: %(colours)s.")
            raise ValidationError(sentence % {"hub": used[colour], "colours": ", ".join(free)}, code="taken")
        return colour


class RoomInline(ClosedInline):
    """The rooms that a date can be in."""

    model = Room
    help_texts = ROOM_HELP
    about = _("Ruimtes waaruit je bij een datum kiest. De naam staat op de site, meteen als je opslaat.")
    fields = ["name", "name_en"]


class HubPartnerInline(OfficeInline):
    """Who does what; `runs` gives a partner's staff the right to edit."""

    model = HubPartner
    about = _("Wie uitvoert, mag straks ook zelf bewerken. De andere rollen staan alleen op de site.")


@admin.register(Hub)
class HubAdmin(PublishedAdmin, PartnerScopedAdmin, EditorAdmin, IllustratedAdmin, ConfirmableAdmin, OrderedAdmin):
    """One workshop and its public page."""

    office_fields = ["slug", "letter", "colour", "position"]

    form = HubForm
    help_texts = HUB_HELP
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
        PHOTO,
        english_group(
            "summary_en", "body_en", "place_en", "way_there_en", "opening_en", "accessibility_en", "contact_function_en"
        ),
    ]

    def choices(self, name: str, request: HttpRequest) -> models.QuerySet:
        return REFERENCE[name].objects.all() if name in REFERENCE else super().choices(name, request)

    def instead(self, request: HttpRequest, used: Sequence[Any]) -> list[Way]:
        first, *rest = super().instead(request, used)
        return [instead_of_emptying(Activity.objects.filter(programme__hub__in=used), first), *rest]
