"""A photo that belongs to its object. Checking and resizing are in content/domain/photos.py."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models.translated import english


def photo_path(instance: models.Model, filename: str) -> str:
    """A random name: what staff called the file is nobody's business, and no upload can overwrite another."""
    return f"photos/{instance._meta.model_name}/{uuid4().hex}.jpg"


class Illustrated(models.Model):
    """May carry one photo, which then needs a text for those who cannot see it."""

    photo = models.ImageField(
        _("foto"),
        upload_to=photo_path,
        blank=True,
        help_text=_(
            "JPEG, PNG, WebP of AVIF, hoogstens 15 MB. Minstens 640 pixels breed en 360 pixels hoog; liefst liggend en "
            "1.600 pixels breed."
        ),
    )
    photo_alt = models.CharField(
        _("beschrijving van de foto"),
        max_length=200,
        blank=True,
        help_text=_(
            "Wat is er te zien? Verplicht bij een foto: wie de foto niet kan zien, krijgt deze tekst voorgelezen."
        ),
    )
    photo_alt_en = english(photo_alt)
    photo_credit = models.CharField(_("maker van de foto"), max_length=100, blank=True)
    photo_width = models.PositiveIntegerField(null=True, editable=False)
    photo_height = models.PositiveIntegerField(null=True, editable=False)
    # The widths in pixels for which smaller versions exist on disk; written by the rendition task alone.
    photo_widths = ArrayField(models.PositiveIntegerField(), default=list, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_photo_has_alt",
                condition=models.Q(photo="") | ~models.Q(photo_alt=""),
                violation_error_message=_("Beschrijf wat er op de foto te zien is."),
            ),
        ]
