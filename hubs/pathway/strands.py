"""Which track lies beside which: the order of parallel tracks that lets bundles fan out without crossing. No
coordinates."""

from __future__ import annotations

from collections.abc import Sequence

Bundle = tuple[str, ...]

# Beyond so many tracks at one station every line gets a single track, and crossings are drawn as over and under.
INTERLEAVED_AT_MOST = 8


def interleave(bundles: Sequence[Bundle]) -> list[Bundle]:
    """Order each bundle so that it begins with the strand that the bundle before it ends with, as often as possible.

    Two neighbours that share such a strand share one track, which branches; nothing has to cross. `M W | W M | M | W`
    needs four tracks. Dynamic programming over the last strand of each bundle; ties fall to the order in which
    strands are given.
    """
    best: dict[str, tuple[int, list[Bundle]]] = {"": (0, [])}
    for bundle in bundles:
        step: dict[str, tuple[int, list[Bundle]]] = {}
        for order in _orders(bundle):
            for last, (shared, path) in best.items():
                score = shared + (last == order[0])
                if order[-1] not in step or score > step[order[-1]][0]:
                    step[order[-1]] = (score, [*path, order])
        best = step or best
    return max(best.values(), key=lambda found: found[0])[1]


def _orders(bundle: Bundle) -> list[Bundle]:
    if len(bundle) < 2:
        return [bundle] if bundle else []
    return [
        (first, *(s for s in bundle if s not in (first, last)), last)
        for first in bundle
        for last in bundle
        if first != last
    ]


def ports(bundles: Sequence[Bundle], *, single: bool = False) -> tuple[list[dict[str, int]], int]:
    """Give each strand of each bundle a place beside the others, counted from 0, and say how many places that takes.

    With `single` every strand has one place for all its bundles, in order of first appearance.
    """
    places: list[dict[str, int]] = []
    known: dict[str, int] = {}
    used = -1
    before = ""
    for bundle in bundles:
        own: dict[str, int] = {}
        for strand in bundle:
            if single:
                own[strand] = known.setdefault(strand, len(known))
                continue
            used += strand != before
            own[strand] = used
            before = strand
        places.append(own)
    return places, len(known) if single else used + 1


def arrange(bundles: Sequence[Bundle]) -> tuple[list[Bundle], bool]:
    """The bundles in the order to draw them, and whether they are too many for a track of their own (then `single`)."""
    ordered = interleave(bundles)
    too_many = ports(ordered)[1] > INTERLEAVED_AT_MOST
    return (list(bundles), True) if too_many else (ordered, False)
