"""News of the partnership, written by the programme office."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.models.illustrated import Illustrated
from content.models.office_only import OfficeOnlyQuerySet
from content.models.published import Published, PublishedQuerySet
from content.models.translated import english
from content.models.versioned import Versioned
from content.richtext import RichTextField


class NewsArticleQuerySet(PublishedQuerySet, OfficeOnlyQuerySet):  # type: ignore[override]  # as_manager is typed per class
    """published, managed_by"""


class NewsArticle(Published, Versioned, Illustrated):
    """One news item, shown by its date, newest first."""

    slug = models.SlugField(_("adres"), unique=True, max_length=80)
    title = models.CharField(_("titel"), max_length=120)
    title_en = english(title)
    summary = models.TextField(_("samenvatting"), max_length=400)
    summary_en = english(summary)
    body = RichTextField(_("tekst"), blank=True)
    body_en = english(body)
    dated_on = models.DateField(_("datum"))

    objects = NewsArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("nieuwsbericht")
        verbose_name_plural = _("nieuwsberichten")
        ordering = ["-dated_on", "-pk"]
        indexes = [models.Index(fields=["-dated_on", "-id"])]
        constraints = [*Published.Meta.constraints, *Illustrated.Meta.constraints]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("news_article", args=[self.slug])
