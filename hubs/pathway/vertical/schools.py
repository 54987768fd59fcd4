"""The upper half of the vertical map: the first schools, and a row per secondary school where its lines turn off."""

from __future__ import annotations

from collections.abc import Sequence

from hubs.pathway import lettering, pen, strands
from hubs.pathway.network import WORK, Stage, Stop
from hubs.pathway.pen import Track
from hubs.pathway.vertical.sheet import (
    BEND,
    LANES_FROM,
    LEFT,
    SCALE,
    WIDTH,
    Sheet,
    Way,
    draw_letters,
    kind_of,
    lane_order,
    make_knobs,
)


def arrange_rows(sheet: Sheet, rows: Sequence[Stop]) -> tuple[list[strands.Bundle], bool]:
    """The hubs that come to each row from a first school, in the order in which their tracks lie beside each other."""
    first = {stop.key for stop in sheet.network.at(Stage.PRIMARY)}
    coming = []
    for row in rows:
        ways = [
            strand
            for route, found in sheet.ways.items()
            if route.to_key == row.key and route.from_key in first
            for strand in found
        ]
        coming.append(tuple(slug for slug in sheet.lines if slug in ways))
    filled = [bundle for bundle in coming if bundle]
    arranged, single = strands.arrange(filled)
    if len(filled) == len(coming):
        return arranged, single
    ordered = iter(arranged)
    return [next(ordered) if bundle else () for bundle in coming], single


def draw_first_schools(sheet: Sheet, turns: Sequence[dict[str, float]]) -> dict[float, float]:
    """The first schools, each on the tracks of its hubs. Answers where each track (by its x) begins."""
    xs: dict[str, set[float]] = {}
    for turn in turns:
        for hub, x in turn.items():
            xs.setdefault(hub, set()).add(x)
    begins: dict[float, float] = {}
    loose: list[tuple[str, float, float]] = []
    right = max((x for found in xs.values() for x in found), default=LEFT)
    for stop in sheet.network.at(Stage.PRIMARY):
        own = sorted(x for hub in stop.hubs for x in xs.get(hub, ())) or [right]
        aside = right + SCALE.radius + 8
        boxes, bar = make_knobs(own, begins, 0, aside)
        left = max(box.x + box.width for box in boxes) + 9
        name = lettering.lines(stop.name, SCALE.font, WIDTH - left)
        half = max(SCALE.radius, len(name) * SCALE.leading / 2)
        y = sheet.y + half + 2
        boxes, bar = make_knobs(own, begins, y, aside)
        sheet.add(stop, boxes, pen.label(name, left, y + 6 + (len(name) - 1) * SCALE.leading / 2, SCALE, "start"), bar)
        loose += [(hub, own[0], y) for hub in sheet.hubs(stop) if hub not in xs]
        begins = {x: y for hub in stop.hubs for x in xs.get(hub, ())} | begins
        sheet.y = y + half + 12
    draw_letters(sheet, [(hub, x) for hub, found in xs.items() for x in found], sheet.y + 8)
    sheet.y += 22 if xs else 0
    for index, (hub, x, y) in enumerate(loose):
        sheet.y += 24
        sheet.tracks.append(Track(hub, ((x + index * SCALE.gap, y), (x + index * SCALE.gap, sheet.y)), BEND))
        sheet.badge(hub, x + index * SCALE.gap, sheet.y - 12)
    return begins


def _onward(sheet: Sheet, stop: Stop) -> list[Way]:
    """What leaves a secondary school to the right, each once, the outermost lane first."""
    found = [
        (s, kind_of(sheet, r.to_key))
        for r, ways in sheet.ways.items()
        if r.from_key == stop.key
        for s in ways
        if r.to_key != WORK
    ]
    return sorted(set(found), key=lambda way: lane_order(sheet, way))


def draw_secondary(
    sheet: Sheet, rows: Sequence[Stop], turns: Sequence[dict[str, float]], begins: dict[float, float]
) -> None:
    """A row per school: its lines turn off to it, its name stands on what goes on to the right-hand lanes."""
    at = max((x for turn in turns for x in turn.values()), default=LEFT) + SCALE.radius + 37
    ways = sorted({way for stop in rows for way in _onward(sheet, stop)}, key=lambda way: lane_order(sheet, way))
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
