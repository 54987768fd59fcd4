"""What a drawn map consists of, ready for a template that only prints. Numbers are SVG user units, rounded to a tenth.
What a drawn map consists of, ready for a template that only prints. Numbers are SVG user units, rounded to a tenth."""

from __future__ import annotations

from dataclasses import dataclass

from hubs.pathway.network import Stop


@dataclass(frozen=True, slots=True)
class Stroke:
    """One drawn path; `css` are its classes, `dash` its pattern ("" is whole).

    `points` are the corners it was made from and `strand` what runs there.
    """

    d: str
    css: str
    width: float
    dash: str
    strand: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its left top corner; rounded when `radius` is given."""

    x: float
    y: float
    width: float
    height: float
    radius: float = 0

    def overlaps(self, other: Box) -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text. `anchor` as in SVG; `box` is the room it takes at most."""

    text: str
    x: float
    y: float
    size: float
    anchor: str
    box: Box


@dataclass(frozen=True, slots=True)
class Badge:
    """The letter of a hub on its line."""

    letter: str
    colour: str
    box: Box
    words: Words


@dataclass(frozen=True, slots=True)
class Count:
    """So many programmes at one hub, for the spoken label."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Station:
    """A stop on the map: a link. More than one box when a line passes between them without stopping; `bar` ties those
    together.

    `number` is absent where no hub stops (a plate with its name only).
    """

    stop: Stop
    total: int
    counts: tuple[Count, ...]
    boxes: tuple[Box, ...]
    bar: str
    line_width: float
    number: Words | None
    label: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Terminal:
    """Work: where every line ends."""

    box: Box
    x: float
    y: float
    size: float
    anchor: str
    arrow: str
    arrow_width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole map: strokes in the order to paint them, then badges, terminal and stations."""

    orientation: str
    width: float
    height: float
    strokes: tuple[Stroke, ...]
    badges: tuple[Badge, ...]
    stations: tuple[Station, ...]
    terminal: Terminal | None
    entrance: Words | None
