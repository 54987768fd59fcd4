"""For an address that does not exist: published pages whose address looks like it."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from content.localised import localised
from content.models import NewsArticle
from hubs.models import Hub, Programme
from partners.models import Partner

MOST = 5
PER_MODEL = 3
ALIKE = 0.5  # one wrong letter in a short word already costs a third
LONGEST = 80  # no slug is longer


Choice = tuple[str, str, str]  # label, what it is, and address


def nearby(path: str) -> list[Choice]:
    """The pages with the most similar addresses, best first. Four bounded queries; none for what cannot be a slug."""
    wanted = path.rstrip("/").rpartition("/")[2].lower()
    if not 2 < len(wanted) <= LONGEST:
        return []
    sources: Iterable[tuple[models.QuerySet[Any], str]] = (
        (Programme.objects.published(), _("programma")),
        (Hub.objects.published(), pgettext("soort pagina", "hub")),
        (Partner.objects.published(), pgettext("soort pagina", "partner")),
        (NewsArticle.objects.published(), _("nieuws")),
    )
    found = [(row.likeness, _choice(row, what)) for rows, what in sources for row in _alike(rows, wanted)]
    return [choice for _likeness, choice in sorted(found, key=lambda pair: -pair[0])[:MOST]]


def _alike(rows: models.QuerySet[Any], wanted: str) -> models.QuerySet[Any]:
    likeness = TrigramWordSimilarity(wanted, "slug")  # of a part of the slug: "robot" is like roboticaclub-mijdrecht
    return rows.annotate(likeness=likeness).filter(likeness__gt=ALIKE).order_by("-likeness", "pk")[:PER_MODEL]


def _choice(row: models.Model, what: str) -> Choice:
    label = localised(row, "title")[0] if hasattr(row, "title") else str(row)
    return label, what, row.get_absolute_url()  # type: ignore[attr-defined]
