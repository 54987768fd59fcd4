"""V5: do lists stay as quick with 100,000 dates as with 100, on their first and on their last page?"""

import time
from collections.abc import Iterator
from statistics import median
from typing import Final

from bench.ground import Ground
from bench.table import Line, run
from bench.web import Visitor, serving

MANY, FEW = "many", "few"
LAST: Final = "?pagina=999"  # past the end: the last one is shown
PATHS: Final = {
    "programme list, first page": "/programmas/",
    "programme list, last page": f"/programmas/{LAST}",
    "agenda, first page": "/agenda/",
    "agenda, last page": f"/agenda/{LAST}",
    "agenda of one hub": "/agenda/?hub=technohub-woerden",
    "agenda, free seats only": "/agenda/?vrij=on",
    "agenda, by words": "/agenda/?q=les",
}
MOST: Final = 1.5
ROUNDS: Final = 40


def measure(ground: Ground) -> Iterator[Line]:
    """The same hundred programmes in two databases: with all their dates, and with their next date only."""
    ground.fill()
    _make_databases(ground)
    with serving(ground, database=MANY) as many, serving(ground, database=FEW) as few:
        for server in (many, few):
            server.warm_up(*PATHS.values())
        visitors = Visitor(many.port), Visitor(few.port)
        for what, path in PATHS.items():
            pairs = [[_seconds(visitor, path) for visitor in visitors] for _ in range(ROUNDS)]
            slow, quick = (median(seconds) for seconds in zip(*pairs, strict=True))
            figure = f"{slow / quick:.2f} × ({slow * 1000:.1f} against {quick * 1000:.1f} ms)"
            yield Line("V5", f"{what}: 100,000 dates beside 100", figure, f"≤ {MOST} ×", slow / quick <= MOST)
        for visitor in visitors:
            visitor.close()


def _make_databases(ground: Ground) -> None:
    ground.sql(f"CREATE DATABASE {MANY}")
    ground.stage("many_dates", database=MANY)
    ground.sql(f"CREATE DATABASE {FEW} TEMPLATE {MANY}")
    ground.stage("next_dates_only", database=FEW)
    for database in (MANY, FEW):
        ground.sql("VACUUM FULL ANALYZE", database=database)


def _seconds(visitor: Visitor, path: str) -> float:
    started = time.perf_counter()
    visitor.get(path)
    return time.perf_counter() - started


if __name__ == "__main__":
    run(measure)
