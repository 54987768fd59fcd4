"""Accounts of staff. Invitations and second factors come later; until then the office sets a first password."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as PasswordPages
from django.contrib.auth.forms import AdminPasswordChangeForm, BaseUserCreationForm
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from content.admin.base import ClosedAdmin, ClosedInline, is_programme_office
from content.admin.forms import ClosedForm
from partners.models import Membership, User

admin.site.unregister(Group)


class AccountForm(ClosedForm):
    """Addresses are kept in small letters, however they are typed."""

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()


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

    def scope(self, queryset: models.QuerySet, request: HttpRequest) -> models.QuerySet:
        """Accounts belong to the programme office alone."""
        return queryset.all() if is_programme_office(request) else queryset.none()

    def view_on_site(self, obj: Any) -> None:
        """Nobody's account has a public page."""
        return
