"""Partners and the people that represent them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from content.admin.base import ClosedInline
from content.admin.confirmation import ConfirmableAdmin, ToConfirmFilter
from content.admin.editor import EditorAdmin
from content.admin.forms import ConfirmableForm, IllustratedConfirmableForm
from content.admin.groups import VISIBILITY, english_group, visibility_group
from content.admin.illustrated import PHOTO, IllustratedAdmin
from partners.admin.help_texts import PARTNER_HELP, PERSON_HELP
from partners.admin.scoped import PartnerScopedAdmin
from partners.models import Partner, PartnerPerson


class PersonInline(ClosedInline):
    """The people of one partner; their English role is on their own page."""

    model = PartnerPerson
    help_texts = PERSON_HELP
    about = _("Staat op de pagina van de partner als geschiedenis, met het jaar erbij.")
    form = ConfirmableForm
    fields = ["name", "role", "known_in_year", "signed_deal"]
    show_change_link = True


@admin.register(Partner)
class PartnerAdmin(PartnerScopedAdmin, EditorAdmin, IllustratedAdmin, ConfirmableAdmin):
    """One organisation and its public page."""

    office_fields = ["slug", "kind", "is_deal_party", "deal_role", "deal_role_en", "cbs_code", *VISIBILITY]

    form = IllustratedConfirmableForm
    help_texts = PARTNER_HELP
    list_display = ["name", "kind", "town", "state", "is_deal_party", "example", "unconfirmed"]
    list_filter = ["state", "kind", "is_deal_party", ToConfirmFilter, "is_example"]
    search_fields = ["name", "town", "summary"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [PersonInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "summary", "body"]}),
        (
            _("De deal"),
            {
                "fields": ["is_deal_party", "deal_role"],
                "description": _("Staat op de pagina over de deal en boven aan de pagina van de partner."),
            },
        ),
        (_("Waar en hoe te vinden"), {"fields": ["town", "website", "cbs_code"]}),
        visibility_group(),
        PHOTO,
        english_group("summary_en", "body_en", "deal_role_en"),
    ]


@admin.register(PartnerPerson)
class PartnerPersonAdmin(PartnerScopedAdmin, ConfirmableAdmin):
    """People's roles as history."""

    partners_add = partners_delete = True
    help_texts = PERSON_HELP
    first_step = _("Nog niemand. Zet erin wie de partner vertegenwoordigde, met het jaar erbij.")

    list_display = ["name", "role", "partner", "known_in_year", "signed_deal", "unconfirmed"]
    list_filter = [ToConfirmFilter, "signed_deal", "partner"]
    list_select_related = ["partner"]
    search_fields = ["name", "role", "partner__name"]
    autocomplete_fields = ["partner"]
    fieldsets = [
        (
            None,
            {
                "fields": ["partner", "name", "role", "known_in_year", "signed_deal"],
                "description": _("Staat op de pagina van de partner als geschiedenis: “in 2020: wethouder”."),
            },
        ),
        english_group("role_en"),
    ]
