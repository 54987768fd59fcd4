"""Reading csv as Dutch Excel writes it: UTF-8 with a mark, Windows-1252 or Unicode text; separated by ; , or a tab."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from content.domain.exchange.errors import FileError
from content.domain.exchange.tables import MOST_COLUMNS, Line

SEPARATORS: Final = ";\t,"
LONGEST_CELL: Final = 100_000
_MARKS: Final = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def lines(content: bytes) -> Iterator[Line]:
    """Row numbers count lines of cells, as Excel does: a text of two lines is one row."""
    text = _decoded(content)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield Line(number, cells[:MOST_COLUMNS])
    except csv.Error as error:
        sentence = _("Rij %(row)d is niet te lezen: waarschijnlijk staat er een aanhalingsteken te veel of te weinig.")
        raise FileError(sentence % {"row": number + 1}) from error


def _decoded(content: bytes) -> str:
    marked = next((encoding for mark, encoding in _MARKS.items() if content.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileError(
        _("Dit is geen Excel-bestand en geen csv. Open het in Excel en bewaar het als “Excel-werkmap (.xlsx)”.")
    )


def _separator(text: str) -> str:
    """The one that occurs most in the first line with anything in it."""
    first = next((line for line in io.StringIO(text) if line.strip(SEPARATORS + "\r\n ")), "")
    return max(SEPARATORS, key=first.count)
