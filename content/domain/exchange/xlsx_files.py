"""Reading xlsx, after looking whether the archive is safe to unpack. Only the first sheet counts."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from content.domain.exchange.errors import FileError
from content.domain.exchange.tables import MOST_COLUMNS, Line, Raw, Unreadable

MOST_UNPACKED: Final = 20 * 1024**2  # bytes, of sheets and texts together; zipfile unpacks no more than it was told
MOST_OF_THE_REST: Final = 1024**2  # styles and such are read as a whole
MOST_MEMBERS: Final = 500
LAST_ROW: Final = 1_048_576  # of Excel; a file may claim more
_LARGE: Final = re.compile(r"xl/(worksheets/[^/]+\.xml|sharedStrings\.xml|media/.+)", re.IGNORECASE)
_MACROS: Final = re.compile(r"vbaProject|macrosheets", re.IGNORECASE)
_NO_CODE: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']\$?([A-Z]+\$?\d+):", re.IGNORECASE)


def lines(content: bytes) -> Iterator[Line]:
    """Whatever a hostile file makes the library raise becomes one sentence."""
    refuse_unsafe(content)
    try:
        yield from _lines(content)
    except FileError:
        raise
    except Exception as error:
        raise FileError(_unreadable()) from error


def refuse_unsafe(content: bytes) -> None:
    """Bombs, macros and what only looks like a workbook, before anything is unpacked as a whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if any(_MACROS.search(member.filename) for member in members):
                raise FileError(_("Dit bestand bevat macro's. Bewaar het als “Excel-werkmap (.xlsx)”, zonder macro's."))
            if "xl/workbook.xml" not in archive.namelist():
                raise FileError(_unreadable())
            _refuse_large(members)
            _refuse_entities(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise FileError(_unreadable()) from error


def _refuse_large(members: list[zipfile.ZipInfo]) -> None:
    rest = [member.file_size for member in members if not _LARGE.fullmatch(member.filename)]
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or max(rest, default=0) > MOST_OF_THE_REST:
        raise FileError(
            _("Dit bestand is uitgepakt te groot. Zet alleen de rijen in een nieuw bestand, zonder plaatjes en opmaak.")
        )


def _refuse_entities(archive: zipfile.ZipFile) -> None:
    """A workbook declares no types of its own; what does is meant to explode in the reader."""
    for name in archive.namelist():
        if b"<!DOCTYPE" in archive.read(name).replace(b"\0", b""):
            raise FileError(_unreadable())


def _unreadable() -> str:
    return _("Dit Excel-bestand is niet te lezen. Open het in Excel en bewaar het opnieuw als “Excel-werkmap (.xlsx)”.")


def _lines(content: bytes) -> Iterator[Line]:
    book = load_workbook(io.BytesIO(content), read_only=True)
    sheet: Any = book.worksheets[0]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        merged = _MERGED.search(archive.read(sheet._worksheet_path))
    if merged:
        sentence = _(
            "Bij cel %(cell)s zijn cellen samengevoegd. Splits ze weer, zodat elke rij elke waarde zelf heeft."
        )
        raise FileError(sentence % {"cell": merged[1].decode().replace("$", "")})
    sheet.reset_dimensions()  # what the file claims about its size is not believed
    previous = None
    for number, row in enumerate(sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS), start=1):
        if row is not previous:  # the library fills every gap with one and the same row, a million times if need be
            yield Line(number, _filled([_raw(cell) for cell in row]))
        previous = row


def _filled(cells: list[Raw]) -> list[Raw]:
    """Without what is empty at the end."""
    last = max((place for place, cell in enumerate(cells, start=1) if cell is not None), default=0)
    return cells[:last]


def _raw(cell: Any) -> Raw:
    if cell.value is None:
        return None
    match cell.data_type:
        case "f":
            return Unreadable(_("Hier staat een formule. Kopieer de cel en plak hem als waarde."))
        case "e":
            return Unreadable(_("Excel meldt hier een fout. Vul de waarde zelf in."))
    if isinstance(cell.value, datetime) and cell.value.time() == time() and not _shows_time(cell.number_format):
        return cell.value.date()  # midnight is what Excel makes of a day alone
    if isinstance(cell.value, str | int | float | bool | datetime | date | time):
        return cell.value
    return Unreadable(_("Deze cel is niet te lezen. Typ de waarde opnieuw."))


def _shows_time(number_format: str) -> bool:
    """Whether it has hours, beside what it only prints and the language that it names."""
    return "h" in _NO_CODE.sub("", number_format).lower()
