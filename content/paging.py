"""Pages of a list: bounded, and a clear sentence for every page number that does not exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

PER_PAGE = 20
MOST = 1000  # Nobody reads on; counting and skipping further would cost more with every row.


@dataclass(frozen=True)
class ListPage:
    """One page of a list. `count` stops at MOST, then `is_capped`; `problem` is a sentence or empty."""

    rows: Sequence[Any]
    number: int
    pages: int
    count: int
    is_capped: bool
    problem: str

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.pages

    @property
    def previous_number(self) -> int:
        return self.number - 1

    @property
    def next_number(self) -> int:
        return self.number + 1


def page_number(raw: str | None) -> tuple[int, str]:
    """The number asked for, and a sentence when it is none: the first page is shown then."""
    if raw is None or raw == "":
        return 1, ""
    if raw.isascii() and raw.isdigit() and len(raw) <= 9 and int(raw) >= 1:
        return int(raw), ""
    return 1, _("Dat paginanummer kennen we niet. Je ziet nu de eerste pagina.")


def paginate(queryset: models.QuerySet, raw: str | None, per_page: int = PER_PAGE) -> ListPage:
    """Two queries: the count, up to MOST, and the rows. A page past the end shows the last one and says so."""
    number, problem = page_number(raw)
    found = queryset.order_by()[: MOST + 1].count()
    count = min(found, MOST)
    pages = max(1, -(-count // per_page))
    if number > pages:
        number, problem = pages, _("Zoveel pagina's zijn er niet. Je ziet nu de laatste pagina.")
    start = (number - 1) * per_page
    rows = list(queryset[start : min(start + per_page, MOST)]) if count else []
    return ListPage(rows, number, pages, count, found > MOST, problem)
