"""The learning pathway as plain data: stops, lines, routes, and the rules for what is on the map. No queries, no
geometry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

WORK = "work"
OUTSIDE = "outside"
CHANGE = "change"


class Stage(Enum):
    """Where in a school life a stop lies. The value orders the stages from the first school to work."""

    PRIMARY = 0
    SECONDARY = 1
    LATERAL = 2
    MBO = 3
    POST_INITIAL = 4
    HIGHER = 5


@dataclass(frozen=True, slots=True)
class Stop:
    """A station: a level or a group of levels.

    `counts` are published programmes by hub slug; `served` may name hubs that have none yet.
    """

    key: str
    name: str
    note: str
    stage: Stage
    position: int
    url: str
    counts: Mapping[str, int] = field(default_factory=dict)
    served: frozenset[str] = frozenset()
    ends_in_work: bool = False

    @property
    def hubs(self) -> frozenset[str]:
        """Slugs of the hubs that stop here: those that say so and those that have a programme."""
        return self.served | {slug for slug, count in self.counts.items() if count}


@dataclass(frozen=True, slots=True)
class Line:
    """A hub. `colour` is the end of its CSS class `hub-<colour>`."""

    slug: str
    letter: str
    name: str
    colour: str
    url: str


@dataclass(frozen=True, slots=True)
class Route:
    """From one stop one can go on to another, or to WORK."""

    from_key: str
    to_key: str


@dataclass(frozen=True)
class Network:
    """What the map and its table show. Build it with `build_network`, which keeps the rules."""

    stops: tuple[Stop, ...]
    lines: tuple[Line, ...]
    routes: tuple[Route, ...]

    def at(self, stage: Stage) -> list[Stop]:
        return [stop for stop in self.stops if stop.stage is stage]

    def stop(self, key: str) -> Stop | None:
        return next((stop for stop in self.stops if stop.key == key), None)

    def strands(self, route: Route) -> tuple[str, ...]:
        """What is drawn along a route: the slugs of the hubs at both ends; else CHANGE between hubs, OUTSIDE where no
        hub is.

        To WORK go the lines of all hubs at the stop.
        """
        start, end = self.stop(route.from_key), self.stop(route.to_key)
        if start is None or not start.hubs:
            return (OUTSIDE,)
        shared = start.hubs if end is None else start.hubs & end.hubs
        if shared:
            return tuple(line.slug for line in self.lines if line.slug in shared)
        return (CHANGE,) if end is not None and end.hubs else (OUTSIDE,)

    def ways(self) -> dict[Route, tuple[str, ...]]:
        """The routes that the map draws, with the strands along each; the table names all routes.

        Left out: routes within a stage (mavo to havo), and the part of a way to work that runs through a next stop
        anyway.
        """
        drawn = {route: self.strands(route) for route in self.routes if self._leads_on(route)}
        works = {route.from_key: strands for route, strands in drawn.items() if route.to_key == WORK}
        through: dict[str, set[str]] = {}
        for route, strands in drawn.items():
            onward = works.get(route.to_key, ())
            through.setdefault(route.from_key, set()).update(strand for strand in strands if strand in onward)
        for key, strands in works.items():
            drawn[Route(key, WORK)] = tuple(strand for strand in strands if strand not in through[key])
        return {route: strands for route, strands in drawn.items() if strands}

    def _leads_on(self, route: Route) -> bool:
        start, end = self.stop(route.from_key), self.stop(route.to_key)
        return start is not None and (end is None or start.stage.value < end.stage.value)


def build_network(stops: Iterable[Stop], lines: Iterable[Line], routes: Iterable[Route]) -> Network:
    """Order everything and apply the rules.

    Counts of hubs that are not on the map are dropped. A stop that no hub serves is left out (praktijkonderwijs),
    unless a stop on the map would otherwise lead nowhere: so hbo stays, because after vwo there is nothing else.
    `ends_in_work` adds the route to WORK. Routes from or to what is left out are dropped, and so are doubles.
    """
    known_lines = tuple(lines)
    every = sorted(
        (_on_lines(stop, known_lines) for stop in stops), key=lambda stop: (stop.stage.value, stop.position, stop.key)
    )
    given = list(routes) + [Route(stop.key, WORK) for stop in every if stop.ends_in_work]
    after: dict[str, list[str]] = {}
    for route in given:
        after.setdefault(route.from_key, []).append(route.to_key)
    by_key = {stop.key: stop for stop in every}
    kept = {stop.key for stop in every if stop.hubs}
    queue = list(kept)
    while queue:
        onward = after.get(queue.pop(), [])
        if not any(key == WORK or key in kept for key in onward):
            added = [key for key in onward if key in by_key]
            kept.update(added)
            queue += added
    ends = kept | {WORK}
    shown = dict.fromkeys(r for r in given if r.from_key in kept and r.to_key in ends and r.from_key != r.to_key)
    return Network(tuple(stop for stop in every if stop.key in kept), known_lines, tuple(shown))


def _on_lines(stop: Stop, lines: tuple[Line, ...]) -> Stop:
    slugs = [line.slug for line in lines]
    counts = {slug: stop.counts[slug] for slug in slugs if stop.counts.get(slug)}
    return Stop(
        stop.key,
        stop.name,
        stop.note,
        stop.stage,
        stop.position,
        stop.url,
        counts,
        stop.served & set(slugs),
        stop.ends_in_work,
    )
