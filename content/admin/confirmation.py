"""Finding and settling what a partner still has to confirm: a column, a filter, an action, a group of the form."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import clock
from content.admin.base import ClosedAdmin
from content.admin.forms import ConfirmableForm, field_label
from content.models import Versioned


class ToConfirmFilter(admin.SimpleListFilter):
    """Rows with something to confirm, or without."""

    title = _("nog te bevestigen")
    parameter_name = "te_bevestigen"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("ja", _("Ja, iets")), ("nee", _("Nee, alles is bevestigd"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        match self.value():
            case "ja":
                return queryset.exclude(to_confirm=[])
            case "nee":
                return queryset.filter(to_confirm=[])
            case _:
                return queryset


class ConfirmableAdmin(ClosedAdmin):
    """For models with `to_confirm`; subclasses add "unconfirmed" to their list and ToConfirmFilter to their filters."""

    form = ConfirmableForm
    actions = ["confirm"]

    @admin.display(description=_("nog te bevestigen"))
    def unconfirmed(self, obj: Any) -> str:
        return ", ".join(field_label(self.model, name) for name in obj.to_confirm)

    @admin.action(description=_("Bevestigd: de partner heeft alles nagekeken"), permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        changes: dict[str, Any] = {"to_confirm": []}
        if issubclass(self.model, Versioned):
            # Like any save: who has the form open must hear of it.
            changes |= {"version": models.F("version") + 1, "changed_at": clock.now()}
        count = queryset.exclude(to_confirm=[]).update(**changes)
        sentence = ngettext("%(count)d rij is nu bevestigd.", "%(count)d rijen zijn nu bevestigd.", count)
        self.message_user(request, sentence % {"count": count}, messages.SUCCESS)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A first group with what is left to confirm, when there is anything."""
        groups = list(super().get_fieldsets(request, obj))
        if obj is not None and obj.to_confirm:
            groups.insert(0, (None, {"fields": ["to_confirm"], "classes": ["to-confirm-group"]}))
        return groups
