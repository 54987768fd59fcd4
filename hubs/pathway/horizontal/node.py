"""The sheet of the horizontal map: its measures and columns, and a stop that is being placed on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hubs.pathway import lettering
from hubs.pathway.network import Route, Stage, Stop
from hubs.pathway.pen import Scale

WIDTH = 1200.0
WORK_AT = 1112.0
SCALE = Scale(track=18, gap=22, radius=25, font=25, leading=28, badge=22)
LABEL_ABOVE = 13.0
APPROACH = 44.0  # straight track before a station, room for the badges
LEAD = 20.0  # straight track after a station
BEND = 17.0
TAIL = 62.0  # how far the line of those who step in later comes from the side
FAN_EARLIEST = 55.0
SNAP = 25.0
STEEPER = (1.0, 0.8, 0.6, 0.4, 0.2, 0.1)  # tried in turn until a way passes no station
COLUMNS = {
    Stage.PRIMARY: 60.0,
    Stage.SECONDARY: 470.0,
    Stage.LATERAL: 560.0,
    Stage.MBO: 745.0,
    Stage.POST_INITIAL: 960.0,
    Stage.HIGHER: 1030.0,
}
ROOM = {
    Stage.PRIMARY: 205.0,
    Stage.SECONDARY: 220.0,
    Stage.LATERAL: 220.0,
    Stage.MBO: 170.0,
    Stage.POST_INITIAL: 235.0,
    Stage.HIGHER: 140.0,
}
Ways = dict[Route, tuple[str, ...]]


@dataclass
class Node:
    """A stop being placed: where it lies, and at which offset each hub enters (per source) and leaves (per target).

    `loose` are the hubs that come here on no route, with their offset.
    """

    stop: Stop
    name: tuple[str, ...]
    x: float
    y: float = 0
    enters: dict[tuple[str, str], float] = field(default_factory=dict)
    leaves: dict[tuple[str, str], float] = field(default_factory=dict)
    loose: dict[str, float] = field(default_factory=dict)
    tracks: int = 1

    @property
    def is_plate(self) -> bool:
        return not self.stop.hubs

    @property
    def half_width(self) -> float:
        if self.is_plate:
            return max(lettering.width(line, SCALE.font - 3) for line in self.name) / 2 + 14
        return SCALE.radius

    @property
    def half_height(self) -> float:
        return 9 + len(self.name) * SCALE.leading / 2 if self.is_plate else SCALE.reach(self.tracks)

    @property
    def above(self) -> float:
        """From the middle to the top of what belongs to the stop."""
        return self.half_height + (0 if self.is_plate or self.is_late else LABEL_ABOVE + len(self.name) * SCALE.leading)

    @property
    def below(self) -> float:
        return self.half_height + (len(self.name) * SCALE.leading + 4 if self.is_late else 0)

    @property
    def is_late(self) -> bool:
        """Those who step in later have their name below, because their ways go up."""
        return self.stop.stage is Stage.LATERAL


def begin(stop: Stop) -> Node:
    return Node(stop, lettering.lines(stop.name, SCALE.font, ROOM[stop.stage]), COLUMNS[stop.stage])


def top_down(stops: Sequence[Stop]) -> list[Stop]:
    """Further learning on top, stepping in later at the bottom, else the highest position first."""
    band = {Stage.HIGHER: 0, Stage.LATERAL: 2}
    return sorted(stops, key=lambda stop: (band.get(stop.stage, 1), stop.stage.value, -stop.position, stop.key))
