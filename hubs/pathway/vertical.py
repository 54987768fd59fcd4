"""The map from top to bottom, 288 units wide, for phones: a row per stop, so that it grows with the data. Pure geometry.

Left run the lines from the first schools; each secondary school is a row where its lines turn off to the right. What goes on from
there runs down on the right, and comes together at mbo. Those who step in later come from the left, just above work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hubs.pathway import lettering, pen, strands
from hubs.pathway.network import CHANGE, OUTSIDE, WORK, Network, Stage, Stop
from hubs.pathway.pen import Point, Scale, Track
from hubs.pathway.shapes import Badge, Box, Drawing, Station, Terminal, Words

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
class _Sheet:
    """The map as far as it is drawn: everything above `y` is done."""

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


def draw_vertical(network: Network) -> Drawing:
    """Row after row downwards; the sheet keeps where the lines are."""
    sheet = _Sheet(network)
    rows = sorted(network.at(Stage.SECONDARY), key=lambda stop: (-stop.position, stop.key))
    bundles, single = _bundles(sheet, rows)
    places, count = strands.ports([bundle for bundle in bundles if bundle], single=single)
    trunk = {place: LEFT + (count - 1 - place) * SCALE.gap for place in range(count)}
    found = iter(places)
    turns = [{hub: trunk[place] for hub, place in next(found).items()} if bundle else {} for bundle in bundles]
    top = _first_schools(sheet, turns)
    _secondary(sheet, rows, turns, top)
    _lower_half(sheet)
    height = sheet.y
    has_work = any(route.to_key == WORK for route in sheet.ways)
    if has_work:
        height += TERMINAL
    return Drawing(
        "vertical",
        WIDTH,
        round(height, 1),
        pen.paint(sheet.tracks, network, SCALE),
        tuple(sheet.badges),
        tuple(sheet.stations),
        _terminal(sheet.y) if has_work else None,
        None,
    )


def _bundles(sheet: _Sheet, rows: Sequence[Stop]) -> tuple[list[strands.Bundle], bool]:
    """The hubs that come to each row from a first school, in the order in which their tracks lie beside each other."""
    first = {stop.key for stop in sheet.network.at(Stage.PRIMARY)}
    coming = []
    for row in rows:
        ways = [strand for route, found in sheet.ways.items() if route.to_key == row.key and route.from_key in first for strand in found]
        coming.append(tuple(slug for slug in sheet.lines if slug in ways))
    filled = [bundle for bundle in coming if bundle]
    arranged, single = strands.arrange(filled)
    if len(filled) == len(coming):
        return arranged, single
    ordered = iter(arranged)
    return [next(ordered) if bundle else () for bundle in coming], single


def _first_schools(sheet: _Sheet, turns: Sequence[dict[str, float]]) -> dict[float, float]:
    """The first schools, each on the tracks of its hubs. Answers where each track (by its x) begins."""
    xs: dict[str, set[float]] = {}
    for turn in turns:
        for hub, x in turn.items():
            xs.setdefault(hub, set()).add(x)
    begins: dict[float, float] = {}
    right = max((x for found in xs.values() for x in found), default=LEFT)
    for stop in sheet.network.at(Stage.PRIMARY):
        own = sorted(x for hub in stop.hubs for x in xs.get(hub, ())) or [right]
        aside = right + SCALE.radius + 8
        boxes, bar = _knobs(own, begins, 0, aside)
        left = max(box.x + box.width for box in boxes) + 9
        name = lettering.lines(stop.name, SCALE.font, WIDTH - left)
        half = max(SCALE.radius, len(name) * SCALE.leading / 2)
        y = sheet.y + half + 2
        boxes, bar = _knobs(own, begins, y, aside)
        sheet.add(stop, boxes, pen.label(name, left, y + 6 + (len(name) - 1) * SCALE.leading / 2, SCALE, "start"), bar)
        for hub in sheet.hubs(stop):
            if hub not in xs:
                sheet.tracks.append(Track(hub, ((own[0], y), (own[0], y + 44)), BEND))
        begins = {x: y for hub in stop.hubs for x in xs.get(hub, ())} | begins
        sheet.y = y + half + 12
    _letters(sheet, [(hub, x) for hub, found in xs.items() for x in found], sheet.y + 8)
    sheet.y += (16 + 6) if xs else 0
    return begins


def _letters(sheet: _Sheet, places: Iterable[tuple[str, float]], y: float) -> None:
    """Letters on neighbouring tracks, alternately higher and lower, because they are wider than a track."""
    for index, (hub, x) in enumerate(sorted(places, key=lambda place: place[1])):
        sheet.badge(hub, x, y + index % 2 * 13)


def _knobs(own: Sequence[float], passing: Iterable[float], y: float, aside: float) -> tuple[list[Box], str]:
    """A capsule over the tracks that stop here. Where others pass too near, a knob on each track that stops, tied to a circle
    aside which carries the number."""
    near = SCALE.radius + SCALE.track
    if not any(own[0] - near < x < own[-1] + near for x in set(passing) - set(own)):
        return [pen.box_around((own[0] + own[-1]) / 2, y, SCALE.radius + (own[-1] - own[0]) / 2, SCALE.radius, SCALE.radius)], ""
    ends = (min(aside, own[0]), max(aside, own[-1]))
    knobs = [pen.box_around(x, y, KNOB, KNOB, KNOB) for x in own]
    return [pen.box_around(aside, y, SCALE.radius, SCALE.radius, SCALE.radius), *knobs], f"M{ends[0]:.1f} {y:.1f}H{ends[1]:.1f}"


def _kind(sheet: _Sheet, key: str) -> str:
    """Whether a way goes to a plate of further learning outside the hubs, or on to the lower half."""
    stop = sheet.network.stop(key)
    return PLATE if stop is not None and stop.stage is Stage.HIGHER and not stop.hubs else GRADE


def _onward(sheet: _Sheet, stop: Stop) -> list[Way]:
    """What leaves a secondary school to the right, each once, the outermost lane first."""
    found = [(s, _kind(sheet, r.to_key)) for r, ways in sheet.ways.items() if r.from_key == stop.key for s in ways if r.to_key != WORK]
    return sorted(set(found), key=lambda way: _lane_order(sheet, way))


def _lane_order(sheet: _Sheet, way: Way) -> tuple[bool, int]:
    order = [OUTSIDE, CHANGE, *reversed(sheet.lines)]
    return way[1] != PLATE, order.index(way[0])


def _secondary(sheet: _Sheet, rows: Sequence[Stop], turns: Sequence[dict[str, float]], begins: dict[float, float]) -> None:
    """A row per school: its lines turn off to it, its name stands on what goes on to the right-hand lanes."""
    at = max((x for turn in turns for x in turn.values()), default=LEFT) + SCALE.radius + 37
    ways = sorted({way for stop in rows for way in _onward(sheet, stop)}, key=lambda way: _lane_order(sheet, way))
    sheet.lanes = {way: LANES_FROM - index * SCALE.gap for index, way in enumerate(ways)}
    room = min(sheet.lanes.values(), default=WIDTH) - 6 - at - SCALE.radius - 7
    above = any(lettering.width(word, SCALE.font) > room for stop in rows for word in stop.name.split())
    if above:
        room += 2 * SCALE.radius + 7
    for stop, turn in zip(rows, turns, strict=True):
        hubs = sorted(sheet.hubs(stop), key=lambda hub: -turn.get(hub, 0))
        onward = _onward(sheet, stop)
        half = SCALE.reach(len(hubs))
        name = lettering.lines(stop.name, SCALE.font, room)
        rise = len(name) * SCALE.leading + max(0, len(onward) - 1) * SCALE.gap / 2 + 4
        y = sheet.y + max(half, rise if onward else len(name) * SCALE.leading / 2) + 8
        if above:
            y = sheet.y + half + len(name) * SCALE.leading + 8
        for index, hub in enumerate(hubs):
            row = y + pen.spread(index, len(hubs), SCALE.gap)
            x = turn.get(hub)
            start = ((x, begins[x]), (x, row)) if x in begins else ((at - SCALE.radius - 26, row),)
            sheet.tracks.append(Track(hub, (*start, (at, row)), BEND))
            sheet.badge(hub, at - SCALE.radius - 11, row)
        bottom = y - (len(onward) - 1) * SCALE.gap / 2 - 8 if onward else y + 6 + (len(name) - 1) * SCALE.leading / 2
        left = at + SCALE.radius + 7
        if above:
            left, bottom = at - SCALE.radius, y - half - 8
        box = pen.box_around(at, y, SCALE.radius, half, SCALE.radius) if hubs else pen.box_around(at, y, 12, 12)
        sheet.add(stop, [box], pen.label(name, left, bottom, SCALE, "start"))
        for index, way in enumerate(onward):
            sheet.pending.append((way, at, y + pen.spread(index, len(onward), SCALE.gap)))
        sheet.y = y + max(half, 0 if onward else len(name) * SCALE.leading / 2) + 8


def _lower_half(sheet: _Sheet) -> None:
    """Mbo and what follows on common tracks; further learning outside the hubs beside them; stepping in later below."""
    stops = sheet.network.stops
    grades = _grades(sheet)
    plates = [stop for stop in stops if stop.stage is Stage.HIGHER and not stop.hubs]
    arriving = sorted((way for way in sheet.lanes if way[1] == GRADE), key=lambda way: sheet.lanes[way])
    coming = [way[0] for way in arriving if way[0] in sheet.lines]
    served = {hub for stop in grades for hub in stop.hubs}
    hubs = coming + [hub for hub in sheet.lines if hub in served and hub not in coming]
    xs = {hub: TRUNK_AT - (len(hubs) - 1 - index) * SCALE.gap for index, hub in enumerate(hubs)}
    turn = sheet.y + 10
    sheet.y += len(arriving) * SCALE.gap + (12 if arriving else 0)
    beside = _plate_row(sheet, grades, plates)
    for index, stop in enumerate(grades):
        _grade(sheet, stop, xs, [x for hub, x in xs.items() if _passes(sheet, grades, index, hub, hub in coming)])
        if stop is beside:
            _plates(sheet, plates, stop)
    if beside is None and plates:
        _plates(sheet, plates, None)
    goal = {way: _goal(sheet, way, grades, xs) for way in arriving}
    for way, at, row in sheet.pending:
        lane = sheet.lanes[way]
        end: tuple[Point, ...] = ((lane, sheet.spots[plates[0].key][1]),) if way[1] == PLATE and plates else ()
        if way[1] == GRADE:
            x, y = goal[way]
            level = turn + arriving.index(way) * SCALE.gap
            end = ((lane, level), (x, level), (x, y))
        sheet.tracks.append(Track(way[0], ((at, row), (lane, row), *end)[::-1], BEND - 3, _leads_to(grades)))
    _trunk(sheet, grades, xs, {hub: goal[way][1] for way in arriving for hub in [way[0]] if hub in xs})
    _late(sheet, grades, xs)
    _to_work(sheet, grades, plates, xs)


def _grades(sheet: _Sheet) -> list[Stop]:
    """The stops on the common tracks, from the top; those that one can step into later come last, nearest to where one steps in."""
    late = {stop.key for stop in sheet.network.at(Stage.LATERAL)}
    reached = {route.to_key for route in sheet.ways if route.from_key in late}
    grades = [stop for stop in sheet.network.stops if stop.stage in GRADES or (stop.stage is Stage.HIGHER and stop.hubs)]
    order = (Stage.MBO, Stage.HIGHER, Stage.POST_INITIAL)
    return sorted(grades, key=lambda stop: (order.index(stop.stage), stop.key in reached, stop.position, stop.key))


def _passes(sheet: _Sheet, grades: Sequence[Stop], index: int, hub: str, comes: bool) -> bool:
    """Whether the track of this hub runs along the index-th stop, stopping or not."""
    served = [place for place, stop in enumerate(grades) if hub in stop.hubs]
    keys = {stop.key for stop in grades}
    late = {stop.key for stop in sheet.network.at(Stage.LATERAL)}
    beyond = any(
        hub in found and ((r.from_key in keys and r.to_key == WORK) or (r.from_key in late and r.to_key in keys))
        for r, found in sheet.ways.items()
    )
    return (comes or served[0] <= index) and (beyond or index <= served[-1])


def _plate_row(sheet: _Sheet, grades: Sequence[Stop], plates: Sequence[Stop]) -> Stop | None:
    """The stop beside which further learning stands: the first that goes on to it, else the first of all."""
    keys = {plate.key for plate in plates}
    going = [stop for stop in grades if any(r.from_key == stop.key and r.to_key in keys for r in sheet.ways)]
    return (going or list(grades) or [None])[0] if plates else None


def _leads_to(grades: Sequence[Stop]) -> str:
    hubs = sorted(grades[0].hubs) if grades else []
    return hubs[0] if len(hubs) == 1 else ""


def _goal(sheet: _Sheet, way: Way, grades: Sequence[Stop], xs: dict[str, float]) -> Point:
    """Where a lane ends: a hub at its first stop, a change at the first stop of all."""
    strand = way[0]
    if strand in xs:
        first = next(stop for stop in grades if strand in stop.hubs)
        return xs[strand], sheet.spots[first.key][1]
    return sheet.knobs[grades[0].key]


def _grade(sheet: _Sheet, stop: Stop, xs: dict[str, float], passing: Sequence[float]) -> None:
    own = sorted(xs[hub] for hub in stop.hubs) or [TRUNK_AT]
    aside = min(xs.values(), default=TRUNK_AT) - SCALE.radius - 9
    edge = min(box.x for box in _knobs(own, passing, 0, aside)[0]) - 7
    name = lettering.lines(stop.name, SCALE.font, edge - 4)
    y = sheet.y + max(SCALE.radius, len(name) * SCALE.leading - 8) + 10
    boxes, bar = _knobs(own, passing, y, aside)
    sheet.add(stop, boxes, pen.label(name, edge, y + 6, SCALE, "end"), bar)
    sheet.knobs[stop.key] = (own[-1], y)
    sheet.y = y + SCALE.radius + 28


def _plates(sheet: _Sheet, plates: Sequence[Stop], beside: Stop | None) -> None:
    """Further learning outside the hubs, one plate under the other, on one thin line."""
    names = [lettering.lines(plate.name, SCALE.font, PLATE_ROOM - 12) for plate in plates]
    wide = max(lettering.width(line, SCALE.font) for name in names for line in name) + 12
    middle = WIDTH - 2 - wide / 2
    y = sheet.knobs[beside.key][1] if beside else sheet.y + SCALE.radius + 4
    first = y
    for plate, name in zip(plates, names, strict=True):
        half = len(name) * SCALE.leading / 2 + 7
        y += 0 if plate is plates[0] else half
        first = y if plate is plates[0] else first
        box = pen.box_around(middle, y, wide / 2, half)
        bottom = y + 6 + (len(name) - 1) * SCALE.leading / 2
        sheet.add(plate, [box], pen.label(name, middle, bottom, SCALE, "middle"))
        y += half + 14
    if len(plates) > 1:
        sheet.tracks.append(Track(OUTSIDE, ((LANES_FROM, first), (LANES_FROM, y - 20)), BEND))
    if beside and any(r.from_key == beside.key and r.to_key == plate.key for r in sheet.ways for plate in plates):
        sheet.tracks.append(Track(OUTSIDE, (sheet.knobs[beside.key], (middle, first)), BEND))
    sheet.plates_end = y
    if beside is None:
        sheet.y = y


def _trunk(sheet: _Sheet, grades: Sequence[Stop], xs: dict[str, float], begins: dict[str, float]) -> None:
    """The common tracks, each hub from its first to its last stop, with its letter after the first."""
    for hub, x in xs.items():
        ys = [begins[hub]] if hub in begins else []
        ys += [sheet.knobs[stop.key][1] for stop in grades if hub in stop.hubs]
        if len(ys) > 1:
            sheet.tracks.append(Track(hub, ((x, ys[0]), (x, ys[-1])), BEND))
    for y in {sheet.knobs[stop.key][1] for stop in grades}:
        first = [(hub, x) for hub, x in xs.items() if y == min(sheet.knobs[s.key][1] for s in grades if hub in s.hubs)]
        _letters(sheet, first, y + SCALE.radius + 9)


def _late(sheet: _Sheet, grades: Sequence[Stop], xs: dict[str, float]) -> None:
    """Stops for those who step in later: from the left edge, up to the common tracks, and down to work."""
    late = sheet.network.at(Stage.LATERAL)
    edge = min(xs.values(), default=WIDTH) - 12
    bottom = sheet.y
    for stop in late:
        hubs = sheet.hubs(stop)
        own = [s for r, ways in sheet.ways.items() if r.from_key == stop.key and r.to_key == WORK for s in ways]
        aside = 0 if stop is late[-1] else SCALE.radius + 13
        half = SCALE.reach(len(hubs))
        goals = [r.to_key for r in sheet.ways if r.from_key == stop.key and r.to_key in sheet.spots and r.to_key != WORK]
        up = [key for key in goals if _kind(sheet, key) == GRADE]
        left = LATE_AT + aside + max(0, len(own) - 1) * SCALE.gap + 12
        past = len(late) > 1 and stop is late[-1]
        left += (SCALE.radius + 13) if past and sheet.late else 0
        name = lettering.lines(stop.name, SCALE.font, max(edge - left, 60))
        y = bottom + half + (4 if up else 12)
        if up:
            target = max(sheet.knobs[key][1] for key in up)
            y = max(y, target + min(xs.values()) - LATE_AT + half - SCALE.radius)
        hubs = sorted(hubs, key=lambda hub: xs.get(hub, 0))
        rows = {hub: y + pen.spread(index, len(hubs), SCALE.gap) for index, hub in enumerate(hubs)}
        for hub, row in rows.items():
            sheet.tracks.append(Track(hub, ((-40, row), (LATE_AT, row)), BEND))
        for route, ways in sheet.ways.items():
            if route.from_key == stop.key and route.to_key in up:
                for strand in ways:
                    _step_in(sheet, strand, (LATE_AT, rows.get(strand, y)), route.to_key, xs, grades)
        for index, hub in enumerate(own):
            sheet.late.append((hub, LATE_AT + aside + index * SCALE.gap, y))
        label = pen.label(name, left, y + half + 5 + len(name) * SCALE.leading, SCALE, "start")
        sheet.add(stop, [pen.box_around(LATE_AT, y, SCALE.radius, half, SCALE.radius)], label)
        bottom = y + half + len(name) * SCALE.leading + 16
        if up and stop is not late[-1]:
            bottom += max(word.box.x + word.box.width for word in label) - LATE_AT
    sheet.y = max(bottom, sheet.y, sheet.plates_end) + 8


def _step_in(sheet: _Sheet, strand: str, start: Point, key: str, xs: dict[str, float], grades: Sequence[Stop]) -> None:
    """From the left slanting up to the track of the hub, or to the nearest track of the stop, and along it to the stop."""
    goal = sheet.knobs[key]
    stop = next(grade for grade in grades if grade.key == key)
    x = xs.get(strand, min((xs[hub] for hub in stop.hubs), default=goal[0]))
    slanted = (x, start[1] - (x - start[0]))
    points = (start, slanted, (x, goal[1])) if goal[1] < slanted[1] - 1 else (start, (x, goal[1]))
    sheet.tracks.append(Track(strand, points[::-1], BEND, _leads_to([stop])))


def _to_work(sheet: _Sheet, grades: Sequence[Stop], plates: Sequence[Stop], xs: dict[str, float]) -> None:
    """Down to the terminal, from wherever a line goes to work."""
    end = sheet.y + 4
    for route, ways in sheet.ways.items():
        if route.to_key != WORK:
            continue
        for strand in ways:
            spot = sheet.spots[route.from_key]
            if any(stop.key == route.from_key for stop in grades) and strand in xs:
                sheet.tracks.append(Track(strand, ((xs[strand], sheet.knobs[route.from_key][1]), (xs[strand], end)), BEND))
            elif any(stop.key == route.from_key for stop in plates):
                sheet.tracks.append(Track(strand, ((LANES_FROM, spot[1]), (LANES_FROM, end)), BEND))
    for hub, x, y in sheet.late:
        sheet.tracks.append(Track(hub, ((LATE_AT, y), (x, y), (x, end)) if x > LATE_AT else ((x, y), (x, end)), BEND))
    _letters(sheet, [(hub, x) for hub, x, _ in sheet.late], end - 26)


def _terminal(y: float) -> Terminal:
    middle = y + TERMINAL / 2
    arrow = f"M250 {middle - 17:.1f}V{middle + 14:.1f}M233 {middle:.1f}L250 {middle + 17:.1f}L267 {middle:.1f}"
    return Terminal(Box(0, round(y, 1), WIDTH, TERMINAL), 18, round(middle + 10, 1), 30, "start", arrow, 8)
