"""Programmes as rows of a file. New ones are drafts that the importer's partners run."""

from collections.abc import Sequence
from typing import Any

from content.domain.exchange.plans import PlannedRow
from content.domain.exchange.sheets import Sheet
from hubs.domain import authorship
from hubs.models import Programme


class ProgrammeSheet(Sheet):
    """The programmes that a user manages."""

    model = Programme
    key = "slug"
    names_itself_by = "title"
    follows = ("hub", "levels", "themes", "leads_to")

    def save_along(self, rows: Sequence[PlannedRow], author: Any) -> None:
        authorship.give_all_to(programmes=[row.subject for row in rows if row.is_new], author=author)
