"""The lower half of the vertical map: mbo and what follows on common tracks, and the lanes that come together there."""

from __future__ import annotations

from collections.abc import Sequence

from hubs.pathway import lettering, pen
from hubs.pathway.network import WORK, Stage, Stop
from hubs.pathway.pen import Point, Track
from hubs.pathway.vertical.beside import draw_plates, plate_row
from hubs.pathway.vertical.sheet import (
    BEND,
    GRADE,
    GRADES,
    SCALE,
    TRUNK_AT,
    Sheet,
    Way,
    draw_letters,
    make_knobs,
    only_hub,
)


def draw_trunk(sheet: Sheet) -> None:
    """The stops from mbo on, a row each, with the lanes that reach them; further learning outside the hubs beside
    them."""
    sheet.grades = _grades(sheet)
    sheet.plates = [stop for stop in sheet.network.at(Stage.HIGHER) if not stop.hubs]
    arriving = sorted((way for way in sheet.lanes if way[1] == GRADE), key=lambda way: sheet.lanes[way])
    coming = [strand for strand, _ in arriving if strand in sheet.lines]
    served = {hub for stop in sheet.grades for hub in stop.hubs}
    hubs = coming + [hub for hub in sheet.lines if hub in served and hub not in coming]
    sheet.xs = {hub: TRUNK_AT - (len(hubs) - 1 - index) * SCALE.gap for index, hub in enumerate(hubs)}
    turn = sheet.y + 10
    sheet.y += len(arriving) * SCALE.gap + (12 if arriving else 0)
    beside = plate_row(sheet)
    for index, stop in enumerate(sheet.grades):
        _draw_grade(sheet, stop, [x for hub, x in sheet.xs.items() if _passes(sheet, index, hub, comes=hub in coming)])
        if stop is beside:
            draw_plates(sheet, stop)
    if beside is None and sheet.plates:
        draw_plates(sheet, None)
    _draw_lanes(sheet, arriving, turn)
    _draw_tracks(sheet, coming)


def _grades(sheet: Sheet) -> list[Stop]:
    """From the top; those that one can step into later come last in their stage, nearest to where one steps in."""
    late = {stop.key for stop in sheet.network.at(Stage.LATERAL)}
    reached = {route.to_key for route in sheet.ways if route.from_key in late}
    grades = [
        stop for stop in sheet.network.stops if stop.stage in GRADES or (stop.stage is Stage.HIGHER and stop.hubs)
    ]
    order = (Stage.MBO, Stage.HIGHER, Stage.POST_INITIAL)
    return sorted(grades, key=lambda stop: (order.index(stop.stage), stop.key in reached, stop.position, stop.key))


def _passes(sheet: Sheet, index: int, hub: str, *, comes: bool) -> bool:
    """Whether the track of this hub runs along the index-th stop, stopping or not."""
    served = [place for place, stop in enumerate(sheet.grades) if hub in stop.hubs]
    keys = {stop.key for stop in sheet.grades}
    late = {stop.key for stop in sheet.network.at(Stage.LATERAL)}
    beyond = any(
        hub in found and ((r.from_key in keys and r.to_key == WORK) or (r.from_key in late and r.to_key in keys))
        for r, found in sheet.ways.items()
    )
    return (comes or served[0] <= index) and (beyond or index <= served[-1])


def _draw_grade(sheet: Sheet, stop: Stop, passing: Sequence[float]) -> None:
    """A row: the station on its tracks, the name left of all of them."""
    own = sorted(sheet.xs[hub] for hub in stop.hubs) or [TRUNK_AT]
    aside = min(sheet.xs.values(), default=TRUNK_AT) - SCALE.radius - 9
    edge = min(box.x for box in make_knobs(own, passing, 0, aside)[0]) - 7
    name = lettering.lines(stop.name, SCALE.font, edge - 4)
    y = sheet.y + max(SCALE.radius, len(name) * SCALE.leading - 8) + 10
    boxes, bar = make_knobs(own, passing, y, aside)
    sheet.add(stop, boxes, pen.label(name, edge, y + 6, SCALE, "end"), bar)
    sheet.knobs[stop.key] = (own[-1], y)
    sheet.y = y + SCALE.radius + 28


def _draw_lanes(sheet: Sheet, arriving: Sequence[Way], turn: float) -> None:
    """What goes on from the secondary schools: down its lane, then to the plates, or to the left and down to the
    common tracks.

    Drawn from its end, so that the weaves keep step where pieces share a lane.
    """
    for way, at, row in sheet.pending:
        lane = sheet.lanes[way]
        if way[1] == GRADE:
            x, y = _goal(sheet, way)
            level = turn + arriving.index(way) * SCALE.gap
            end: tuple[Point, ...] = ((lane, level), (x, level), (x, y))
        else:
            end = ((lane, sheet.spots[sheet.plates[0].key][1]),)
        points = ((at, row), (lane, row), *end)[::-1]
        sheet.tracks.append(Track(way[0], points, BEND - 3, only_hub(sheet.grades[0] if sheet.grades else None)))


def _goal(sheet: Sheet, way: Way) -> Point:
    """Where a lane ends: a hub at its first stop, a change at the first stop of all."""
    strand = way[0]
    first = next((stop for stop in sheet.grades if strand in stop.hubs), None)
    if first is None:
        return sheet.knobs[sheet.grades[0].key]
    return sheet.xs[strand], sheet.knobs[first.key][1]


def _draw_tracks(sheet: Sheet, coming: Sequence[str]) -> None:
    """The common tracks, each hub from its first to its last stop, with its letter after the first."""
    letters: dict[float, list[tuple[str, float]]] = {}
    for hub, x in sheet.xs.items():
        ys = [sheet.knobs[stop.key][1] for stop in sheet.grades if hub in stop.hubs]
        letters.setdefault(ys[0], []).append((hub, x))
        if len(ys) > 1:
            sheet.tracks.append(Track(hub, ((x, ys[0]), (x, ys[-1])), BEND))
        elif hub not in coming and not any(hub in found for r, found in sheet.ways.items() if r.to_key == WORK):
            sheet.tracks.append(Track(hub, ((x, ys[0]), (x, ys[0] + SCALE.radius + 26)), BEND))
    for y, found in letters.items():
        draw_letters(sheet, found, y + SCALE.radius + 9)
