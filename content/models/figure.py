"""The deal in a few numbers, as they stand on the home page and beside the deal's text."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models.managed import OfficeOnlyQuerySet
from content.models.translated import english
from content.models.versioned import Versioned


class Figure(Versioned):
    """One number or a few words, and what it says. Written as it is shown: "€ 740.000", in English "€740,000"."""

    key = models.SlugField(_("sleutel"), unique=True)
    label = models.CharField(_("wat het is"), max_length=60)
    label_en = english(label)
    value = models.CharField(
        _("cijfer of woorden"), max_length=60, help_text=_("Zoals het op de site staat, bijvoorbeeld: € 740.000.")
    )
    value_en = english(value)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    objects = OfficeOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("cijfer van de deal")
        verbose_name_plural = _("cijfers van de deal")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label
