"""From a cell as it was typed to text, a number or a moment, the way people in the Netherlands write those."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel

from content.domain.exchange.errors import CellError, NoNumberError
from content.domain.exchange.escaping import unescaped
from content.domain.exchange.tables import Unreadable

INVISIBLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_DAY: Final = r"(?:(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})|(?P<iso>\d{4}-\d{2}-\d{2}))"
_CLOCK: Final = r"(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:]\d{2})?"
_MOMENT: Final = re.compile(rf"{_DAY}[ T]+{_CLOCK}(?: ?uur)?")
_TIME: Final = re.compile(rf"{_CLOCK}(?: ?uur)?")
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_051  # 2000 and 2100 as Excel counts days
_LARGEST: Final = 10**9
_LONGEST_QUOTE: Final = 60


def text_of(raw: Any) -> str:
    """Text in one form: no escape, no space around it, lines ended by a newline."""
    if isinstance(raw, Unreadable):
        raise CellError(raw.sentence)
    if isinstance(raw, bool | date | time):
        raise CellError(
            _("Excel maakte hier iets anders van dan tekst. Zet de cel op “Tekst” en typ de waarde opnieuw.")
        )
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = "" if raw is None else normalize("NFC", str(raw)).replace("\r\n", "\n").replace("\r", "\n")
    if INVISIBLE.search(text):
        raise CellError(_("Hier staat een onzichtbaar teken dat niet kan. Typ de tekst opnieuw."))
    return unescaped(text.strip()).strip()


def quoted(text: str) -> str:
    """For a sentence about it; a whole story in one cell is named by its begin."""
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE].rstrip()}…"


def number_of(raw: Any) -> Decimal | None:
    """12, 12,50, € 1.250,00 and 12.50; None for an empty cell."""
    number = _number(raw)
    if number is None:
        return None
    if not -_LARGEST < number < _LARGEST:  # so infinite and undefined numbers go too
        raise CellError(_("Dit getal is te groot. Kijk of er een cijfer te veel staat."))
    return number if isinstance(number, Decimal) else Decimal(repr(number))


def whole_number_of(raw: Any) -> int | None:
    """The same without cents; 12,0 is 12."""
    try:
        number = number_of(raw)
    except NoNumberError as error:
        raise _no_whole_number() from error
    if number is not None and number != int(number):
        raise _no_whole_number()
    return None if number is None else int(number)


def _number(raw: Any) -> Decimal | float | None:
    """As it stands there, however large."""
    if isinstance(raw, bool):
        raise NoNumberError
    if isinstance(raw, date | time):
        raise CellError(_("Excel maakte hier een datum of tijd van. Zet de cel op “Getal” en typ het getal opnieuw."))
    if isinstance(raw, int | float):
        return raw
    text = re.sub(r"[€\s]", "", text_of(raw))
    if not text:
        return None
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", text) or "," in text:
        text = text.replace(".", "").replace(",", ".")
    if not re.fullmatch(r"-?\d{1,30}(\.\d{1,12})?", text):
        raise NoNumberError
    return Decimal(text)


def _no_whole_number() -> CellError:
    return CellError(_("Vul een heel getal in, zoals 12."))


def clock_time_of(raw: Any) -> datetime | None:
    """What a cell of Excel with a day and a time shows, to the second; None for any other cell."""
    if isinstance(raw, int | float) and not isinstance(raw, bool) and _FIRST_SERIAL <= raw < _LAST_SERIAL:
        raw = from_excel(raw)
    if not isinstance(raw, datetime):
        return None
    return (raw + timedelta(milliseconds=500)).replace(microsecond=0, tzinfo=None)


def moment_of(raw: Any) -> datetime | None:
    """A day with a time on the Dutch clock; None for an empty cell."""
    shown = clock_time_of(raw)
    is_number = isinstance(raw, int | float)  # shows no time at all
    if isinstance(raw, date) if shown is None else is_number and shown.time() == time():
        raise CellError(_("Hier staat een dag zonder tijd. Zet de tijd erbij, zoals 02-07-2026 14.00."))
    if shown is not None:
        return on_the_dutch_clock(shown)
    if isinstance(raw, bool | time):
        raise _no_moment()
    text = text_of(raw)
    if not text:
        return None
    found = _MOMENT.fullmatch(text)
    if not found:
        raise _no_moment()
    day = found["iso"] or f"{found['y']}-{found['m']:0>2}-{found['d']:0>2}"
    try:
        return on_the_dutch_clock(datetime.fromisoformat(f"{day}T{found['hour']:0>2}:{found['minute']}"))
    except ValueError as error:
        raise _no_moment() from error


def time_of(raw: Any) -> time | None:
    """A time without a day, where the cell holds just that."""
    if isinstance(raw, time):
        return raw.replace(second=0, microsecond=0)
    found = _TIME.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if not found:
        return None
    try:
        return time(int(found["hour"]), int(found["minute"]))
    except ValueError as error:
        raise _no_moment() from error


def on_the_dutch_clock(naive: datetime) -> datetime:
    """Refuses the hour that the clock skips in spring and the one that it has twice in autumn."""
    try:
        return from_current_timezone(naive)
    except (ValidationError, OverflowError) as error:
        raise CellError(
            _("Op dit tijdstip wordt de klok verzet: het bestaat niet, of twee keer. Kies een andere tijd.")
        ) from error


def _no_moment() -> CellError:
    return CellError(_("Vul een dag met een tijd in, zoals 02-07-2026 14.00."))
