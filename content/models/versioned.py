"""Protection against lost updates when two people edit the same object."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Versioned(models.Model):
    """Counts the saved edits; a form that was opened at an older version is answered with a conflict page."""

    # Relations whose rows are edited in the same form: the history shows them with the object.
    recorded_rows: ClassVar[tuple[str, ...]] = ()

    version = models.PositiveIntegerField(_("versie"), default=1, editable=False)
    changed_at = models.DateTimeField(_("laatst bewerkt"), db_default=Now(), editable=False)

    class Meta:
        abstract = True
