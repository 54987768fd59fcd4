"""The timeline of the deal."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models.calendar_bounds import days_in_bounds
from content.models.confirmable import Confirmable
from content.models.managed import OfficeOnlyQuerySet
from content.models.translated import english
from content.models.versioned import Versioned

FIRST_YEAR_OF_HISTORY = 1900


class DatePrecision(models.TextChoices):
    """How exactly a date is known; the site shows no more than that."""

    DAY = "day", _("op de dag")
    MONTH = "month", _("op de maand")
    YEAR = "year", _("op het jaar")


class Milestone(Versioned, Confirmable):
    """One event in the history of the deal."""

    key = models.SlugField(_("sleutel"), unique=True)
    happened_on = models.DateField(_("datum"))
    precision = models.CharField(
        _("hoe precies"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    title = models.CharField(_("titel"), max_length=120)
    title_en = english(title)
    text = models.TextField(_("tekst"), blank=True, max_length=600)
    text_en = english(text)

    objects = OfficeOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("mijlpaal")
        verbose_name_plural = _("mijlpalen")
        ordering = ["happened_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="content_milestone_known_precision", condition=models.Q(precision__in=DatePrecision.values)
            ),
            days_in_bounds("content_milestone_in_bounds", "happened_on", first_year=FIRST_YEAR_OF_HISTORY),
        ]

    def __str__(self) -> str:
        return self.title
