"""The mails that we send: what went out, what failed and why, and once more. Shows no address, no name and no link."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content import clock
from partners.admin.scoped import PartnerScopedAdmin
from partners.models import Invitation, User
from signups import tasks
from signups.admin.mail_pages import MailPages, may_read_files
from signups.domain import delivery
from signups.models import DateInterest, OutboxMessage, SignUp


@admin.register(OutboxMessage)
class OutboxMessageAdmin(MailPages, PartnerScopedAdmin):
    """Mails write themselves; staff read how they fared."""

    goes_along = True
    list_display = ["kind", "about", "state", "attempts", "error", "created_at", "sent_at"]
    list_filter = ["state", "kind"]
    list_select_related = [
        "sign_up__activity__programme",
        "date_interest__education_level",
        "date_interest__programme",
        "date_interest__hub",
        "invitation__partner",
        "colleague",
    ]
    search_fields = ["error", "sign_up__activity__programme__title", "invitation__partner__name"]
    date_hierarchy = "created_at"
    actions = ["send_again"]
    fields = ["kind", "about", "state", "attempts", "error", "created_at", "due_at", "sent_at"]
    readonly_fields = ["about"]

    @admin.display(description=_("waarover"), ordering="sign_up__activity")
    def about(self, obj: OutboxMessage) -> str:
        match obj.receiver:
            case SignUp() as sign_up:
                return str(sign_up.activity)
            case DateInterest() as interest:
                return ", ".join(map(str, filter(None, [interest.programme or interest.hub, interest.education_level])))
            case Invitation() as invitation:
                return invitation.organisation
            case User():
                return str((obj.revision and obj.revision.subject) or "")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).prefetch_related("revision__subject")

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
        return super().changelist_view(request, {"are_written": may_read_files(request), **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        """The pages about mails stand before those of one row."""
        return [
            path(route, self.open_to_staff(view), name=name) for route, view, name in self.pages()
        ] + super().get_urls()
