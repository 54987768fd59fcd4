"""The map from top to bottom, 288 units wide, for phones: a row per stop. Pure geometry."""

# Left run the lines from the first schools; each secondary school is a row where its lines turn off to the right. What
# goes on from there runs down on the right, and comes together at mbo. Those who step in later come from the left, just
# above work. So the map grows downwards with the data.

from __future__ import annotations

from hubs.pathway import pen, strands
from hubs.pathway.network import WORK, Network, Stage
from hubs.pathway.shapes import Drawing
from hubs.pathway.vertical.beside import draw_terminal, draw_to_work
from hubs.pathway.vertical.late import draw_late
from hubs.pathway.vertical.schools import arrange_rows, draw_first_schools, draw_secondary
from hubs.pathway.vertical.sheet import LEFT, SCALE, TERMINAL, WIDTH, Sheet
from hubs.pathway.vertical.trunk import draw_trunk


def draw_vertical(network: Network) -> Drawing:
    """Row after row downwards; the sheet keeps where the lines are."""
    sheet = Sheet(network)
    rows = sorted(network.at(Stage.SECONDARY), key=lambda stop: (-stop.position, stop.key))
    bundles, single = arrange_rows(sheet, rows)
    places, count = strands.ports([bundle for bundle in bundles if bundle], single=single)
    trunk = {place: LEFT + (count - 1 - place) * SCALE.gap for place in range(count)}
    found = iter(places)
    turns = [{hub: trunk[place] for hub, place in next(found).items()} if bundle else {} for bundle in bundles]
    top = draw_first_schools(sheet, turns)
    draw_secondary(sheet, rows, turns, top)
    draw_trunk(sheet)
    draw_late(sheet)
    draw_to_work(sheet)
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
        draw_terminal(sheet.y) if has_work else None,
        None,
    )
