"""The map from left to right, 1200 units wide, for screens with room: a column per stage, a row per stop. Pure
geometry."""

from __future__ import annotations

from hubs.pathway import pen
from hubs.pathway.horizontal.docking import dock
from hubs.pathway.horizontal.node import SCALE, TAIL, WIDTH, begin, top_down
from hubs.pathway.horizontal.rows import place
from hubs.pathway.horizontal.signs import draw_badges, draw_entrance, draw_station, draw_terminal
from hubs.pathway.horizontal.tracks import draw_way, loose_ends
from hubs.pathway.network import WORK, Network
from hubs.pathway.shapes import Drawing


def draw_horizontal(network: Network) -> Drawing:
    """Place, connect, and shift everything so that it begins at the top of the sheet."""
    nodes = {stop.key: begin(stop) for stop in top_down(network.stops)}
    ways = network.ways()
    routes = list(ways)
    dock(ways, nodes)
    place(nodes, routes)
    height = max((node.y + max(node.below, TAIL if node.is_late else 0) for node in nodes.values()), default=200.0) + 20
    drawn = {(r.from_key, r.to_key, track.strand): track for r in routes for track in draw_way(ways, nodes, r)}
    paths = {key: track.points for key, track in drawn.items()}
    tracks = [*drawn.values(), *loose_ends(network, nodes)]
    return Drawing(
        "horizontal",
        WIDTH,
        round(height, 1),
        pen.paint(tracks, network, SCALE),
        tuple(draw_badges(network, nodes, paths)),
        tuple(draw_station(network, node, paths) for node in nodes.values()),
        draw_terminal(height) if any(route.to_key == WORK for route in routes) else None,
        draw_entrance(nodes),
    )
