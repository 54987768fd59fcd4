"""The map from left to right, 1200 units wide, for screens with room: a column per stage, a row per stop. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hubs.pathway import lettering, pen, strands
from hubs.pathway.network import CHANGE, OUTSIDE, WORK, Network, Route, Stage, Stop
from hubs.pathway.pen import Point, Scale, Track
from hubs.pathway.shapes import Badge, Box, Drawing, Station, Terminal, Words

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

COLUMNS = {Stage.PRIMARY: 60.0, Stage.SECONDARY: 470.0, Stage.LATERAL: 560.0, Stage.MBO: 745.0, Stage.POST_INITIAL: 960.0, Stage.HIGHER: 1030.0}
ROOM = {Stage.PRIMARY: 205.0, Stage.SECONDARY: 220.0, Stage.LATERAL: 220.0, Stage.MBO: 170.0, Stage.POST_INITIAL: 235.0, Stage.HIGHER: 140.0}


Ways = dict[Route, tuple[str, ...]]


@dataclass
class _Node:
    """A stop being placed: where it lies, and at which offset each hub enters (per source) and leaves (per target)."""

    stop: Stop
    name: tuple[str, ...]
    x: float
    y: float = 0
    enters: dict[tuple[str, str], float] = field(default_factory=dict)
    leaves: dict[tuple[str, str], float] = field(default_factory=dict)
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


def draw_horizontal(network: Network) -> Drawing:
    """Place, connect, and shift everything so that it begins at the top of the sheet."""
    nodes = {stop.key: _node(stop) for stop in _top_down(network.stops)}
    ways = network.ways()
    routes = list(ways)
    _dock(ways, nodes)
    _place(nodes, routes)
    height = max((node.y + max(node.below, TAIL if node.is_late else 0) for node in nodes.values()), default=200.0) + 20
    tracks = [track for route in routes for track in _tracks(ways, nodes, route)] + _loose_ends(network, nodes)
    return Drawing(
        "horizontal",
        WIDTH,
        round(height, 1),
        pen.paint(tracks, network, SCALE),
        tuple(_badges(network, nodes)),
        tuple(_station(network, node) for node in nodes.values()),
        _terminal(height) if any(route.to_key == WORK for route in routes) else None,
        _entrance(nodes),
    )


def _node(stop: Stop) -> _Node:
    return _Node(stop, lettering.lines(stop.name, SCALE.font, ROOM[stop.stage]), COLUMNS[stop.stage])


def _top_down(stops: Sequence[Stop]) -> list[Stop]:
    """Further learning on top, stepping in later at the bottom, else the highest position first."""
    band = {Stage.HIGHER: 0, Stage.LATERAL: 2}
    return sorted(stops, key=lambda stop: (band.get(stop.stage, 1), stop.stage.value, -stop.position, stop.key))


def _hubs_of(ways: Ways, route: Route) -> strands.Bundle:
    return tuple(strand for strand in ways[route] if strand not in (CHANGE, OUTSIDE))


def _dock(ways: Ways, nodes: dict[str, _Node]) -> None:
    """Give every hub its place at both ends of every route, so that bundles fan out and join without crossing.

    A route's order is chosen where it branches: at the first school for fans, at its target for joins.
    """
    routes = list(ways)
    rank = {key: index for index, key in enumerate(nodes)} | {WORK: len(nodes)}
    order: dict[Route, strands.Bundle] = {}
    single = False
    for fans, end in ((True, "from_key"), (False, "to_key")):
        for key, node in nodes.items():
            group = [r for r in routes if getattr(r, end) == key and (_is_fan(nodes, r) == fans)]
            group = [r for r in sorted(group, key=lambda r: (rank[r.from_key], rank[r.to_key])) if _hubs_of(ways, r)]
            arranged, too_many = strands.arrange([_hubs_of(ways, r) for r in group]) if group else ([], False)
            order |= dict(zip(group, arranged, strict=True))
            single = single or too_many
            node.tracks = 1
    for key, node in nodes.items():
        leaving = sorted((r for r in routes if r.from_key == key and _hubs_of(ways, r)), key=lambda r: rank[r.to_key])
        entering = sorted((r for r in routes if r.to_key == key and _hubs_of(ways, r)), key=lambda r: rank[r.from_key])
        for side, group in ((node.leaves, leaving), (node.enters, entering)):
            bundles = [order.get(r, _hubs_of(ways, r)) for r in group]
            places, count = strands.ports(bundles, single=single)
            node.tracks = max(node.tracks, count)
            for route, place in zip(group, places, strict=True):
                for hub, index in place.items():
                    side[(route.to_key if side is node.leaves else route.from_key, hub)] = pen.spread(index, count, SCALE.gap)
        _align(node)
        node.tracks = max(node.tracks, len(node.stop.hubs))


def _align(node: _Node) -> None:
    """Let a line leave a station where it entered, when the fuller side leaves no doubt where that is."""
    fewer, more = sorted((node.enters, node.leaves), key=lambda side: len(set(side.values())))
    places: dict[str, set[float]] = {}
    for (_, hub), offset in more.items():
        places.setdefault(hub, set()).add(offset)
    if len(set(fewer.values())) < len(set(more.values())) and all(len(places.get(hub, ())) == 1 for _, hub in fewer):
        for way in fewer:
            fewer[way] = min(places[way[1]])


def _is_fan(nodes: dict[str, _Node], route: Route) -> bool:
    return nodes[route.from_key].stop.stage is Stage.PRIMARY


def _place(nodes: dict[str, _Node], routes: Sequence[Route]) -> None:
    """Rows: secondary schools set the grid, the others lie at the middle of where their travellers come from or go to."""
    grid = [node for node in nodes.values() if node.stop.stage is Stage.SECONDARY]
    _stack(grid, [0.0] * len(grid))
    for stages in ((Stage.HIGHER, Stage.MBO), (Stage.POST_INITIAL,)):
        column = [node for node in nodes.values() if node.stop.stage in stages]
        _stack(column, [_middle(nodes, [r.from_key for r in routes if r.to_key == node.stop.key], stages) for node in column])
    higher = [node for node in nodes.values() if node.stop.stage is Stage.HIGHER]
    post = [node for node in nodes.values() if node.stop.stage is Stage.POST_INITIAL]
    for upper, lower in zip(higher[-1:], post[:1], strict=False):
        push = max(0.0, upper.y + upper.half_height + 16 + lower.above - lower.y)
        for node in post:
            node.y += push
    first = [node for node in nodes.values() if node.stop.stage is Stage.PRIMARY]
    _stack(first, [_middle(nodes, [r.to_key for r in routes if r.from_key == node.stop.key], ()) for node in first])
    late = [node for node in nodes.values() if node.stop.stage is Stage.LATERAL]
    others = [node.y + node.half_height for node in nodes.values() if node not in late]
    _stack(late, [max(others, default=0) + 60 + node.above for node in late])
    _slide(late, post or [node for node in nodes.values() if node.stop.stage is Stage.MBO])
    top = min((node.y - node.above for node in nodes.values()), default=0)
    for node in nodes.values():
        node.y = round(node.y - top + 6)


def _slide(late: Sequence[_Node], goals: Sequence[_Node]) -> None:
    """Let those who step in later begin where their way up to the lowest goal can slant at 45 degrees.

    The last one lies on that slant; the others to the left of it, with room for their name.
    """
    if not late or not goals:
        return
    goal = max(goals, key=lambda node: node.y)
    for node in late:
        aside = 0.0
        if node is not late[-1]:
            aside = max(lettering.width(line, SCALE.font) for line in node.name) + node.below + 20
        node.x = min(COLUMNS[Stage.MBO], max(COLUMNS[Stage.PRIMARY] + TAIL, goal.x - SCALE.radius - 12 - (node.y - goal.y) - aside))


def _middle(nodes: dict[str, _Node], keys: Sequence[str], but: tuple[Stage, ...]) -> float:
    """Halfway the outermost of these stops; where one of them is near, at that one, so that its track runs straight."""
    placed = [nodes[key].y for key in keys if key in nodes and nodes[key].stop.stage not in (*but, Stage.LATERAL)]
    if not placed:
        return 0.0
    middle = (min(placed) + max(placed)) / 2
    nearest = min(placed, key=lambda y: abs(y - middle))
    return nearest if abs(nearest - middle) < SNAP else middle


def _stack(column: Sequence[_Node], wanted: Sequence[float]) -> None:
    """Put each node where it wants to be, but below the one before it; then shift the whole so that the error is even."""
    for index, (node, y) in enumerate(zip(column, wanted, strict=True)):
        node.y = y
        if index:
            before = column[index - 1]
            node.y = max(y, before.y + before.below + 16 + node.above)
    if column and column[0].stop.stage is not Stage.LATERAL:
        error = sum(node.y - y for node, y in zip(column, wanted, strict=True)) / len(column)
        for node in column:
            node.y -= error


def _tracks(ways: Ways, nodes: dict[str, _Node], route: Route) -> list[Track]:
    start, end = nodes[route.from_key], nodes.get(route.to_key)
    made: list[Track] = []
    for strand in ways[route]:
        leave = start.leaves.get((route.to_key, strand), 0.0)
        if end is None:
            made.append(Track(strand, _to_work(nodes, start, leave), BEND))
            continue
        enter = end.enters.get((route.from_key, strand), 0.0)
        points = _fan(nodes, start, end, leave, enter) if _is_fan(nodes, route) else _join(ways, nodes, start, end, leave, enter)
        hubs = sorted(end.stop.hubs)
        made.append(Track(strand, points, BEND, hubs[0] if len(hubs) == 1 else ""))
    return made


def _to_work(nodes: dict[str, _Node], start: _Node, leave: float) -> tuple[Point, ...]:
    """Straight to the terminal, or around the stations that lie in the way, below them."""
    y = start.y + leave
    later = [node for node in nodes.values() if node.x > start.x + 1]
    clear = SCALE.track / 2 + 5
    while blocking := [node for node in later if abs(node.y - y) < node.half_height + clear - 0.1]:
        y = max(node.y + node.half_height for node in blocking) + clear
    nearest = start.x + start.half_width + LEAD
    return _bent(start.x, WORK_AT + 4, nearest, nearest + abs(y - start.y - leave), start.y + leave, y, 0)


def _fan(nodes: dict[str, _Node], start: _Node, end: _Node, leave: float, enter: float) -> tuple[Point, ...]:
    """Straight on, then slanting, then straight: all tracks of a fan turn at the same point and slant alike."""
    column = [node for node in nodes.values() if node.stop.stage is end.stop.stage]
    sources = [node for node in nodes.values() if node.stop.stage is start.stop.stage]
    highest = max(abs(a.y - b.y) for a in column for b in sources) or 1
    latest = end.x - end.half_width - APPROACH
    earliest = start.x + SCALE.radius + FAN_EARLIEST
    slant = min(1.0, (latest - earliest) / highest)
    turn = latest - highest * slant
    return _bent(start.x, end.x, turn, turn + abs(end.y + enter - leave - start.y) * slant, start.y, end.y + enter - leave, leave)


def _join(ways: Ways, nodes: dict[str, _Node], start: _Node, end: _Node, leave: float, enter: float) -> tuple[Point, ...]:
    """The mirror of a fan: all that join at a stop from one column meet at one point, early unless they step in later."""
    sources = [nodes[route.from_key] for route in ways if route.to_key == end.stop.key]
    highest = max(abs(node.y - end.y) for node in sources if node.stop.stage is start.stop.stage)
    alone = start.stop.stage is not Stage.SECONDARY
    nearest = start.x + (1 if start.is_late else start.half_width + (2 if alone else LEAD))
    latest = end.x - end.half_width - 12
    slant = min(1.0, (latest - nearest) / (highest or 1))
    meet = latest if start.is_late else min(latest, nearest + highest * slant)
    y0 = start.y + leave - enter
    return _bent(start.x, end.x, meet - abs(end.y - y0) * slant, meet, y0, end.y, enter)[::-1]


def _bent(x0: float, x1: float, turn: float, back: float, y0: float, y1: float, offset: float) -> tuple[Point, ...]:
    if abs(y1 - y0) < 0.5:
        return ((x0, y0 + offset), (x1, y0 + offset))
    moved = pen.parallel(((x0, y0), (turn, y0), (back, y1), (x1, y1)), offset)
    return ((x0, y0 + offset), *moved[1:3], (x1, y1 + offset))


def _loose_ends(network: Network, nodes: dict[str, _Node]) -> list[Track]:
    """Lines that come from outside the map: stepping in from the side, and a short piece where a hub has a stop but no route."""
    made: list[Track] = []
    for node in nodes.values():
        hubs = [line.slug for line in network.lines if line.slug in node.stop.hubs]
        for index, hub in enumerate(hubs):
            offset = node.leaves.get((WORK, hub), pen.spread(index, len(hubs), SCALE.gap))
            if node.stop.stage is Stage.LATERAL:
                points = pen.parallel(((node.x - TAIL, node.y + TAIL), (node.x, node.y), (node.x + 1, node.y)), offset)
                made.append(Track(hub, points, BEND))
            elif not any(hub == strand for _, strand in (*node.enters, *node.leaves)):
                side = 1 if node.stop.stage is Stage.PRIMARY else -1
                far = node.x + side * (SCALE.radius + APPROACH + 10)
                made.append(Track(hub, ((far, node.y + offset), (node.x, node.y + offset)), BEND))
    return made


def _badges(network: Network, nodes: dict[str, _Node]) -> list[Badge]:
    """A letter on every line: before each stop that it enters, behind the first school, and where it begins."""
    lines = {line.slug: line for line in network.lines}
    found: dict[tuple[str, float, float], Badge] = {}
    for node in nodes.values():
        entering = {(hub, offset) for (_, hub), offset in node.enters.items() if _shows_letters(node)}
        shown = {hub for hub, _ in entering}
        for (target, hub), offset in node.leaves.items():
            seen_next = target in nodes and _shows_letters(nodes[target]) and node.stop.stage is not Stage.PRIMARY
            entered = any(hub == other for _, other in node.enters)
            if hub not in shown and not seen_next and (_shows_letters(node) or not entered):
                x, size = (node.x + 90 + SCALE.radius, SCALE.badge + 10) if node.tracks == 1 else (node.x + 49, SCALE.badge)
                found[(hub, x, node.y + offset)] = pen.badge(lines[hub], x, node.y + offset, size)
        for hub, offset in entering:
            x, size = (node.x - 51, SCALE.badge + 10) if node.tracks == 1 else (node.x - 49, SCALE.badge)
            found[(hub, x, node.y + offset)] = pen.badge(lines[hub], x, node.y + offset, size)
    return [found[key] for key in sorted(found)]


def _shows_letters(node: _Node) -> bool:
    """Lines into post-initial mbo have shown their letter one station before."""
    return node.stop.stage is not Stage.POST_INITIAL


def _station(network: Network, node: _Node) -> Station:
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
    name = pen.label(node.name, x, node.y - node.half_height - LABEL_ABOVE, SCALE, "start" if first else "middle")
    return pen.station(node.stop, network, SCALE, [box], name)


def _terminal(height: float) -> Terminal:
    box = Box(WORK_AT, 0, WIDTH - WORK_AT, round(height, 1))
    x, y = WORK_AT + box.width / 2, round(height / 2)
    arrow = f"M{x - 26} {y}H{x + 22}M{x - 2} {y - 27}L{x + 25} {y}L{x - 2} {y + 27}"
    return Terminal(box, x, 58, 30, "middle", arrow, 12)


def _entrance(nodes: dict[str, _Node]) -> Words | None:
    late = [node for node in nodes.values() if node.stop.stage is Stage.LATERAL]
    if not late:
        return None
    last = late[-1]
    return pen.words("Stap je later in? Dat kan hier.", last.x - TAIL - 22, last.y + TAIL + 4, 20, "end")
