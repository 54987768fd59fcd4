"""News of the partnership, written by the programme office."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.models.calendar_bounds import days_in_bounds
from content.models.illustrated import Illustrated
from content.models.managed import OfficeOnlyQuerySet
from content.models.published import Published, PublishedQuerySet
from content.models.translated import english
from content.models.versioned import Versioned
from content.models.web_address import web_address
from content.richtext import RichTextField

RESERVED_SLUGS = ("feed", "insluiten")  # the site's own addresses below /nieuws/


class NewsArticleQuerySet(PublishedQuerySet, OfficeOnlyQuerySet):  # type: ignore[override]  # as_manager is typed per class
    """published, managed_by"""


class NewsArticle(Published, Versioned, Illustrated):
    """One news item, shown by its date, newest first."""

    slug = web_address("nieuwe-draaibank", max_length=80)
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
        constraints = [
            *Published.Meta.constraints,
            *Illustrated.Meta.constraints,
            days_in_bounds("content_newsarticle_dated_in_bounds", "dated_on"),
            models.CheckConstraint(
                name="content_newsarticle_slug_not_reserved",
                condition=~models.Q(slug__in=RESERVED_SLUGS),
                violation_error_message=_("Dit adres gebruikt de site zelf. Kies een ander adres."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("news_article", args=[self.slug])
