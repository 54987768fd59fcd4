"""The ways of the horizontal map: fans, joins, and what leads to work, past stations that a line does not serve."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from hubs.pathway import lettering, pen
from hubs.pathway.horizontal.docking import is_fan
from hubs.pathway.horizontal.node import APPROACH, BEND, FAN_EARLIEST, LEAD, SCALE, STEEPER, TAIL, WORK_AT, Node, Ways
from hubs.pathway.network import Network, Route, Stage
from hubs.pathway.pen import Point, Track


def draw_way(ways: Ways, nodes: dict[str, Node], route: Route) -> list[Track]:
    start, end = nodes[route.from_key], nodes.get(route.to_key)
    made: list[Track] = []
    for strand in ways[route]:
        leave = start.leaves.get((route.to_key, strand), 0.0)
        if end is None:
            made.append(Track(strand, _to_work(nodes, start, leave), BEND))
            continue
        enter = end.enters.get((route.from_key, strand), 0.0)
        points = (
            _fan(nodes, start, end, leave, enter)
            if is_fan(nodes, route)
            else _join(ways, nodes, start, end, leave, enter)
        )
        hubs = sorted(end.stop.hubs)
        made.append(Track(strand, points, BEND, hubs[0] if len(hubs) == 1 else ""))
    return made


def _to_work(nodes: dict[str, Node], start: Node, leave: float) -> tuple[Point, ...]:
    """Straight to the terminal, or around the stations that lie in the way, below them."""
    y = start.y + leave
    later = [node for node in nodes.values() if node.x > start.x + 1]
    clear = SCALE.track / 2 + 5
    while blocking := [node for node in later if abs(node.y - y) < node.half_height + clear - 0.1]:
        y = max(node.y + node.half_height for node in blocking) + clear
    nearest = start.x + start.half_width + LEAD
    return _bent(start.x, WORK_AT + 4, nearest, nearest + abs(y - start.y - leave), start.y + leave, y, 0)


def _fan(nodes: dict[str, Node], start: Node, end: Node, leave: float, enter: float) -> tuple[Point, ...]:
    """Straight on, then slanting, then straight: all tracks of a fan turn at the same point and slant alike.

    They turn so late that the outermost passes the name above the stop where they begin.
    """
    column = [node for node in nodes.values() if node.stop.stage is end.stop.stage]
    sources = [node for node in nodes.values() if node.stop.stage is start.stop.stage]
    highest = max(abs(a.y - b.y) for a in column for b in sources) or 1
    latest = end.x - end.half_width - APPROACH
    earliest = start.x + SCALE.radius + FAN_EARLIEST
    slant = min(1.0, (latest - earliest) / highest)
    outermost = start.half_height - SCALE.radius
    name = max(lettering.width(line, SCALE.font) for line in start.name)
    past_name = name + SCALE.track / 2 - SCALE.radius * slant + outermost * (math.hypot(1, slant) - slant)
    slant = min(slant, (latest - past_name) / highest) if name < latest / 2 else slant
    turn = latest - highest * slant
    return _bent(
        start.x, end.x, turn, turn + abs(end.y + enter - leave - start.y) * slant, start.y, end.y + enter - leave, leave
    )


def _join(ways: Ways, nodes: dict[str, Node], start: Node, end: Node, leave: float, enter: float) -> tuple[Point, ...]:
    """The mirror of a fan: all that join at a stop from one column meet at one point, early unless they step in later.
    The mirror of a fan: all that join at a stop from one column meet at one point, early unless they step in later."""
    sources = [nodes[route.from_key] for route in ways if route.to_key == end.stop.key]
    highest = max(abs(node.y - end.y) for node in sources if node.stop.stage is start.stop.stage)
    alone = start.stop.stage is not Stage.SECONDARY
    nearest = start.x + (1 if start.is_late else start.half_width + (2 if alone else LEAD))
    latest = end.x - end.half_width - 12
    slant = min(1.0, (latest - nearest) / (highest or 1))
    y0 = start.y + leave - enter
    for steeper in STEEPER:
        run = highest * slant * steeper
        meet = latest if start.is_late else min(latest, nearest + run)
        points = _bent(start.x, end.x, meet - abs(end.y - y0) * slant * steeper, meet, y0, end.y, enter)
        if not any(_passes(points, node) for node in nodes.values() if node not in (start, end)):
            break
    return points[::-1]


def _passes(points: Sequence[Point], node: Node) -> bool:
    """Whether a track along these points would touch the station."""
    near = SCALE.track / 2 + 3
    return any(
        pen.enters(a, b, node.x, node.y, node.half_width + near, node.half_height + near) for a, b in pairwise(points)
    )


def _bent(x0: float, x1: float, turn: float, back: float, y0: float, y1: float, offset: float) -> tuple[Point, ...]:
    if abs(y1 - y0) < 0.5:
        return ((x0, y0 + offset), (x1, y0 + offset))
    moved = pen.parallel(((x0, y0), (turn, y0), (back, y1), (x1, y1)), offset)
    return ((x0, y0 + offset), *moved[1:3], (x1, y1 + offset))


def loose_ends(network: Network, nodes: dict[str, Node]) -> list[Track]:
    """Lines from outside the map: stepping in from the side, and a short piece where a hub has a stop but no route."""
    made: list[Track] = []
    for node in nodes.values():
        if node.is_late:
            hubs = [line.slug for line in network.lines if line.slug in node.stop.hubs]
            for index, hub in enumerate(hubs):
                onward = [offset for (_, other), offset in node.leaves.items() if other == hub]
                offset = onward[0] if onward else pen.spread(index, len(hubs), SCALE.gap)
                tail = ((node.x - TAIL, node.y + TAIL), (node.x, node.y), (node.x + 1, node.y))
                made.append(Track(hub, pen.parallel(tail, offset), BEND))
            continue
        for hub, offset in node.loose.items():
            side = 1 if node.stop.stage is Stage.PRIMARY else -1
            far = node.x + side * (SCALE.radius + APPROACH + 10)
            made.append(Track(hub, ((far, node.y + offset), (node.x, node.y + offset)), BEND))
    return made
