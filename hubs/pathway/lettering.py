"""How wide a name becomes on the map and how it breaks into lines. An estimate on the safe side: no fonts are read."""

from __future__ import annotations

import re

# Widths in em of a bold grotesque, rounded up, so that a label never becomes wider than its estimate.
_NARROW, _SLIM, _PLAIN, _ROUND, _WIDE = 0.3, 0.41, 0.58, 0.64, 0.92
_WIDTHS = (
    dict.fromkeys("ijl.,:;'’|! ", _NARROW)
    | dict.fromkeys("frt-()[]/", _SLIM)
    | dict.fromkeys("aceksvxyz0123456789", _PLAIN)
    | dict.fromkeys("bdghnopqu", _ROUND)
    | dict.fromkeys("mwMW@%", _WIDE)
)
_CAPITAL = 0.8


def width(text: str, size: float) -> float:
    """Width in user units of a text in bold type of this size; never less than the drawn width."""
    return sum(_WIDTHS.get(letter, _CAPITAL) for letter in text) * size


def lines(text: str, size: float, room: float) -> tuple[str, ...]:
    """Break a name at spaces and hyphens so that every line fits `room`; a word that is longer still is cut with a
    hyphen."""
    done: list[str] = []
    current = ""
    for part in _parts(text, size, room):
        if current and width((current + part).rstrip(), size) > room:
            done.append(current.rstrip())
            current = ""
        current += part
    return (*done, current.rstrip()) if current else tuple(done)


def _parts(text: str, size: float, room: float) -> list[str]:
    parts: list[str] = []
    for word in re.findall(r"[^\s-]+-?\s*|-\s*", text.strip()):
        rest = word
        while width(rest.rstrip(), size) > room and len(rest) > 3:
            cut = len(rest) - (4 if len(rest) > 7 else 2)  # no loose letters on the next line
            while cut > 2 and width(rest[:cut] + "-", size) > room:
                cut -= 1
            parts.append(rest[:cut] + "-")
            rest = rest[cut:]
        parts.append(rest)
    return parts
