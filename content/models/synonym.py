"""Words that visitors use for what the site calls otherwise; search reads them."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from content.models.managed import OfficeOnlyQuerySet
from content.models.versioned import Versioned


class Synonym(Versioned):
    """Whoever searches for `word` also finds `means`."""

    word = models.CharField(_("woord"), max_length=60)
    means = models.CharField(_("betekent"), max_length=60)

    objects = OfficeOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("synoniem")
        verbose_name_plural = _("synoniemen")
        ordering = ["word", "means"]
        constraints = [
            models.UniqueConstraint(
                Lower("word"),
                Lower("means"),
                name="content_synonym_once",
                violation_error_message=_("Dit synoniem staat er al."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.word} → {self.means}"
