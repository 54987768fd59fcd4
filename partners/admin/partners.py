"""Partners and the people that represent them."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from content.admin.base import ClosedInline
from content.admin.confirmation import ConfirmableAdmin, ToConfirmFilter
from content.admin.editor import EditorAdmin
from content.admin.exchange import ExchangeAdmin
from content.admin.forms import ConfirmableForm, IllustratedConfirmableForm
from content.admin.groups import english_group
from content.admin.illustrated import PHOTO, IllustratedAdmin
from content.admin.published import PublishedAdmin
from content.domain.exchange.live_rows import closed_to_files
from content.models import PublicationState
from partners.admin.columns import partner_columns
from partners.admin.help_texts import PARTNER_HELP, PERSON_HELP
from partners.admin.scoped import PartnerScopedAdmin
from partners.domain.sheets import PartnerSheet
from partners.models import Partner, PartnerPerson


class PersonInline(ClosedInline):
    """The people of one partner; their English role is on their own page."""

    model = PartnerPerson
    help_texts = PERSON_HELP
    about = _(
        "Staat op de pagina van de partner als geschiedenis, met het jaar erbij. Als de partner op de site staat, "
        "verandert alleen een beheerder dit: het staat er meteen."
    )
    form = ConfirmableForm
    fields = ["name", "role", "known_in_year", "signed_deal"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Their own page opens for whom it is meant."""
        owner: Any = self.admin_site.get_model_admin(self.parent_model)
        self.show_change_link = obj is not None and owner.may_decide(request, obj)
        return super().get_formset(request, obj, **kwargs)

    def _opens(self, request: HttpRequest, parent: Any) -> bool:
        """Rows are no part of a proposal, and people's names are not put on the site without a second look."""
        owner: Any = self.admin_site.get_model_admin(self.parent_model)
        is_live = parent is not None and parent.state == PublicationState.PUBLISHED
        return super()._opens(request, parent) and (not is_live or owner.may_decide(request, parent))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super()._opens(request, obj)


@admin.register(Partner)
class PartnerAdmin(PublishedAdmin, PartnerScopedAdmin, EditorAdmin, IllustratedAdmin, ConfirmableAdmin, ExchangeAdmin):
    """One organisation and its public page."""

    office_fields = ["slug", "kind", "is_deal_party", "deal_role", "deal_role_en", "cbs_code"]

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
        PHOTO,
        english_group("summary_en", "body_en", "deal_role_en"),
    ]

    def sheet(self, request: HttpRequest) -> PartnerSheet:
        rows = self.get_queryset(request)
        return PartnerSheet(
            rows=rows,
            columns=self.open_columns(request, partner_columns()),
            closed=partial(closed_to_files, user=request.user, rows=rows),
            may_add=self.has_add_permission(request),
        )


@admin.register(PartnerPerson)
class PartnerPersonAdmin(PartnerScopedAdmin, ConfirmableAdmin):
    """People's roles as history."""

    partners_delete = True
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

    def _opens(self, request: HttpRequest, subject: Any) -> bool:
        """Whom one adds is on the site at once, so only managers do."""
        return self.decides_on_new(request) and super()._opens(request, subject)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.decides_on_new(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.decides_on_new(request)

    def choices(self, name: str, request: HttpRequest) -> QuerySet:
        return Partner.objects.decided_by(request.user) if name == "partner" else super().choices(name, request)
