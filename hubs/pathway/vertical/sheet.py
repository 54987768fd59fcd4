"""The sheet of the vertical map while it is being drawn: its measures, lanes, letters and knobs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hubs.pathway import pen
from hubs.pathway.network import CHANGE, OUTSIDE, Network, Stage, Stop
from hubs.pathway.pen import Scale, Track
from hubs.pathway.shapes import Badge, Box, Station, Words

WIDTH = 288.0
SCALE = Scale(track=9, gap=12, radius=17, font=17, leading=19, badge=16)
LEFT = 20.0
LANES_FROM = 278.0  # the outermost lane on the right
TRUNK_AT = 168.0  # the rightmost line of the lower half
LATE_AT = 30.0
BEND = 14.0
PLATE_ROOM = 84.0
TERMINAL = 60.0
KNOB = 5.5
GRADES = (Stage.MBO, Stage.POST_INITIAL)
PLATE, GRADE = "plate", "grade"

Way = tuple[str, str]  # a strand, and PLATE or GRADE


@dataclass
class Sheet:
    """The map as far as it is drawn: everything above `y` is done.

    `lanes` are the x of what goes on from the secondary schools, `pending` the pieces that wait for the end of their
    lane. Below, `grades` are the stops on the common tracks, `xs` the track of each hub there, `knobs` where a change
    reaches such a stop; `plates` are further learning outside the hubs. `late` are the ways to work of those who step
    in later.
    """

    network: Network
    y: float = 8
    tracks: list[Track] = field(default_factory=list)
    badges: list[Badge] = field(default_factory=list)
    stations: list[Station] = field(default_factory=list)
    spots: dict[str, tuple[float, float]] = field(default_factory=dict)
    lanes: dict[Way, float] = field(default_factory=dict)
    pending: list[tuple[Way, float, float]] = field(default_factory=list)
    late: list[tuple[str, float, float]] = field(default_factory=list)
    knobs: dict[str, tuple[float, float]] = field(default_factory=dict)
    plates_end: float = 0
    grades: list[Stop] = field(default_factory=list)
    plates: list[Stop] = field(default_factory=list)
    xs: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ways = self.network.ways()
        self.lines = {line.slug: line for line in self.network.lines}

    def hubs(self, stop: Stop) -> list[str]:
        return [line.slug for line in self.network.lines if line.slug in stop.hubs]

    def badge(self, hub: str, x: float, y: float) -> None:
        self.badges.append(pen.badge(self.lines[hub], x, y, SCALE.badge))

    def add(self, stop: Stop, boxes: Sequence[Box], name: Sequence[Words], bar: str = "") -> None:
        self.stations.append(pen.station(stop, self.network, SCALE, boxes, name, bar=bar))
        self.spots[stop.key] = (boxes[0].x + boxes[0].width / 2, boxes[0].y + boxes[0].height / 2)


def only_hub(stop: Stop | None) -> str:
    """The hub of a stop that has one, whose colour a change to that stop takes; else nothing."""
    return next(iter(stop.hubs)) if stop is not None and len(stop.hubs) == 1 else ""


def kind_of(sheet: Sheet, key: str) -> str:
    """Whether a way goes to a plate of further learning outside the hubs, or on to the lower half."""
    stop = sheet.network.stop(key)
    return PLATE if stop is not None and stop.stage is Stage.HIGHER and not stop.hubs else GRADE


def lane_order(sheet: Sheet, way: Way) -> tuple[bool, int]:
    order = [OUTSIDE, CHANGE, *reversed(sheet.lines)]
    return way[1] != PLATE, order.index(way[0])


def draw_letters(sheet: Sheet, places: Iterable[tuple[str, float]], y: float) -> None:
    """Letters on neighbouring tracks, alternately higher and lower, because they are wider than a track."""
    for index, (hub, x) in enumerate(sorted(places, key=lambda place: place[1])):
        sheet.badge(hub, x, y + index % 2 * 13)


def make_knobs(own: Sequence[float], passing: Iterable[float], y: float, aside: float) -> tuple[list[Box], str]:
    """A capsule over the tracks that stop here. Where others pass too near, a knob on each track that stops, tied to
    a circle
    aside which carries the number."""
    near = SCALE.radius + SCALE.track
    if not any(own[0] - near < x < own[-1] + near for x in set(passing) - set(own)):
        return [
            pen.box_around((own[0] + own[-1]) / 2, y, SCALE.radius + (own[-1] - own[0]) / 2, SCALE.radius, SCALE.radius)
        ], ""
    ends = (min(aside, own[0]), max(aside, own[-1]))
    knobs = [pen.box_around(x, y, KNOB, KNOB, KNOB) for x in own]
    return [
        pen.box_around(aside, y, SCALE.radius, SCALE.radius, SCALE.radius),
        *knobs,
    ], f"M{ends[0]:.1f} {y:.1f}H{ends[1]:.1f}"
