"""Right of the common tracks of the vertical map: further learning outside the hubs. Below: what leads to work, and
work."""

from __future__ import annotations

from hubs.pathway import lettering, pen
from hubs.pathway.network import OUTSIDE, WORK, Stop
from hubs.pathway.pen import Track
from hubs.pathway.shapes import Box, Terminal
from hubs.pathway.vertical.sheet import (
    BEND,
    LANES_FROM,
    LATE_AT,
    PLATE_ROOM,
    SCALE,
    TERMINAL,
    WIDTH,
    Sheet,
    draw_letters,
)


def plate_row(sheet: Sheet) -> Stop | None:
    """The stop beside which further learning stands: the first that goes on to it, else the first of all."""
    if not sheet.plates:
        return None
    keys = {plate.key for plate in sheet.plates}
    going = [stop for stop in sheet.grades if any(r.from_key == stop.key and r.to_key in keys for r in sheet.ways)]
    return next(iter(going or sheet.grades), None)


def draw_plates(sheet: Sheet, beside: Stop | None) -> None:
    """The plates under each other on one thin line, the first beside a stop, or below everything drawn so far."""
    names = [lettering.lines(plate.name, SCALE.font, PLATE_ROOM - 12) for plate in sheet.plates]
    wide = max(lettering.width(line, SCALE.font) for name in names for line in name) + 12
    middle = WIDTH - 2 - wide / 2
    y = first = sheet.knobs[beside.key][1] if beside else sheet.y + SCALE.radius + 4
    for index, (plate, name) in enumerate(zip(sheet.plates, names, strict=True)):
        half = len(name) * SCALE.leading / 2 + 7
        y += half if index else 0
        bottom = y + 6 + (len(name) - 1) * SCALE.leading / 2
        box = pen.box_around(middle, y, wide / 2, half)
        sheet.add(plate, [box], pen.label(name, middle, bottom, SCALE, "middle"))
        y += half + 14
    if len(sheet.plates) > 1:
        sheet.tracks.append(Track(OUTSIDE, ((LANES_FROM, first), (LANES_FROM, y - 20)), BEND))
    if beside and any(r.from_key == beside.key and r.to_key == plate.key for r in sheet.ways for plate in sheet.plates):
        sheet.tracks.append(Track(OUTSIDE, (sheet.knobs[beside.key], (middle, first)), BEND))
    sheet.plates_end = y
    if beside is None:
        sheet.y = y


def draw_to_work(sheet: Sheet) -> None:
    """Down to the terminal, from wherever a line goes to work."""
    end = sheet.y + 4
    plates = {plate.key for plate in sheet.plates}
    for route, ways in sheet.ways.items():
        if route.to_key != WORK:
            continue
        for strand in ways:
            if route.from_key in sheet.knobs:
                x = sheet.xs.get(strand, sheet.knobs[route.from_key][0])
                sheet.tracks.append(Track(strand, ((x, sheet.knobs[route.from_key][1]), (x, end)), BEND))
            elif route.from_key in plates:
                sheet.tracks.append(
                    Track(strand, ((LANES_FROM, sheet.spots[route.from_key][1]), (LANES_FROM, end)), BEND)
                )
    for hub, x, y in sheet.late:
        points = ((LATE_AT, y), (x, y), (x, end)) if x > LATE_AT else ((x, y), (x, end))
        sheet.tracks.append(Track(hub, points, BEND))
    draw_letters(sheet, [(hub, x) for hub, x, _ in sheet.late], end - 26)


def draw_terminal(y: float) -> Terminal:
    """Work: a bar over the whole width, with an arrow down."""
    middle = y + TERMINAL / 2
    arrow = f"M250 {middle - 17:.1f}V{middle + 14:.1f}M233 {middle:.1f}L250 {middle + 17:.1f}L267 {middle:.1f}"
    return Terminal(Box(0, round(y, 1), WIDTH, TERMINAL), 18, round(middle + 10, 1), 30, "start", arrow, 8)
