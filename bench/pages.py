"""V3 and V4: what an uncached page costs the web server's processors, beside a minimal list page; its queries."""

from collections.abc import Iterator
from statistics import median
from typing import Final

from bench.ground import Ground
from bench.processes import cpu_seconds
from bench.table import Line, run
from bench.web import MINIMAL, Server, Visitor, serving

PAGES: Final = {"programmes": "programme list", "agenda": "agenda", "hub": "hub page"}
MINIMAL_PATH: Final = "/agenda/"
MOST: Final = 2.0
MOST_QUERIES: Final = 8
ROUNDS: Final = 7
VISITS: Final = 60
MINIMAL_VISITS: Final = 240  # cheaper, so more of them for the same precision


def measure(ground: Ground) -> Iterator[Line]:
    """Twenty rows on each page; in every round the minimal page and ours take turns."""
    ground.fill()
    paths = ground.stage("paths")
    with serving(ground) as portal, serving(ground, MINIMAL) as minimal:
        portal.warm_up(*(paths[page] for page in PAGES))
        minimal.warm_up(MINIMAL_PATH)
        costs: dict[str, list[float]] = {page: [] for page in PAGES}
        bases: list[float] = []
        for _ in range(ROUNDS):
            bases.append(_cpu_of_a_visit(minimal, MINIMAL_PATH, MINIMAL_VISITS))
            for page in PAGES:
                costs[page].append(_cpu_of_a_visit(portal, paths[page], VISITS))
    for page, what in PAGES.items():
        ratio = median(cost / base for cost, base in zip(costs[page], bases, strict=True))
        figure = f"{ratio:.1f} × ({median(costs[page]) * 1000:.1f} against {median(bases) * 1000:.1f} ms)"
        yield Line("V3", f"{what}, server CPU beside a minimal list page", figure, f"≤ {MOST} ×", ratio <= MOST)
    counted: dict[str, int] = ground.stage("queries")
    worst = max(counted.values())
    figure = f"{worst} at most ({', '.join(page for page, number in counted.items() if number == worst)})"
    yield Line("V4", "SQL queries of an uncached page", figure, f"≤ {MOST_QUERIES}", worst <= MOST_QUERIES)


def _cpu_of_a_visit(server: Server, path: str, visits: int) -> float:
    visitor = Visitor(server.port)
    before = cpu_seconds(server.pid)
    for _ in range(visits):
        visitor.get(path)
    after = cpu_seconds(server.pid)
    visitor.close()
    return (after - before) / visits


if __name__ == "__main__":
    run(measure)
