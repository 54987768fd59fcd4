"""Schools and their holidays."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from content.admin.confirmation import ConfirmableAdmin, ToConfirmFilter
from content.admin.exchange import ExchangeAdmin
from content.admin.history import RecordedAdmin
from partners.admin.columns import school_columns
from partners.admin.help_texts import HOLIDAY_HELP, SCHOOL_HELP
from partners.domain.sheets import SchoolSheet
from partners.models import School, SchoolHoliday


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


@admin.register(SchoolHoliday)
class SchoolHolidayAdmin(RecordedAdmin):
    """Weeks in which schools do not come."""

    help_texts = HOLIDAY_HELP

    list_display = ["name", "region", "from_on", "until_on"]
    list_filter = ["region"]
    search_fields = ["name"]
    date_hierarchy = "from_on"
    fields = ["name", "region", ("from_on", "until_on")]
