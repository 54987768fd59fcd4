"""The mails of sign-ups: what went out, what failed and why, and once more. Shows no address, no name and no link."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import clock
from content.admin.base import ClosedAdmin
from signups import tasks
from signups.admin.mail_pages import MailPages
from signups.domain import delivery
from signups.mails import written
from signups.models import OutboxMessage


@admin.register(OutboxMessage)
class OutboxMessageAdmin(MailPages, ClosedAdmin):
    """Mails write themselves; staff read how they fared."""

    list_display = ["kind", "activity", "state", "attempts", "error", "created_at", "sent_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["sign_up__activity__programme"]
    search_fields = ["error", "sign_up__activity__programme__title"]
    date_hierarchy = "created_at"
    actions = ["send_again"]
    fields = ["kind", "activity", "state", "attempts", "error", "created_at", "due_at", "sent_at"]
    readonly_fields = ["activity"]

    @admin.display(description=_("activiteit"), ordering="sign_up__activity")
    def activity(self, obj: OutboxMessage) -> str:
        return str(obj.sign_up.activity)

    @admin.action(description=_("Stuur opnieuw wat mislukt is"), permissions=["send_again"])
    def send_again(self, request: HttpRequest, queryset: models.QuerySet[OutboxMessage]) -> None:
        number = delivery.retry(queryset, now=clock.now())
        tasks.nudge()
        sentence = ngettext("%(n)d mail gaat opnieuw uit.", "%(n)d mails gaan opnieuw uit.", number) % {"n": number}
        self.message_user(request, sentence, messages.SUCCESS if number else messages.WARNING)

    def has_send_again_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, {"are_written": written.are_written(), **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        """The pages about mails stand before those of one row."""
        return [
            path(route, self.open_to_staff(view), name=name) for route, view, name in self.pages()
        ] + super().get_urls()
