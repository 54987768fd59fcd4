"""The kinds of value that a column can hold: how each is read, and how it is written for Excel and for people."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any, Final, TypeAlias

from django.utils.translation import gettext as _

from content.clock import AMSTERDAM
from content.domain.exchange.cells import clock_time_of, moment_of, number_of, quoted, text_of, time_of, whole_number_of
from content.domain.exchange.errors import CellError
from content.richtext import clean_html

Written: TypeAlias = str | int | float | Decimal | datetime | None
Meaning: TypeAlias = tuple[str, str]  # what is filled in, and what it means
YES: Final = frozenset({"ja", "j", "waar", "true", "1", "x", "yes"})
NO: Final = frozenset({"nee", "n", "onwaar", "false", "0", "no"})


class Text:
    """Plain text."""

    number_format = ""

    def read(self, raw: Any) -> Any:
        """What the form field takes; "" or None for an empty cell. Raises CellError."""
        return text_of(raw)

    def show(self, value: Any) -> str:
        """In a csv file and on the page. Two values are the same when they show the same."""
        return "" if value is None else str(value).replace("\r\n", "\n").strip()

    def is_as_shown(self, raw: Any, shown: str) -> bool:
        """Is a cell, before it is read, as it was written?"""
        return isinstance(raw, str) and raw.strip() == shown

    def spread(self, value: Any) -> Written:
        """In a cell of Excel."""
        return self.show(value)

    def meanings(self) -> Sequence[Meaning]:
        """What can be filled in, where that is a list."""
        return ()


class Prose(Text):
    """Rich text, as HTML; whatever else is typed becomes paragraphs, and what the site does not know goes."""

    def read(self, raw: Any) -> str:
        return clean_html(text_of(raw)) or ""


class Whole(Text):
    """A whole number."""

    def read(self, raw: Any) -> int | None:
        return whole_number_of(raw)

    def spread(self, value: Any) -> Written:
        return None if value is None else int(value)


class Amount(Text):
    """Euros and cents."""

    number_format = "#,##0.00"

    def read(self, raw: Any) -> Decimal | None:
        number = number_of(raw)
        return None if number is None else round(number, 4).normalize()  # 12.1 of Excel may be 12.100000000000001

    def show(self, value: Any) -> str:
        return "" if value is None else f"{value:.2f}".replace(".", ",")

    def spread(self, value: Any) -> Written:
        return value


class Moment(Text):
    """A day with a time, in Dutch time."""

    number_format = "dd-mm-yyyy hh:mm"

    def read(self, raw: Any) -> Any:
        return moment_of(raw)

    def show(self, value: Any) -> str:
        return "" if value is None else self._told(value.astimezone(AMSTERDAM))

    def is_as_shown(self, raw: Any, shown: str) -> bool:
        """Read anew the hour that the clock has twice in autumn would be refused."""
        clock_time = clock_time_of(raw)
        return super().is_as_shown(raw, shown) if clock_time is None else self._told(clock_time) == shown

    def spread(self, value: Any) -> Written:
        return None if value is None else value.astimezone(AMSTERDAM).replace(tzinfo=None)

    def _told(self, local: datetime) -> str:
        return f"{local:%d-%m-%Y %H.%M}"


class MomentOrTime(Moment):
    """A moment, or a time alone: then the day stands in another column."""

    def read(self, raw: Any) -> datetime | time | None:
        alone = time_of(raw)
        return moment_of(raw) if alone is None else alone


class YesNo(Text):
    """Ja or nee."""

    def read(self, raw: Any) -> bool | None:
        if isinstance(raw, bool):
            return raw
        text = text_of(raw).casefold()
        if text and text not in YES | NO:
            raise CellError(_("Vul ja of nee in."))
        return text in YES if text else None

    def show(self, value: Any) -> str:
        return "" if value is None else "ja" if value else "nee"

    def meanings(self) -> Sequence[Meaning]:
        return [("ja", ""), ("nee", "")]


class Choice(Text):
    """One of a fixed list, by its Dutch name; the code is understood too."""

    def __init__(self, choices: Iterable[tuple[Any, Any]]) -> None:
        self._labels = {str(code): str(label) for code, label in choices if code not in (None, "")}
        self._codes = {text.casefold(): code for code, label in self._labels.items() for text in (code, label)}

    def read(self, raw: Any) -> str:
        text = text_of(raw)
        return self.code(text) if text else ""

    def code(self, text: str) -> str:
        if text.casefold() not in self._codes:
            sentence = _("“%(text)s” staat niet in de lijst. Kies uit: %(names)s.")
            raise CellError(sentence % {"text": quoted(text), "names": ", ".join(self._labels.values())})
        return self._codes[text.casefold()]

    def show(self, value: Any) -> str:
        return self._labels.get(str(value), "") if value else ""

    def meanings(self) -> Sequence[Meaning]:
        return [(label, "") for label in self._labels.values()]


class Several(Choice):
    """Some of a fixed list, separated by commas."""

    def read(self, raw: Any) -> Any:
        chosen = {self.code(text) for text in separate(text_of(raw))}
        return [code for code in self._labels if code in chosen]

    def show(self, value: Any) -> str:
        return ", ".join(label for code, label in self._labels.items() if code in (value or ()))


def separate(text: str) -> list[str]:
    """The parts of a list in one cell."""
    parts = text.replace(";", ",").replace("\n", ",").split(",")
    return [part.strip() for part in parts if part.strip()]
