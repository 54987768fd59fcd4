"""Values that came from an unverified source and that the partner still has to confirm."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Confirmable(models.Model):
    """Names those of its fields whose value nobody has confirmed yet; the back office marks them, the site says so."""

    to_confirm = ArrayField(
        models.CharField(max_length=50), verbose_name=_("nog te bevestigen"), default=list, blank=True
    )

    class Meta:
        abstract = True
