"""What search engines may visit: every public page, in both languages."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from content.models import NewsArticle
from content.structured_data import absolute
from content.urls import FIXED_PAGES
from hubs.models import Activity, Hub, Programme
from partners.models import Partner

ENTRANCES = ["home", "hubs", "programmes", "activities", "pathway", "partners", "news", "deal", "lateral_entry"]
ENTRANCES += ["privacy"]  # not among content's own pages: it also shows the inventory of signups

MOST = 25_000


class PortalSitemap(Sitemap):
    """Addresses under the portal's own name, each with its twin in the other language."""

    i18n = True
    alternates = True
    limit = 50_000  # the protocol's own

    def get_protocol(self, protocol: str | None = None) -> str:
        return settings.SITE_URL.scheme

    def get_domain(self, site: Any = None) -> str:
        return settings.SITE_URL.netloc


class FixedSitemap(PortalSitemap):
    """Pages that are always there."""

    def items(self) -> list[str]:
        return [*ENTRANCES, *FIXED_PAGES]

    def location(self, item: Any) -> str:
        return reverse(item)


class RowsSitemap(PortalSitemap):
    """The pages of one model, bounded so that one file holds them in both languages."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model

    def items(self) -> models.QuerySet[Any]:
        rows = self.model._default_manager.all()
        shown = rows.public().upcoming() if self.model is Activity else rows.published().order_by("pk")  # type: ignore[attr-defined]
        return shown[:MOST]


SITEMAPS: dict[str, PortalSitemap] = {
    "vast": FixedSitemap(),
    "hubs": RowsSitemap(Hub),
    "programmas": RowsSitemap(Programme),
    "agenda": RowsSitemap(Activity),
    "partners": RowsSitemap(Partner),
    "nieuws": RowsSitemap(NewsArticle),
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list of sitemaps. Django's own takes the address from the Host header."""
    pages = [{"location": absolute(reverse("sitemap_section", args=[section]))} for section in SITEMAPS]
    return render(request, "sitemap_index.xml", {"sitemaps": pages}, content_type="application/xml")
