"""Fixed pages: the deal, contact, privacy and so on. Their addresses are in content/urls.py."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.models.calendar_bounds import days_in_bounds
from content.models.confirmable import Confirmable
from content.models.managed import OfficeOnlyQuerySet
from content.models.published import Published, PublishedQuerySet
from content.models.translated import english
from content.models.versioned import Versioned
from content.models.web_address import web_address
from content.richtext import RichTextField


class PageQuerySet(PublishedQuerySet, OfficeOnlyQuerySet):  # type: ignore[override]  # as_manager is typed per class
    """published, managed_by"""


class Page(Published, Versioned, Confirmable):
    """One fixed page; the site knows it by its slug, so staff edit the text and not the slug."""

    slug = web_address("over-de-deal")
    title = models.CharField(_("titel"), max_length=120)
    title_en = english(title)
    lead = models.TextField(
        _("inleiding"), max_length=400, blank=True, help_text=_("Eén of twee zinnen onder de titel.")
    )
    lead_en = english(lead)
    body = RichTextField(_("tekst"), blank=True)
    body_en = english(body)
    updated_on = models.DateField(_("bijgewerkt op"), null=True, blank=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("vaste pagina")
        verbose_name_plural = _("vaste pagina's")
        ordering = ["slug"]
        constraints = [*Published.Meta.constraints, days_in_bounds("content_page_updated_in_bounds", "updated_on")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Every fixed page stands at its slug, whichever app's route it is (content/urls.py, mkbdeal/urls.py)."""
        return f"{reverse('home')}{self.slug}/"
