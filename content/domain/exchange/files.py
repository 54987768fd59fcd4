"""Which kind of file this is, by what is in it: a name is only what somebody called it."""

from typing import Final

from django.utils.translation import gettext as _

from content.domain.exchange import csv_files, xlsx_files
from content.domain.exchange.errors import FileError
from content.domain.exchange.tables import Table, table_of

MOST_BYTES: Final = 3 * 1024**2
_ZIP: Final = b"PK\x03\x04"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_OTHERS: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"<")


def read(content: bytes, name: str) -> Table:
    """Raises FileError with a sentence for everything that is no table."""
    if len(content) > MOST_BYTES:
        raise FileError(_("Dit bestand is groter dan 3 MB. Verdeel de rijen over meer bestanden."))
    if name.lower().endswith((".xlsm", ".xltm", ".xlsb", ".xlam")):
        raise FileError(_("Bestanden met macro's gaan niet. Bewaar het als “Excel-werkmap (.xlsx)”."))
    if content.startswith(_OLD_OFFICE):
        raise FileError(
            _("Dit is een oud Excel-bestand of het heeft een wachtwoord. Bewaar het als “Excel-werkmap (.xlsx)”.")
        )
    if content.startswith(_ZIP):
        return table_of(xlsx_files.lines(content))
    if content.lstrip().startswith(_OTHERS) or name.lower().endswith((".xlsx", ".xls")):
        raise FileError(
            _("Dit is geen Excel-bestand en geen csv, ook al heet het zo. Open het in Excel en bewaar het opnieuw.")
        )
    return table_of(csv_files.lines(content))
