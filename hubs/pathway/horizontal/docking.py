"""At which offset every hub enters and leaves every station of the horizontal map. No coordinates on the sheet yet."""

from __future__ import annotations

from hubs.pathway import pen, strands
from hubs.pathway.horizontal.node import SCALE, Node, Ways
from hubs.pathway.network import CHANGE, OUTSIDE, WORK, Route, Stage


def _hubs_of(ways: Ways, route: Route) -> strands.Bundle:
    return tuple(strand for strand in ways[route] if strand not in (CHANGE, OUTSIDE))


def is_fan(nodes: dict[str, Node], route: Route) -> bool:
    return nodes[route.from_key].stop.stage is Stage.PRIMARY


def dock(ways: Ways, nodes: dict[str, Node]) -> None:
    """Give every hub its place at both ends of every route, so that bundles fan out and join without crossing.

    A route's order is chosen where it branches: at the first school for fans, at its target for joins.
    """
    routes = list(ways)
    rank = {key: index for index, key in enumerate(nodes)} | {WORK: len(nodes)}
    order: dict[Route, strands.Bundle] = {}
    single = False
    for fans, end in ((True, "from_key"), (False, "to_key")):
        for key, node in nodes.items():
            group = [r for r in routes if getattr(r, end) == key and (is_fan(nodes, r) == fans)]
            group = [r for r in sorted(group, key=lambda r: (rank[r.from_key], rank[r.to_key])) if _hubs_of(ways, r)]
            arranged, too_many = strands.arrange([_hubs_of(ways, r) for r in group]) if group else ([], False)
            order |= dict(zip(group, arranged, strict=True))
            single = single or too_many
            node.tracks = 1
    for key, node in nodes.items():
        leaving = sorted((r for r in routes if r.from_key == key and _hubs_of(ways, r)), key=lambda r: rank[r.to_key])
        entering = sorted((r for r in routes if r.to_key == key and _hubs_of(ways, r)), key=lambda r: rank[r.from_key])
        routed = {hub for r in (*leaving, *entering) for hub in _hubs_of(ways, r)}
        loose = tuple(sorted(node.stop.hubs - routed)) if not node.is_late else ()
        for side, group in ((node.leaves, leaving), (node.enters, entering)):
            bundles = [order.get(r, _hubs_of(ways, r)) for r in group]
            is_outer = side is (node.leaves if node.stop.stage is Stage.PRIMARY else node.enters)
            places, count = strands.ports([*bundles, loose] if is_outer else bundles, single=single)
            node.tracks = max(node.tracks, count)
            if is_outer:
                node.loose = {hub: pen.spread(index, count, SCALE.gap) for hub, index in places.pop().items()}
            for route, place in zip(group, places, strict=True):
                for hub, index in place.items():
                    side[(route.to_key if side is node.leaves else route.from_key, hub)] = pen.spread(
                        index, count, SCALE.gap
                    )
        _align(node)
        node.tracks = max(node.tracks, len(node.stop.hubs))


def _align(node: Node) -> None:
    """Let a line leave a station where it entered, when the fuller side leaves no doubt where that is."""
    fewer, more = sorted((node.enters, node.leaves), key=lambda side: len(set(side.values())))
    places: dict[str, set[float]] = {}
    for (_, hub), offset in more.items():
        places.setdefault(hub, set()).add(offset)
    if len(set(fewer.values())) < len(set(more.values())) and all(len(places.get(hub, ())) == 1 for _, hub in fewer):
        for way in fewer:
            fewer[way] = min(places[way[1]])
