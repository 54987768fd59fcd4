"""Drawing pieces that both maps share: rounded paths, parallel tracks, the order of painting, labels and badges."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hubs.pathway import lettering
from hubs.pathway.network import CHANGE, OUTSIDE, Line, Network, Stop
from hubs.pathway.shapes import Badge, Box, Count, Station, Stroke, Words

Point = tuple[float, float]

# What the lines have inside, in shares of the track's width: how wide, and the dashes. Solid, core, dots, ties,
# stitches, wagons. It goes with the colour, so that a new hub leaves the lines of the others as people know them.
WEAVES: dict[str, tuple[float, tuple[float, ...]]] = {
    "orange": (0, ()),
    "blue": (0.28, ()),
    "green": (0.45, (0, 1.05)),
    "purple": (1.1, (0.2, 0.8)),
    "teal": (0.28, (0.9, 0.7)),
    "magenta": (1.1, (0.3, 2.4)),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """The measures of one map: track width and distance, station radius, type size."""

    track: float
    gap: float
    radius: float
    font: float
    leading: float
    badge: float

    @property
    def thin(self) -> float:
        return round(self.track * 0.34, 1)

    def reach(self, tracks: int) -> float:
        """From the middle of a station to its edge when so many tracks pass through."""
        return self.radius + max(0, tracks - 1) * self.gap / 2


@dataclass(frozen=True, slots=True)
class Track:
    """A strand (hub slug, CHANGE or OUTSIDE) along corner points; a CHANGE has the hub it leads to, if that is one."""

    strand: str
    points: tuple[Point, ...]
    bend: float
    leads_to: str = ""


def spread(index: float, of: int, gap: float) -> float:
    """Where the index-th of so many parallel tracks lies, measured from their middle."""
    return (index - (of - 1) / 2) * gap


def parallel(points: Sequence[Point], distance: float) -> tuple[Point, ...]:
    """The same polyline, `distance` to the right of the direction of travel (y grows downwards)."""
    normals: list[Point] = []
    for (x0, y0), (x1, y1) in pairwise(points):
        length = math.hypot(x1 - x0, y1 - y0)
        normals.append((-(y1 - y0) / length, (x1 - x0) / length))
    moved: list[Point] = []
    for index, (x, y) in enumerate(points):
        (ax, ay), (bx, by) = (normals[max(0, index - 1)], normals[min(index, len(normals) - 1)])
        stretch = distance / (1 + ax * bx + ay * by)
        moved.append((x + (ax + bx) * stretch, y + (ay + by) * stretch))
    return tuple(moved)


def enters(start: Point, end: Point, x: float, y: float, half_width: float, half_height: float) -> bool:
    """Whether a straight piece touches the rectangle around (x, y): clipped to it, something is left."""
    first, last = 0.0, 1.0
    for begin, span, middle, half in (
        (start[0], end[0] - start[0], x, half_width),
        (start[1], end[1] - start[1], y, half_height),
    ):
        if not span:
            if abs(begin - middle) >= half:
                return False
            continue
        one, other = sorted(((middle - half - begin) / span, (middle + half - begin) / span))
        first, last = max(first, one), min(last, other)
    return first < last


def path(points: Sequence[Point], bend: float) -> str:
    """SVG path data through the points, its corners cut off `bend` units before and after the corner and rounded."""
    parts = [f"M{_pair(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        parts.append(f"L{_pair(_towards(corner, before, bend))}Q{_pair(corner)} {_pair(_towards(corner, after, bend))}")
    return "".join(parts) + f"L{_pair(points[-1])}"


def _towards(start: Point, end: Point, distance: float) -> Point:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1
    share = min(distance, length / 2) / length
    return start[0] + dx * share, start[1] + dy * share


def _pair(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def paint(tracks: Iterable[Track], network: Network, scale: Scale) -> tuple[Stroke, ...]:
    """Strokes in painting order: travel outside the hubs, changes, then each hub: casings, bodies, weave.

    All casings of a hub come before its bodies, so that its branches join without a seam, and crossings read as over
    and under.
    """
    every = list(tracks)
    colours = {line.slug: line.colour for line in network.lines}
    strokes = [_stroke(track, "outside", scale.thin) for track in every if track.strand == OUTSIDE]
    for track in every:
        if track.strand == CHANGE:
            colour = colours.get(track.leads_to)
            strokes.append(
                _stroke(
                    track,
                    f"change hub-{colour}" if colour else "change",
                    scale.thin,
                    f"{scale.thin * 1.4:.1f} {scale.thin:.1f}",
                )
            )
    for line in network.lines:
        own = [track for track in every if track.strand == line.slug]
        strokes += [_stroke(track, "casing", scale.track + 5) for track in own]
        strokes += [_stroke(track, f"track hub-{line.colour}", scale.track) for track in own]
        share, dashes = WEAVES.get(line.colour, (0, ()))
        if share:
            dash = " ".join(f"{part * scale.track:.1f}" for part in dashes)
            strokes += [_stroke(track, "weave", scale.track * share, dash) for track in own]
    return tuple(strokes)


def _stroke(track: Track, css: str, width: float, dash: str = "") -> Stroke:
    return Stroke(path(track.points, track.bend), css, round(width, 1), dash, track.strand, track.points)


def words(text: str, x: float, y: float, size: float, anchor: str) -> Words:
    """A line of text with its baseline at y, and the room it needs."""
    wide = lettering.width(text, size)
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
    box = Box(round(left, 1), round(y - size * 0.8, 1), round(wide, 1), round(size, 1))
    return Words(text, round(x, 1), round(y, 1), size, anchor, box)


def label(lines: Sequence[str], x: float, bottom: float, scale: Scale, anchor: str) -> tuple[Words, ...]:
    """The lines of a name, the last baseline at `bottom`."""
    first = bottom - (len(lines) - 1) * scale.leading
    return tuple(words(text, x, first + row * scale.leading, scale.font, anchor) for row, text in enumerate(lines))


def badge(line: Line, x: float, y: float, size: float) -> Badge:
    x, y = round(x), round(y)  # on whole pixels: a letter this small blurs between them
    box = Box(round(x - size / 2, 1), round(y - size / 2, 1), size, size)
    return Badge(line.letter, line.colour, box, words(line.letter, x, y + size * 0.26, round(size * 0.72, 1), "middle"))


def box_around(x: float, y: float, half_width: float, half_height: float, radius: float = 0) -> Box:
    return Box(
        round(x - half_width, 1), round(y - half_height, 1), round(half_width * 2, 1), round(half_height * 2, 1), radius
    )


def station(
    stop: Stop, network: Network, scale: Scale, boxes: Sequence[Box], name: Sequence[Words], *, bar: str = ""
) -> Station:
    """A stop with the number of its programmes in the first of its boxes; without hubs it carries its name only."""
    counts = tuple(Count(line.name, stop.counts[line.slug]) for line in network.lines if stop.counts.get(line.slug))
    total = sum(count.number for count in counts)
    number = None
    if stop.hubs:
        middle = boxes[0].x + boxes[0].width / 2, boxes[0].y + boxes[0].height / 2
        size = round(scale.radius * (0.76 if total > 99 else 0.96))
        number = words(str(total), middle[0], middle[1] + size * 0.35, size, "middle")
    return Station(stop, total, counts, tuple(boxes), bar, round(scale.track / 3, 1), number, tuple(name))
