"""One line of a list "in short": a term, its value and how sure it is."""

from dataclasses import dataclass
from typing import Any

from content.localised import localised


@dataclass(frozen=True)
class Fact:
    """`lang` is set when the value is in another language than the page; `url` makes the value a link."""

    term: str
    value: str
    lang: str | None = None
    url: str = ""
    is_unconfirmed: bool = False


def fact(term: str, subject: Any, field: str, url: str = "") -> Fact:
    """A field, marked where it is still to be confirmed. One without English twin is the same in both languages."""
    if hasattr(subject, f"{field}_en"):
        value, lang = localised(subject, field)
    else:
        value, lang = str(getattr(subject, field)), None
    return Fact(term, value, lang, url, field in getattr(subject, "to_confirm", ()))
