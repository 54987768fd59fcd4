"""What stands beside the tracks of the horizontal map: letters, stations with their names, work, the entrance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from hubs.pathway import pen
from hubs.pathway.horizontal.node import LABEL_ABOVE, SCALE, TAIL, WIDTH, WORK_AT, Node
from hubs.pathway.network import Network, Stage
from hubs.pathway.pen import Point, Scale
from hubs.pathway.shapes import Badge, Box, Station, Terminal, Words

TERMINAL_FONT = 24  # "Werk" and "Work" take 2.9 of it in the widest type that stands in for ours, DejaVu Sans Bold

# The corner points of every track, by the keys of its ends and its strand.
Paths = dict[tuple[str, str, str], tuple[Point, ...]]


def draw_badges(network: Network, nodes: dict[str, Node], paths: Paths) -> list[Badge]:
    """A letter on every line: before each stop that it enters, behind the first school, and where it begins."""
    lines = {line.slug: line for line in network.lines}
    spots: dict[tuple[str, float, float], float] = {}
    for node in nodes.values():
        for hub, offset in node.loose.items():
            spots[(hub, node.x + (51 if node.stop.stage is Stage.PRIMARY else -51), node.y + offset)] = SCALE.badge
        if _shows_letters(node):
            for (_, hub), offset in node.enters.items():
                spots[(hub, node.x - 51, node.y + offset)] = SCALE.badge + (10 if node.tracks == 1 else 0)
        for hub, ways in _beginning(node, nodes).items():
            if node.tracks == 1:
                spots[(hub, *_middle(paths[(node.stop.key, *ways[0])]))] = SCALE.badge + 10
                continue
            for way in ways:
                spots[(hub, node.x + 49, node.y + node.leaves[way])] = SCALE.badge
    return [pen.badge(lines[hub], x, y, size) for (hub, x, y), size in sorted(spots.items())]


def _beginning(node: Node, nodes: dict[str, Node]) -> dict[str, list[tuple[str, str]]]:
    """The ways that need a letter where they leave, by hub: no stop before or after shows it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for target, hub in node.leaves:
        entered = any(hub == other for _, other in node.enters)
        follows = target in nodes and _shows_letters(nodes[target]) and node.stop.stage is not Stage.PRIMARY
        if not entered and not follows:
            found.setdefault(hub, []).append((target, hub))
    return found


def _middle(points: tuple[Point, ...]) -> Point:
    """Halfway the longest straight piece."""
    (ax, ay), (bx, by) = max(pairwise(points), key=lambda ends: math.dist(*ends))
    return (ax + bx) / 2, (ay + by) / 2


def _shows_letters(node: Node) -> bool:
    """Lines into post-initial mbo have shown their letter one station before."""
    return node.stop.stage is not Stage.POST_INITIAL


def draw_station(network: Network, node: Node, paths: Paths) -> Station:
    """A capsule over all tracks with the name above it, or below where ways go up; a plate where no hub is."""
    if node.is_plate:
        box = pen.box_around(node.x, node.y, node.half_width, node.half_height)
        scale = Scale(SCALE.track, SCALE.gap, SCALE.radius, SCALE.font - 3, SCALE.leading, SCALE.badge)
        bottom = node.y + len(node.name) * SCALE.leading / 2 - 7
        return pen.station(node.stop, network, SCALE, [box], pen.label(node.name, node.x, bottom, scale, "middle"))
    box = pen.box_around(node.x, node.y, SCALE.radius, node.half_height, SCALE.radius)
    first = node.stop.stage is Stage.PRIMARY
    x = node.x - SCALE.radius - 2 if first else node.x
    if node.is_late:
        bottom = node.y + node.half_height + len(node.name) * SCALE.leading
        return pen.station(node.stop, network, SCALE, [box], pen.label(node.name, node.x - 2, bottom, SCALE, "start"))
    bottom = node.y - node.half_height - LABEL_ABOVE
    name = pen.label(node.name, x, bottom, SCALE, "start" if first else "middle")
    if first and _in_the_way(name, [points for (start, *_), points in paths.items() if start == node.stop.key]):
        name = pen.label(node.name, 0, bottom, SCALE, "start")
    return pen.station(node.stop, network, SCALE, [box], name)


def _in_the_way(name: Sequence[Words], ways: Sequence[tuple[Point, ...]]) -> bool:
    near = SCALE.track / 2 - 3  # widths are estimated on the safe side
    return any(
        pen.enters(a, b, word.box.x + word.box.width / 2, word.y - 9, word.box.width / 2 + near, 9 + near)
        for word in name
        for points in ways
        for a, b in pairwise(points)
    )


def draw_terminal(height: float) -> Terminal:
    """Work: a wall at the right, with an arrow to the right."""
    box = Box(WORK_AT, 0, WIDTH - WORK_AT, round(height, 1))
    x, y = WORK_AT + box.width / 2, round(height / 2)
    arrow = f"M{x - 26} {y}H{x + 22}M{x - 2} {y - 27}L{x + 25} {y}L{x - 2} {y + 27}"
    return Terminal(box, x, 56, TERMINAL_FONT, "middle", arrow, 12)


def draw_entrance(nodes: dict[str, Node]) -> Words | None:
    """Room for the words beside the line of those who step in later; the template has the words in the reader's
    language."""
    late = [node for node in nodes.values() if node.stop.stage is Stage.LATERAL]
    if not late:
        return None
    last = late[-1]
    return pen.words("Stap je later in? Dat kan hier.", last.x - TAIL - 22, last.y + TAIL + 4, 20, "end")
