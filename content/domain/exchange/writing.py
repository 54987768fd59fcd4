"""A list as xlsx or csv that Dutch Excel opens right, without a live formula in it; and an empty one to fill in."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from content.domain.exchange.cells import INVISIBLE
from content.domain.exchange.columns import Column
from content.domain.exchange.errors import FileError
from content.domain.exchange.escaping import escaped
from content.domain.exchange.kinds import Text, Written

XLSX: Final = "xlsx"
CSV: Final = "csv"
CONTENT_TYPES: Final = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}
_TITLE_MAX: Final = 31  # of a sheet, in Excel
_LONGEST: Final = 32_767  # characters in a cell of Excel; the library would cut the rest off


def rows_of(columns: Sequence[Column], subjects: Iterable[Any], suffix: str) -> Iterable[list[Written]]:
    """Cells of each subject: values for Excel, texts for csv."""
    for subject in subjects:
        yield [
            column.kind.spread(column.of(subject)) if suffix == XLSX else column.shown(subject) for column in columns
        ]


def written(
    suffix: str,
    *,
    title: str,
    columns: Sequence[Column] = (),
    headings: Sequence[str] = (),
    rows: Iterable[Sequence[Written]] = (),
    explained: bool = False,
) -> bytes:
    """`columns` bring their headings along, and with `explained` a second sheet about them; csv has no second sheet."""
    headings = [column.heading for column in columns] or list(headings)
    if suffix == CSV:
        return _csv(headings, rows)
    book = Workbook(write_only=True)
    _sheet(book, title, headings, rows, [column.kind for column in columns])
    if explained:
        explanation = _explanation(column for column in columns if not column.is_shown_only)
        _sheet(book, _("Uitleg"), [_("Kolom"), _("Wat vul je in?"), _("Keuze"), _("Betekenis")], explanation, [])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _csv(headings: Sequence[str], rows: Iterable[Sequence[Written]]) -> bytes:
    """Everything in quotes: no other separator finds a cell inside a text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(headings)
    for row in rows:
        writer.writerow(["" if cell is None else escaped(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _sheet(
    book: Any, title: str, headings: Sequence[str], rows: Iterable[Sequence[Written]], kinds: list[Text]
) -> None:
    sheet = book.create_sheet(title[:_TITLE_MAX].translate(str.maketrans("[]:*?/\\", "       ")))
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(headings, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(14, min(44, len(heading) + 4))
    formats = [kind.number_format for kind in kinds] or [""] * len(headings)
    sheet.append([_cell(sheet, heading, bold=True) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, value, shape) for value, shape in zip(row, formats, strict=True)])


def _cell(sheet: Any, value: Written, number_format: str = "", *, bold: bool = False) -> Any:
    """A text is marked as one, so that nothing in it is ever counted out."""
    content: Any = (_fitting(value) or None) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, content)
    if isinstance(content, str):
        cell.data_type = "s"
    if number_format:
        cell.number_format = number_format
    if bold:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    return cell


def _fitting(text: str) -> str:
    if len(text) >= _LONGEST:
        raise FileError(_("Er is een tekst bij die te lang is voor een cel van Excel. Kies csv."))
    return escaped(INVISIBLE.sub("", text))


def _explanation(columns: Iterable[Column]) -> Iterable[list[Written]]:
    """A row for each column, and below it one for each of its choices."""
    for column in columns:
        must = _("Verplicht.") if column.is_required and column.default is None else ""
        yield [column.heading, " ".join(filter(None, [must, column.help])), "", ""]
        for choice, meaning in column.kind.meanings():
            yield ["", "", choice, meaning]
