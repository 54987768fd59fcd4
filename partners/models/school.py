"""Schools and their holidays."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models import Confirmable, OfficeOnlyQuerySet, Versioned, days_in_bounds
from partners.models.partner import Partner

BRANCH_CODE = r"^\d{2}[A-Z]{2}(\d{2})?$"  # BRIN with branch, as DUO writes it


class HolidayRegion(models.TextChoices):
    """The three holiday regions; they belong to the school's branch, not to the portal."""

    NORTH = "noord", _("Noord")
    MIDDLE = "midden", _("Midden")
    SOUTH = "zuid", _("Zuid")


class School(Versioned, Confirmable):
    """One branch of a school. Its education levels are held by hubs.EducationLevel.schools."""

    branch_code = models.CharField(
        _("BRIN met vestiging"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(BRANCH_CODE, _("Vul de code in zoals 04IX00."))],
    )
    name = models.CharField(_("naam"), max_length=120)
    street = models.CharField(_("straat en huisnummer"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=7, blank=True)
    town = models.CharField(_("plaats"), max_length=60, blank=True)
    municipality = models.CharField(_("gemeente"), max_length=60)
    holiday_region = models.CharField(_("vakantieregio"), max_length=6, choices=HolidayRegion.choices)
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("hoort bij partner"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="schools",
    )

    objects = OfficeOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("scholen")
        ordering = ["name", "branch_code"]
        constraints = [
            models.CheckConstraint(
                name="partners_school_branch_code", condition=models.Q(branch_code__regex=BRANCH_CODE)
            ),
            models.CheckConstraint(
                name="partners_school_known_region", condition=models.Q(holiday_region__in=HolidayRegion.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.branch_code})"

    @property
    def with_place(self) -> str:
        """For the public, who know no codes: the name and where it is, said once."""
        place = self.town or self.municipality
        return self.name if self.name.endswith(place) else f"{self.name}, {place}"


class SchoolHoliday(Versioned):
    """One holiday of one region; both days belong to it."""

    region = models.CharField(_("vakantieregio"), max_length=6, choices=HolidayRegion.choices)
    name = models.CharField(_("naam"), max_length=60)
    from_on = models.DateField(_("eerste dag"))
    until_on = models.DateField(_("laatste dag"))

    objects = OfficeOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("schoolvakantie")
        verbose_name_plural = _("schoolvakanties")
        ordering = ["from_on", "region"]
        constraints = [
            models.CheckConstraint(
                name="partners_schoolholiday_ends_after_start",
                condition=models.Q(until_on__gte=models.F("from_on")),
                violation_error_message=_("De laatste dag ligt vóór de eerste dag."),
            ),
            models.CheckConstraint(
                name="partners_schoolholiday_known_region", condition=models.Q(region__in=HolidayRegion.values)
            ),
            models.UniqueConstraint(fields=["region", "from_on"], name="partners_schoolholiday_once"),
            days_in_bounds("partners_schoolholiday_in_bounds", "from_on", "until_on"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_region_display()})"
