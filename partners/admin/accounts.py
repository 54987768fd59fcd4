"""Accounts of staff. Partners invite their own; the office makes its own accounts here, and helps who lost a phone."""

from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin as PasswordPages
from django.contrib.auth.forms import AdminPasswordChangeForm, BaseUserCreationForm
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content.admin.base import ClosedAdmin, ClosedInline, is_programme_office
from content.admin.forms import ClosedForm
from partners.domain import members
from partners.models import Membership, StaffSession, User

admin.site.unregister(Group)

LAST_OFFICE = _(
    "Dit is het laatste actieve account van het programmabureau. Zonder dit account kan niemand er meer in."
)


class AccountForm(ClosedForm):
    """Addresses are kept in small letters, however they are typed."""

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()

    def clean(self) -> dict[str, Any] | None:
        """Somebody must be able to enter."""
        cleaned = super().clean() or {}
        stays = cleaned.get("is_active") and cleaned.get("is_programme_office")
        if self.instance.pk and not stays and is_last_office([self.instance]):
            self.add_error(None, LAST_OFFICE)
        return cleaned


def is_last_office(accounts: Iterable[User]) -> bool:
    """Whether nobody of the programme office could enter without these. Locks all of the office in this transaction."""
    office = User.objects.filter(is_active=True, is_programme_office=True).select_for_update()
    keys = set(office.values_list("pk", flat=True))
    gone = {account.pk for account in accounts}
    return bool(keys & gone) and not keys - gone


def _others(request: HttpRequest, sessions: models.QuerySet[StaffSession]) -> models.QuerySet[StaffSession]:
    """Not the one that asks: who did it to the own account still gets an answer, and nothing at the next request."""
    return sessions.exclude(session_key=request.session.session_key)


class NewAccountForm(AccountForm, BaseUserCreationForm):
    """A new account with its first password."""

    class Meta:
        model = User
        fields = ["email", "name"]


class MembershipInline(ClosedInline):
    """The partners that someone works for."""

    model = Membership
    about = _("Voor welke partners iemand werkt.")


@admin.register(User)
class AccountAdmin(ClosedAdmin, PasswordPages):
    """Django's pages for passwords, without Django's permissions and groups, which the portal does not use."""

    form = AccountForm
    add_form = NewAccountForm
    add_form_template = "admin/change_form.html"  # without Django's advice in English
    change_password_form = AdminPasswordChangeForm
    inlines = [MembershipInline]
    list_display = ["name", "email", "is_programme_office", "is_active", "last_login"]
    list_filter = ["is_active", "is_programme_office", "memberships__partner"]
    search_fields = ["name", "email"]
    ordering = ["name", "email"]
    filter_horizontal = ()
    readonly_fields = ["new_password", "last_login", "joined_at"]
    fieldsets = [
        (None, {"fields": ["name", "email", "new_password", "is_active", "is_programme_office"]}),
        (_("Gebruik"), {"fields": ["last_login", "joined_at"]}),
    ]
    add_fieldsets = [(None, {"fields": ["name", "email", "password1", "password2"]})]

    @admin.display(description=_("wachtwoord"))
    def new_password(self, obj: User) -> str:
        """Django's own page sets one for someone else."""
        return format_html('<a href="../password/">{}</a>', _("Een nieuw wachtwoord instellen"))

    actions = ["start_anew"]

    @admin.action(description=_("Tweede stap opnieuw laten instellen, bijvoorbeeld als een telefoon weg is"))
    def start_anew(self, request: HttpRequest, queryset: models.QuerySet[User]) -> None:
        """They log in with their password, and set up a new app or passkey before anything else."""
        with transaction.atomic():
            Authenticator.objects.filter(user__in=queryset).delete()
            members.end_sessions(_others(request, StaffSession.objects.filter(user__in=queryset)))
        self.message_user(request, _("Bij de volgende keer inloggen stellen zij een nieuwe tweede stap in."))

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        """Whoever is switched off is logged out everywhere."""
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            members.end_sessions(_others(request, StaffSession.objects.of(obj)))

    def scope(self, queryset: models.QuerySet, request: HttpRequest) -> models.QuerySet:
        """Accounts belong to the programme office alone."""
        return queryset.all() if is_programme_office(request) else queryset.none()

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The last account: back to its form, with the sentence."""
        account = self.get_object(request, unquote(object_id))
        with transaction.atomic():
            last = account is not None and is_last_office([account])
        if last:
            self.message_user(request, LAST_OFFICE, messages.ERROR)
            return redirect("admin:partners_user_change", object_id)
        return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What is protected stays, also when it was ticked in the list."""
        with transaction.atomic():
            last = is_last_office(objs)
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, lacking, [*protected, str(LAST_OFFICE)] if last else protected

    def view_on_site(self, obj: Any) -> None:
        """Nobody's account has a public page."""
        return
