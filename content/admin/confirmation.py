"""Finding and settling what a partner still has to confirm: a column, a filter, an action, a group of the form."""

from typing import Any

from django.contrib import admin, messages
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import clock
from content.admin.base import ClosedAdmin
from content.admin.forms import ConfirmableForm, field_label
from content.domain import history, snapshots
from content.models import Deed, Versioned


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
        marked = queryset.exclude(to_confirm=[])
        rows = list(self.confirmable(request, marked))
        left = marked.count() - len(rows)
        for row in rows:
            _confirm(row, request.user)
        sentence = ngettext("%(count)d rij is nu bevestigd.", "%(count)d rijen zijn nu bevestigd.", len(rows))
        self.message_user(request, sentence % {"count": len(rows)}, messages.SUCCESS)
        if left:
            sentence = ngettext(
                "%(count)d rij staat op de site: open hem, haal de vinkjes weg en bewaar dat als voorstel.",
                "%(count)d rijen staan op de site: open ze, haal de vinkjes weg en bewaar dat als voorstel.",
                left,
            )
            self.message_user(request, sentence % {"count": left}, messages.WARNING)

    def confirmable(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        """Those that this user may confirm at once."""
        return queryset

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A first group with what is left to confirm, when there is anything."""
        groups = list(super().get_fieldsets(request, obj))
        if obj is not None and obj.to_confirm:
            groups.insert(0, (None, {"fields": ["to_confirm"], "classes": ["to-confirm-group"]}))
        return groups


@transaction.atomic
def _confirm(row: Any, by: Any) -> None:
    """Like any save: who has the form open must hear of it, and the history remembers it."""
    rows = type(row)._base_manager.filter(pk=row.pk)
    if not isinstance(row, Versioned):
        rows.update(to_confirm=[])
        return
    now, before = clock.now(), snapshots.stored(row)
    rows.update(to_confirm=[], version=models.F("version") + 1, changed_at=now)
    history.record(subject=row, deed=Deed.CONFIRMED, by=by, now=now, before=before)
