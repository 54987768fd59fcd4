"""Accounts of staff. Everybody is invited; here the office switches accounts off, and helps who lost a phone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import IntegrityError, OperationalError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from content.admin.base import BUSY, ClosedAdmin, ClosedInline, is_programme_office
from content.admin.deletion import Way, used_meanwhile
from content.admin.forms import ClosedForm
from content.outage import is_lock_wait
from partners.domain import invitations, members, office
from partners.domain.errors import GoneError
from partners.models import Invitation, MemberRole, Membership, StaffSession, User


class AccountForm(ClosedForm):
    """Addresses are kept in small letters, however they are typed. Saves what was changed in this form alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Each field brings along what it was opened with: with that it is compared, not with what it is by now."""
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.show_hidden_initial = not self.is_bound or self.add_initial_prefix(name) in self.data

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()

    def clean(self) -> dict[str, Any] | None:
        """What was left alone stays as it is by now. Somebody must be able to enter."""
        cleaned = super().clean() or {}
        for name in set(cleaned) - set(self.changed_data):
            cleaned[name] = getattr(self.instance, name)
        stays = cleaned.get("is_active") and cleaned.get("is_programme_office")
        if self.instance.pk and not stays and office.is_last([self.instance]):
            self.add_error(None, office.LAST)
        return cleaned


def _who(request: HttpRequest) -> User:
    user: Any = request.user
    return user


def _others(request: HttpRequest, sessions: models.QuerySet[StaffSession]) -> models.QuerySet[StaffSession]:
    """Not the one that asks: who did it to the own account still gets an answer, and nothing at the next request."""
    return sessions.exclude(session_key=request.session.session_key)


class MembershipForm(ClosedForm):
    """Somebody who goes to another partner leaves the one and joins the other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].disabled = self.instance.pk is not None


class MembershipInline(ClosedInline):
    """The partners that someone works for."""

    model = Membership
    form = MembershipForm
    about = _("Voor welke partners iemand werkt. Naar een andere partner? Haal de rij weg en voeg een nieuwe toe.")


def _in_turn(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What changes accounts waits for whoever else changes the office, and reads what is there after that."""

    @wraps(view)
    def waiting(page: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or not is_programme_office(request):
            return view(page, request, *args, **kwargs)
        try:
            with transaction.atomic():
                invitations.lock_office(_who(request))
                return view(page, request, *args, **kwargs)
        except GoneError as error:
            raise Http404 from error
        except IntegrityError:  # found out at the end of this transaction, not of the view's own
            return used_meanwhile(request)

    return waiting


@admin.register(User)
class AccountAdmin(ClosedAdmin):
    """Without Django's page for passwords: nobody thinks up one for somebody else, or takes it away."""

    form = AccountForm
    inlines = [MembershipInline]
    list_display = ["name", "email", "is_programme_office", "is_active", "last_login"]
    list_filter = ["is_active", "is_programme_office", "memberships__partner"]
    search_fields = ["name", "email"]
    ordering = ["name", "email"]
    readonly_fields = ["last_login", "joined_at"]
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "email", "is_active", "is_programme_office"],
                "description": _(
                    "Wachtwoord vergeten? Je collega kiest zelf een nieuw: met “Wachtwoord vergeten?” bij het inloggen "
                    "komt er een mail op dit adres."
                ),
            },
        ),
        (_("Gebruik"), {"fields": ["last_login", "joined_at"]}),
    ]
    actions = ["start_anew"]

    @admin.action(description=_("Tweede stap opnieuw laten instellen, bijvoorbeeld als een telefoon weg is"))
    def start_anew(self, request: HttpRequest, queryset: models.QuerySet[User]) -> None:
        """They log in with their password, and set up a new app or passkey before anything else."""
        with transaction.atomic():
            Authenticator.objects.filter(user__in=queryset).delete()
            members.end_sessions(_others(request, StaffSession.objects.filter(user__in=queryset)))
        self.message_user(request, _("Bij de volgende keer inloggen stellen zij een nieuwe tweede stap in."))

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        """An invitation that is accepted at this moment writes to the account as well."""
        obj.save(update_fields=form.changed_data)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        """What happens to a membership here is done as on the pages of the colleagues. Who joins comes first."""
        formset.save(commit=False)
        for joined in formset.new_objects:
            joined.save()
        try:
            for changed, _fields in formset.changed_objects:
                members.change_role(membership_id=changed.pk, role=MemberRole(changed.role), by=_who(request))
            for left in formset.deleted_objects:
                members.remove(membership_id=left.pk, by=_who(request))
        except GoneError as error:
            raise IntegrityError from error  # a manager was first: the form comes back with a sentence

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        """Whoever is switched off is logged out everywhere; who leaves the office, or all of it, has no way back."""
        super().save_related(request, form, formsets, change)
        account: User = form.instance
        if "is_active" in form.changed_data and not account.is_active:
            members.end_sessions(_others(request, StaffSession.objects.of(account)))
            invitations.close_ways_back(account, Invitation.objects.all())
        elif "is_programme_office" in form.changed_data and not account.is_programme_office:
            invitations.close_ways_back_to_office(account)
            members.end_sessions_without_rights(account, by=_who(request))

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        members.lock(User.objects.filter(pk=obj.pk))
        invitations.close_ways_back(obj, Invitation.objects.all())
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[User]) -> None:
        members.lock(User.objects.filter(pk__in=queryset.values("pk")))
        for account in queryset:
            invitations.close_ways_back(account, Invitation.objects.all())
        super().delete_queryset(request, queryset)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """A filter in the address finds out nothing of a password, letter by letter."""
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody thinks up a password for somebody else: colleagues are invited."""
        return False

    def scope(self, queryset: models.QuerySet, request: HttpRequest) -> models.QuerySet:
        """Accounts belong to the programme office alone."""
        return queryset.all() if is_programme_office(request) else queryset.none()

    @_in_turn
    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whose turn does not come gets the form back as typed. With a refusal it saves nothing, so needs no turn."""
        try:
            return _in_turn(ClosedAdmin.changeform_view)(self, request, *args, **kwargs)
        except OperationalError as error:
            if request.method != "POST" or not is_lock_wait(error):
                raise
            request.refusal = BUSY  # type: ignore[attr-defined]
        return super().changeform_view(request, *args, **kwargs)

    @_in_turn
    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The last account: back to its form, with the sentence."""
        account = self.get_object(request, unquote(object_id))
        if account is not None and office.is_last([account]):
            self.message_user(request, office.LAST, messages.ERROR)
            return redirect("admin:partners_user_change", object_id)
        return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What is protected stays, also when it was ticked in the list."""
        last = office.is_last(objs)
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, lacking, [*protected, str(office.LAST)] if last else protected

    def instead(self, request: HttpRequest, used: Any) -> list[Way]:
        """The sentence about the last account says it."""
        return []

    def view_on_site(self, obj: Any) -> None:
        """Nobody's account has a public page."""
        return
