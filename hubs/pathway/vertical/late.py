"""Left below on the vertical map: those who step in later, from the side, up to the common tracks, down to work."""

from __future__ import annotations

from hubs.pathway import lettering, pen
from hubs.pathway.network import WORK, Stage, Stop
from hubs.pathway.pen import Point, Track
from hubs.pathway.vertical.sheet import BEND, GRADE, LATE_AT, SCALE, WIDTH, Sheet, kind_of, only_hub

PAST = SCALE.radius + 13  # how far a way to work keeps from the stations below it
LEAST_ROOM = 60.0
NEAR = 8.0  # how near a name may come to a track


def draw_late(sheet: Sheet) -> None:
    """A row per stop. The ways to work of all but the last run past those below, on their right."""
    late = sheet.network.at(Stage.LATERAL)
    bottom = sheet.y
    for stop in late:
        bottom = _draw_stop(sheet, stop, bottom, last=stop is late[-1])
    sheet.y = max(bottom, sheet.y, sheet.plates_end) + 8


def _draw_stop(sheet: Sheet, stop: Stop, top: float, *, last: bool) -> float:
    """One stop with its tracks and its name below it. Answers where it ends."""
    hubs = sorted(sheet.hubs(stop), key=lambda hub: sheet.xs.get(hub, 0))
    up = [
        r.to_key
        for r in sheet.ways
        if r.from_key == stop.key and r.to_key in sheet.knobs and kind_of(sheet, r.to_key) == GRADE
    ]
    own = [strand for r, found in sheet.ways.items() if r.from_key == stop.key and r.to_key == WORK for strand in found]
    half = SCALE.reach(len(hubs))
    y = _height(sheet, up, top, half)
    rows = {hub: y + pen.spread(index, len(hubs), SCALE.gap) for index, hub in enumerate(hubs)}
    for hub, row in rows.items():
        sheet.tracks.append(Track(hub, ((-40, row), (LATE_AT, row)), BEND))
    for route, found in sheet.ways.items():
        if route.from_key == stop.key and route.to_key in up:
            for place, strand in enumerate(found):
                _step_in(sheet, strand, (LATE_AT, rows.get(strand, y)), route.to_key, place)
    left = LATE_AT + 12 + max(0, len(own) - 1) * SCALE.gap + (PAST if not last or sheet.late else 0)
    lane = LATE_AT + (0 if last else PAST)
    sheet.late += [(hub, lane + index * SCALE.gap, y) for index, hub in enumerate(own)]
    edge = min(sheet.xs.values(), default=WIDTH) - NEAR
    name = lettering.lines(stop.name, SCALE.font, max(edge - left, LEAST_ROOM))
    label = pen.label(name, left, y + half + 5 + len(name) * SCALE.leading, SCALE, "start")
    sheet.add(stop, [pen.box_around(LATE_AT, y, SCALE.radius, half, SCALE.radius)], label)
    end = y + half + len(name) * SCALE.leading + 16
    # The next stop's way up slants at 45 degrees: it must come from so low that it passes this name.
    return end if last or not up else end + max(word.box.x + word.box.width for word in label) - LATE_AT


def _height(sheet: Sheet, up: list[str], top: float, half: float) -> float:
    """Low enough for the way up to slant at 45 degrees to the lowest stop that it leads to."""
    if not up:
        return top + half + 12
    goal = max(sheet.knobs[key][1] for key in up)
    return max(top + half + 4, goal + min(sheet.xs.values(), default=LATE_AT) - LATE_AT + half - SCALE.radius)


def _step_in(sheet: Sheet, strand: str, start: Point, key: str, place: int) -> None:
    """From the left slanting up to the track of the hub, or to the nearest track of the stop, and along it to the
    stop; a hub's with its letter, the second one's a bit higher."""
    goal = sheet.knobs[key]
    stop = next(grade for grade in sheet.grades if grade.key == key)
    x = sheet.xs.get(strand, min((sheet.xs[hub] for hub in stop.hubs), default=goal[0]))
    slanted = (x, start[1] - (x - start[0]))
    points = (start, slanted, (x, goal[1])) if goal[1] < slanted[1] - 1 else (start, (x, goal[1]))
    sheet.tracks.append(Track(strand, points[::-1], BEND, only_hub(stop)))
    if strand in sheet.lines:
        along = 0.45 + place % 2 * 0.25
        sheet.badge(strand, start[0] + (x - start[0]) * along, start[1] + (max(slanted[1], goal[1]) - start[1]) * along)
