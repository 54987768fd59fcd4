"""What a page needs to show the pathway: both maps, the legend, the table with the same content. Plain data for
templates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hubs.pathway import pen
from hubs.pathway.horizontal import draw_horizontal
from hubs.pathway.horizontal.node import SCALE
from hubs.pathway.network import CHANGE, OUTSIDE, WORK, Line, Network, Route, Stage, Stop, build_network
from hubs.pathway.shapes import Drawing, Stroke
from hubs.pathway.vertical import draw_vertical


@dataclass(frozen=True, slots=True)
class LegendLine:
    """A hub with a sample of its line, 80 by 24 units, with room for its letter at the left."""

    line: Line
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one hub offers at a stop: `serves` may be true while there is no programme yet."""

    line: Line
    serves: bool
    number: int


@dataclass(frozen=True, slots=True)
class Row:
    """A stop in the table; `onward` are the stops that one can go on to, `to_work` whether work is one of the ways on.
    A stop in the table; `onward` are the stops that one can go on to, `to_work` whether work is one of the ways on."""

    stop: Stop
    cells: tuple[Cell, ...]
    onward: tuple[Stop, ...]
    to_work: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The pathway, ready for `hubs/pathway/maps.html` and `hubs/pathway/table.html`."""

    horizontal: Drawing
    vertical: Drawing
    legend: tuple[LegendLine, ...]
    has_change: bool
    has_outside: bool
    rows: tuple[Row, ...]


def draw_pathway(stops: Iterable[Stop], lines: Iterable[Line], routes: Iterable[Route]) -> Picture:
    """Build the network by its rules and draw it twice. Pure; about a millisecond for the network of three hubs."""
    return picture_of(build_network(stops, lines, routes))


def picture_of(network: Network) -> Picture:
    """Draw a network that has been built already."""
    horizontal = draw_horizontal(network)
    drawn = {stroke.strand for stroke in horizontal.strokes}
    return Picture(
        horizontal, draw_vertical(network), legend(network), CHANGE in drawn, OUTSIDE in drawn, table_rows(network)
    )


def legend(network: Network) -> tuple[LegendLine, ...]:
    """A sample of each hub's line, as it is drawn on the map."""
    strokes = pen.paint([pen.Track(line.slug, ((12, 12), (80, 12)), 0) for line in network.lines], network, SCALE)
    return tuple(
        LegendLine(line, tuple(stroke for stroke in strokes if stroke.strand == line.slug)) for line in network.lines
    )


def table_rows(network: Network) -> tuple[Row, ...]:
    """A row per stop, from the first school to work, with every way on: also those within a stage, which the map
    leaves out.

    Stops for those who step in later come last.
    """
    by_key = {stop.key: stop for stop in network.stops}
    return tuple(
        Row(
            stop,
            tuple(Cell(line, line.slug in stop.hubs, stop.counts.get(line.slug, 0)) for line in network.lines),
            tuple(by_key[r.to_key] for r in network.routes if r.from_key == stop.key and r.to_key in by_key),
            Route(stop.key, WORK) in network.routes,
        )
        for stop in sorted(network.stops, key=lambda stop: stop.stage is Stage.LATERAL)
    )
