"""What waits for a decision, and what came back: a page of its own in the place of a list of proposals."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from content import dates
from content.admin.base import ClosedAdmin
from content.domain import due
from content.domain.due import Waiting
from content.models import PendingChange


@dataclass(frozen=True)
class Row:
    """One object that waits; `url` is the page where it is decided on."""

    kind: str
    name: str
    url: str
    about: str
    note: str


@admin.register(PendingChange)
class ReviewAdmin(ClosedAdmin):
    """Proposals are decided on beside their object; here they are found. Everybody sees the own part."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The page itself shows what the user decides on; single rows have no page."""
        return obj is None and bool(request.user.is_active and request.user.is_authenticated)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def scope(self, queryset: Any, request: HttpRequest) -> Any:
        """Nothing is reached by the number of a proposal."""
        return queryset.none()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        parts = [
            (_("Voor jou om te beoordelen"), [_row(waiting) for waiting in due.to_decide(request.user)]),
            (_("Teruggestuurd: nog iets aan te doen"), [_row(waiting) for waiting in due.to_mend(request.user)]),
            (_("Goedgekeurd voor later"), [_row(waiting) for waiting in due.to_come(request.user)]),
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Ter beoordeling"),
            "opts": self.opts,
            "parts": [(heading, rows) for heading, rows in parts if rows],
        }
        return TemplateResponse(request, "admin/review.html", context)


def _row(waiting: Waiting) -> Row:
    meta = waiting.subject._meta
    return Row(
        kind=str(capfirst(meta.verbose_name)),
        name=str(waiting.subject),
        url=reverse(f"admin:{meta.app_label}_{meta.model_name}_publication", args=[waiting.subject.pk]),
        about=_about(waiting),
        note=waiting.why,
    )


def _about(waiting: Waiting) -> str:
    change = waiting.change
    if change is None:
        return _("Concept") if waiting.why else _("Nieuw, of terug op de site")
    if change.publish_at:
        return _("Komt op de site op %(moment)s") % {"moment": dates.moment(change.publish_at)}
    who = change.author or _("iemand die hier niet meer werkt")
    return _("Voorstel van %(who)s, %(day)s") % {"who": who, "day": dates.short_day(change.created_at)}
