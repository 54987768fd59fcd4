"""Dates that one can sign up for, with their meetings. The counters are shown; only the database writes them."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content import clock
from content.admin.base import ClosedInline
from content.admin.exchange import ExchangeAdmin
from content.admin.forms import ClosedForm
from content.admin.groups import english_group
from content.admin.versioned import VersionedAdmin
from hubs.admin.columns import date_columns
from hubs.admin.examples import ExamplesAdmin
from hubs.domain.date_sheet import DateSheet
from hubs.models import Activity, Meeting, Programme, Room
from partners.admin.scoped import PartnerScopedAdmin


class ActivityForm(ClosedForm):
    """Cancelling is giving the reason; taking the reason away undoes it."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        reason = self.cleaned_data.get("cancel_reason")
        if not reason:
            self.instance.cancelled_at = None
        elif self.instance.cancelled_at is None:
            self.instance.cancelled_at = clock.now()
        return cleaned


class MeetingInline(ClosedInline):
    """When and where."""

    model = Meeting
    about = _("Wanneer en waar. Zonder bijeenkomst staat de activiteit niet op de site.")
    min_num = 1
    fields = ["starts_at", "ends_at", "room", "place"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Rooms carry their hub's name: on a new date the hub is not known yet."""
        if db_field.name == "room":
            kwargs["queryset"] = self._rooms(request).select_related("hub").order_by("hub__name", "name")
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "room" and field is not None:
            field.label_from_instance = lambda room: f"{room.name} ({room.hub})"
            field.choices = [
                ("", "---------"),
                *((room.pk, field.label_from_instance(room)) for room in field.queryset),
            ]
        return field

    def _rooms(self, request: HttpRequest) -> models.QuerySet[Room]:
        """Of the date's own hub; on a new date of every hub that it may turn out to be at."""
        number = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        managed = Activity.objects.managed_by(request.user)
        if number and number.isdecimal():
            return Room.objects.filter(hub__programmes__activities__in=managed.filter(pk=int(number)))
        return Room.objects.filter(hub__in=Programme.objects.managed_by(request.user).values("hub"))


class WhenFilter(admin.SimpleListFilter):
    """Staff look at what is coming; the past stays findable."""

    title = _("wanneer")
    parameter_name = "wanneer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("komend", _("Komend")),
            ("geweest", _("Geweest")),
            ("zonder", _("Zonder datum")),
            ("afgelast", _("Afgelast")),
        ]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        match self.value():
            case "komend":
                return queryset.filter(last_ends_at__gt=clock.now(), cancelled_at=None)
            case "geweest":
                return queryset.filter(last_ends_at__lte=clock.now())
            case "zonder":
                return queryset.filter(first_starts_at=None)
            case "afgelast":
                return queryset.exclude(cancelled_at=None)
            case _:
                return queryset


@admin.register(Activity)
class ActivityAdmin(PartnerScopedAdmin, VersionedAdmin, ExamplesAdmin, ExchangeAdmin):
    """One date of a programme."""

    partners_add = partners_delete = True
    # Another programme may be at another hub: its staff would read the names of who signed up for this one.
    office_fields_once_made = ["programme"]

    form = ActivityForm
    inlines = [MeetingInline]
    list_display = ["programme", "first_starts_at", "hub", "seats", "waiting", "participants", "cancelled", "example"]
    list_display_links = ["programme", "first_starts_at"]
    list_filter = [WhenFilter, "programme__hub", "is_example"]
    list_select_related = ["programme__hub"]
    search_fields = ["programme__title", "note"]
    date_hierarchy = "first_starts_at"
    autocomplete_fields = ["programme"]
    readonly_fields = ["taken", "waiting", "revision", "cancelled_at"]
    fieldsets = [
        (None, {"fields": ["programme", "note"]}),
        (
            _("Plekken"),
            {
                "fields": [
                    ("for_persons", "for_classes"),
                    "counts",
                    "capacity",
                    ("class_size_min", "class_size_max"),
                    "waiting_limit",
                    "price",
                ]
            },
        ),
        (_("Aanmelden"), {"fields": [("signup_opens_at", "signup_closes_at")]}),
        (
            _("Stand"),
            {
                "fields": [("taken", "waiting", "revision")],
                "description": _(
                    "Dit houdt de site zelf bij. De herziening gaat omhoog als een tijd of plek verandert."
                ),
            },
        ),
        (
            _("Afgelasten"),
            {
                "fields": ["cancel_reason", "cancelled_at"],
                "description": _(
                    "Vul een reden in om deze datum af te gelasten. De site toont de datum dan als afgelast, met de "
                    "reden. Maak de reden leeg om het terug te draaien."
                ),
            },
        ),
        english_group("note_en"),
    ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        """The meetings gave the date its first moment, which the message after saving names."""
        super().save_related(request, form, formsets, change)
        form.instance.refresh_from_db(fields=["first_starts_at", "last_ends_at", "revision"])

    @admin.display(description=_("hub"), ordering="programme__hub__name")
    def hub(self, obj: Activity) -> str:
        return str(obj.programme.hub)

    @admin.display(description=_("bezet"), ordering="taken")
    def seats(self, obj: Activity) -> str:
        return str(obj.taken) if obj.capacity is None else f"{obj.taken}/{obj.capacity}"

    @admin.display(description=_("wie er komt"))
    def participants(self, obj: Activity) -> str:
        """By name: the page is of the app above."""
        return format_html('<a href="{}">{}</a>', reverse("admin:participants", args=[obj.pk]), gettext("Deelnemers"))

    @admin.display(description=_("afgelast"), ordering="cancelled_at")
    def cancelled(self, obj: Activity) -> str:
        return gettext("afgelast") if obj.cancelled_at else ""

    def view_on_site(self, obj: models.Model) -> str | None:
        """Only when the public can see it: with a date, of a published programme."""
        return super().view_on_site(obj) if Activity.objects.public().filter(pk=obj.pk).exists() else None

    def sheet(self, request: HttpRequest) -> DateSheet:
        """In the rooms of the hubs where the user's programmes are."""
        columns = date_columns(lambda name: self.choices(name, request))
        hubs = self.choices("programme", request).values("hub")
        rooms = list(Room.objects.filter(hub__in=hubs))
        return DateSheet(rows=self.get_queryset(request), columns=self.open_columns(request, columns), rooms=rooms)
