"""Columns that point at other rows, by the last part of their web address, their code or their name."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.domain.exchange.cells import quoted, text_of
from content.domain.exchange.errors import CellError
from content.domain.exchange.kinds import Meaning, Text, separate

NAMED_IN_A_REFUSAL: Final = 3
MOST_LOOKED_FOR: Final = 50  # different unknown texts of one file


class OneOf(Text):
    """One of these rows. What is not among them answers like what does not exist."""

    def __init__(self, rows: models.QuerySet, *, code: str) -> None:
        self._code = code
        self.rows = {row.pk: row for row in rows.all()}
        self._looked_for: dict[str, list[str]] = {}
        by_name: dict[str, list[Any]] = {}
        for row in self.rows.values():
            by_name.setdefault(str(row).casefold(), []).append(row)
        self._found = {name: rows[0] for name, rows in by_name.items() if len(rows) == 1}
        self._found |= {str(getattr(row, code)).casefold(): row for row in self.rows.values()}

    def read(self, raw: Any) -> Any:
        text = text_of(raw)
        return self.row(text) if text else None

    def row(self, text: str) -> models.Model:
        found = self._found.get(text.casefold())
        if found is None:
            raise CellError(self._refusal(text))
        return found

    def _refusal(self, text: str) -> str:
        """Names what looks like it, by code or by name; else how the first few are written."""
        codes = self._near(text)
        if codes:
            sentence = _("“%(text)s” kun je hier niet kiezen. Lijkt op: %(names)s.")
            return sentence % {"text": quoted(text), "names": ", ".join(codes)}
        names = [str(getattr(row, self._code)) for row in self.rows.values()]
        more = len(names) - NAMED_IN_A_REFUSAL
        return _choose_from(more) % {
            "text": quoted(text),
            "names": ", ".join(names[:NAMED_IN_A_REFUSAL]) or "–",
            "more": more,
        }

    def _near(self, text: str) -> list[str]:
        """Nothing once many were looked for: comparing takes time, and who reads the page needs no more."""
        if text not in self._looked_for and len(self._looked_for) < MOST_LOOKED_FOR:
            near = get_close_matches(text.casefold(), self._found, n=NAMED_IN_A_REFUSAL)
            codes = dict.fromkeys(str(getattr(self._found[name], self._code)) for name in near)
            self._looked_for[text] = list(codes)
        return self._looked_for.get(text, [])

    def show(self, value: Any) -> str:
        return "" if value is None else str(getattr(value, self._code))

    def meanings(self) -> Sequence[Meaning]:
        return [(str(getattr(row, self._code)), str(row)) for row in self.rows.values()]


def _choose_from(more: int) -> str:
    if more <= 0:
        return _("“%(text)s” kun je hier niet kiezen. Kies uit: %(names)s.")
    return ngettext(
        "“%(text)s” kun je hier niet kiezen. Kies uit: %(names)s en nog %(more)d andere.",
        "“%(text)s” kun je hier niet kiezen. Kies uit: %(names)s en nog %(more)d andere.",
        more,
    )


class SomeOf(OneOf):
    """Some of these rows, separated by commas. Others that are linked already are not shown, and stay linked."""

    def read(self, raw: Any) -> Any:
        chosen = {self.row(text).pk for text in separate(text_of(raw))}
        return [row for row in self.rows.values() if row.pk in chosen]

    def show(self, value: Any) -> str:
        chosen = {row.pk for row in value or ()}
        return ", ".join(str(getattr(row, self._code)) for row in self.rows.values() if row.pk in chosen)
