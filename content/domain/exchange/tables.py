"""A file as lines of cells, whatever its format. No meaning is given to a value here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final, TypeAlias

from django.utils.translation import gettext as _

from content.domain.exchange.errors import FileError

MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 100


@dataclass(frozen=True)
class Unreadable:
    """A cell that holds something else than a value, with the sentence about it."""

    sentence: str


Raw: TypeAlias = str | int | float | bool | datetime | date | time | Unreadable | None


@dataclass(frozen=True)
class Line:
    """One row; `number` is the one that Excel shows in front of it."""

    number: int
    cells: Sequence[Raw]


@dataclass(frozen=True)
class Table:
    """The headings and what stands below them, without empty rows. Lines may be shorter than the headings."""

    headings: list[str]
    lines: list[Line]


def table_of(lines: Iterable[Line]) -> Table:
    """The first row that is not empty holds the headings. Stops reading at the row that is one too many."""
    filled = (line for line in lines if any(cell not in (None, "") for cell in line.cells))
    first = next(filled, None)
    if first is None:
        raise FileError(_("Dit bestand is leeg. Download de sjabloon en vul de rijen onder de koppen in."))
    found: list[Line] = []
    for line in filled:
        if len(found) == MOST_ROWS:
            sentence = _("Dit bestand heeft meer dan %(most)s rijen. Verdeel het over meer bestanden.")
            raise FileError(sentence % {"most": most_rows()})
        found.append(line)
    if not found:
        raise FileError(_("Onder de koppen staat geen enkele rij. Vul er ten minste een in."))
    return Table([_heading(cell) for cell in first.cells], found)


def most_rows() -> str:
    """As people here write it."""
    return f"{MOST_ROWS:,}".replace(",", ".")


def _heading(cell: Any) -> str:
    return "" if cell is None or isinstance(cell, Unreadable) else " ".join(str(cell).split())
