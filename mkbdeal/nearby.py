"""For an address that does not exist: published pages whose address looks like it."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db import models

from content.localised import localised
from content.models import NewsArticle
from hubs.models import Hub, Programme
from partners.models import Partner

MOST = 5
PER_MODEL = 3
ALIKE = 0.25
LONGEST = 80  # no slug is longer


Choice = tuple[str, str]  # label and address


def nearby(path: str) -> list[Choice]:
    """The pages with the most similar addresses, best first. Four bounded queries; none for what cannot be a slug."""
    wanted = path.rstrip("/").rpartition("/")[2].lower()
    if not 2 < len(wanted) <= LONGEST:
        return []
    sources: Iterable[tuple[models.QuerySet[Any], str]] = (
        (Programme.objects.published(), "title"),
        (Hub.objects.published(), "name"),
        (Partner.objects.published(), "name"),
        (NewsArticle.objects.published(), "title"),
    )
    found = [(row.likeness, _choice(row, field)) for rows, field in sources for row in _alike(rows, wanted)]
    return [choice for _likeness, choice in sorted(found, key=lambda pair: -pair[0])[:MOST]]


def _alike(rows: models.QuerySet[Any], wanted: str) -> models.QuerySet[Any]:
    likeness = TrigramSimilarity("slug", wanted)
    return rows.annotate(likeness=likeness).filter(likeness__gt=ALIKE).order_by("-likeness", "pk")[:PER_MODEL]


def _choice(row: models.Model, field: str) -> Choice:
    label = localised(row, field)[0] if field == "title" else str(row)
    return label, row.get_absolute_url()  # type: ignore[attr-defined]
