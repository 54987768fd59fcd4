"""Schools and their holidays."""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from content.admin.confirmation import ConfirmableAdmin, ToConfirmFilter
from content.admin.deletion import Way
from content.admin.exchange import ExchangeAdmin
from content.admin.history import RecordedAdmin
from partners.admin.columns import school_columns
from partners.admin.help_texts import HOLIDAY_HELP, SCHOOL_HELP
from partners.domain.sheets import SchoolSheet
from partners.models import School, SchoolHoliday

SCHOOL_STAYS: Final = (
    Way(_("Dit blijft bewaard: bezoekers kozen het, en hun aantallen tellen mee, ook als de namen gewist zijn.")),
    Way(_("Heet de school anders, of is ze gesloten? Verander dan de naam: docenten lezen die in de lijst.")),
)


@admin.register(School)
class SchoolAdmin(RecordedAdmin, ConfirmableAdmin, ExchangeAdmin):
    """One branch of a school."""

    help_texts = SCHOOL_HELP

    list_display = ["name", "branch_code", "town", "municipality", "holiday_region", "unconfirmed"]
    list_filter = [ToConfirmFilter, "holiday_region", "municipality"]
    search_fields = ["name", "branch_code", "town"]
    autocomplete_fields = ["partner"]
    fieldsets = [
        (
            None,
            {
                "fields": ["name", "branch_code", "partner", "holiday_region"],
                "description": _("Docenten kiezen hun school uit deze lijst als ze een klas aanmelden."),
            },
        ),
        (_("Adres"), {"fields": ["street", "postcode", "town", "municipality"]}),
    ]

    def sheet(self, request: HttpRequest) -> SchoolSheet:
        columns = school_columns(partners=self.choices("partner", request))
        return SchoolSheet(rows=self.get_queryset(request), columns=columns)

    def instead(self, request: HttpRequest, used: Sequence[Any]) -> list[Way]:
        """What was chosen stays counted; teachers go on reading the list."""
        return list(SCHOOL_STAYS)


@admin.register(SchoolHoliday)
class SchoolHolidayAdmin(RecordedAdmin):
    """Weeks in which schools do not come."""

    help_texts = HOLIDAY_HELP

    list_display = ["name", "region", "from_on", "until_on"]
    list_filter = ["region"]
    search_fields = ["name"]
    date_hierarchy = "from_on"
    fields = ["name", "region", ("from_on", "until_on")]
