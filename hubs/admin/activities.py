"""Dates that one can sign up for, with their meetings. The counters are shown; only the database writes them."""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from content import clock, dates
from content.admin.deletion import Way
from content.admin.exchange import ExchangeAdmin
from content.admin.forms import ClosedForm
from content.admin.groups import Group, english_group
from content.admin.history import RecordedAdmin
from content.admin.keys_first import KeysFirst
from hubs.admin.columns import date_columns
from hubs.admin.deletion import instead_of_deleting
from hubs.admin.examples import ExamplesAdmin
from hubs.admin.help_texts import ACTIVITY_HELP
from hubs.admin.meetings import MeetingInline
from hubs.admin.repeating import RepeatingAdmin
from hubs.domain.counting import why_counting_stays
from hubs.domain.date_sheet import DateSheet
from hubs.domain.series import MOST
from hubs.models import Activity, Room
from partners.admin.scoped import PartnerScopedAdmin


class ActivityForm(ClosedForm):
    """Cancelling and undoing it have pages of their own; here the reason of what was cancelled is corrected."""

    def clean_capacity(self) -> int | None:
        capacity: int | None = self.cleaned_data["capacity"]
        if capacity is not None and capacity < self.instance.taken:
            sentence = ngettext(
                "Er is al %(n)d plek bezet. Vul %(n)d of meer in, of meld eerst iemand af bij Deelnemers.",
                "Er zijn al %(n)d plekken bezet. Vul %(n)d of meer in, of meld eerst iemand af bij Deelnemers.",
                self.instance.taken,
            )
            raise ValidationError(sentence % {"n": self.instance.taken}, code="taken")
        return capacity

    def clean_counts(self) -> str:
        counts: str = self.cleaned_data["counts"]
        if counts != self.instance.counts and (sentence := why_counting_stays(self.instance)):
            raise ValidationError(sentence, code="taken")
        return counts

    def clean_cancel_reason(self) -> str:
        reason: str = self.cleaned_data["cancel_reason"]
        if not reason:
            raise ValidationError(gettext("Laat de reden staan. Gaat de datum toch door? Gebruik de knop Toch door."))
        return reason


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


# What is coming and the nearest on top, then what still has no day; below it what has been, the latest on top.
NEAREST_FIRST: Final = (
    models.Case(models.When(last_ends_at__lte=Now(), then=2), models.When(first_starts_at=None, then=1), default=0),
    models.Case(models.When(last_ends_at__gt=Now(), then="first_starts_at")),
    models.F("first_starts_at").desc(),
    "pk",
)
CANCELLED: Final[Group] = (
    _("Afgelast"),
    {
        "fields": ["cancel_reason", "cancelled_at"],
        "description": _("De site toont deze datum als afgelast, met deze reden."),
    },
)


COUNTED: Final[Group] = (
    _("Hoe vol is het?"),
    {"fields": [("taken", "waiting")], "description": _("Dit telt de site zelf.")},
)


@admin.register(Activity)
class ActivityAdmin(PartnerScopedAdmin, RecordedAdmin, RepeatingAdmin, ExamplesAdmin, ExchangeAdmin):
    """One date of a programme."""

    partners_add = partners_delete = True
    # Another programme may be at another hub: its staff would read the names of who signed up for this one.
    office_fields_once_made = ["programme"]

    form = ActivityForm
    help_texts = ACTIVITY_HELP
    first_step = _("Nog geen datums. Maak een programma, en dan een datum.")
    inlines = [MeetingInline]
    list_display = ["programme", "begins", "hub", "seats", "waiting", "participants", "marks"]
    list_display_links = ["programme", "begins"]
    list_filter = [WhenFilter, "programme__hub", "is_example"]
    list_select_related = ["programme__hub"]
    paginator = KeysFirst
    search_fields = ["programme__title", "note"]
    date_hierarchy = "first_starts_at"
    autocomplete_fields = ["programme"]
    readonly_fields = ["taken", "waiting", "cancelled_at"]
    actions = ["cancel_dates", "move_dates"]
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
        COUNTED,
        english_group("note_en"),
    ]

    def get_ordering(self, request: HttpRequest) -> Any:
        return NEAREST_FIRST

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A date that was cancelled shows its reason first; a new one has nothing to count yet."""
        groups = [group for group in super().get_fieldsets(request, obj) if obj is not None or group is not COUNTED]
        return [CANCELLED, *groups] if obj is not None and obj.cancelled_at else groups

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With the tick that overrules a warning, when the meetings gave one."""
        asking = [inline.formset for inline in context["inline_admin_formsets"] if inline.formset.is_bound]
        context["sure"] = next((formset.sure for formset in asking if formset.non_form_errors()), "")
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.action(description=_("Gelast af"), permissions=["change"])
    def cancel_dates(self, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse | None:
        return self._to_page(request, queryset, "cancel_dates")

    @admin.action(description=_("Verplaats"), permissions=["change"])
    def move_dates(self, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse | None:
        return self._to_page(request, queryset, "move_dates")

    def _to_page(self, request: HttpRequest, queryset: models.QuerySet, name: str) -> HttpResponse | None:
        """By name: the pages are of the app above, which knows who has to be told."""
        chosen = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
        if not chosen or len(chosen) > MOST:
            sentence = gettext("Kies minstens één en hoogstens %(most)d datums tegelijk.")
            self.message_user(request, sentence % {"most": MOST}, messages.ERROR)
            return None
        return redirect(f"admin:{name}", ",".join(map(str, chosen)))

    def instead(self, request: HttpRequest, used: Sequence[Activity]) -> list[Way]:
        return instead_of_deleting(used, clock.now())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        """The meetings gave the date its first moment, which the message after saving names."""
        super().save_related(request, form, formsets, change)
        form.instance.refresh_from_db(fields=["first_starts_at", "last_ends_at", "revision"])

    @admin.display(description=_("begint"), ordering="first_starts_at")
    def begins(self, obj: Activity) -> str:
        """With the day of the week, by which people plan; broken after the day where it has to be."""
        at = obj.first_starts_at
        day = dates.short_day(at).replace(" ", "\xa0") if at else ""
        return f"{day} {dates.local(at):%Y}, {dates.hours(at)}" if at else ""

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

    @admin.display(description=_("let op"), ordering="cancelled_at")
    def marks(self, obj: Activity) -> str:
        """In one column: few dates have any."""
        return ", ".join(filter(None, [gettext("afgelast") if obj.cancelled_at else "", self.example(obj)]))

    def view_on_site(self, obj: models.Model) -> str | None:
        """Only when the public can see it: with a date, of a published programme."""
        return super().view_on_site(obj) if Activity.objects.public().filter(pk=obj.pk).exists() else None

    def sheet(self, request: HttpRequest) -> DateSheet:
        """In the rooms of the hubs where the user's programmes are."""
        columns = date_columns(lambda name: self.choices(name, request))
        hubs = self.choices("programme", request).values("hub")
        rooms = list(Room.objects.filter(hub__in=hubs))
        return DateSheet(
            rows=self.get_queryset(request),
            columns=self.open_columns(request, columns),
            rooms=rooms,
            user=request.user,
            now=clock.now(),
        )
