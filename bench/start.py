"""V10 and V11: the whole portal as `make serve` starts it: how soon it answers again, and its memory at rest."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Final

from bench.ground import PROJECT, Ground
from bench.processes import proportional_bytes
from bench.table import Line, run
from bench.web import Visitor, end, free_port, wait_for
from mkbdeal.embedded.process import dies_with_parent
from mkbdeal.launch.locks import port_lock

PATHS: Final = ("/", "/programmas/", "/agenda/", "/leerlijn/", "/hubs/", "/partners/", "/nieuws/")
MOST_SECONDS: Final = 10
MOST_MEGABYTES: Final = 650
STARTS: Final = 3
REST_SECONDS: Final = 15


def measure(ground: Ground) -> Iterator[Line]:
    """In a second data folder, with embedded servers of its own."""
    data = ground.data / "serve"
    with _portal(data) as (_, _pid, seconds):
        first = seconds
    yield Line("V11", "first start, dependencies installed: to the first page", f"{first:.1f} s")
    warm, memory = [], []
    for _ in range(STARTS):
        with _portal(data) as (port, pid, seconds):
            warm.append(seconds)
            memory.append(_at_rest(port, pid))
    seconds = median(warm)
    yield Line(
        "V11", "warm start to the first page", f"{seconds:.1f} s", f"≤ {MOST_SECONDS} s", seconds <= MOST_SECONDS
    )
    megabytes = median(memory)
    what = "memory of the idle portal, proportional share"
    yield Line("V10", what, f"{megabytes:.0f} MB", f"≤ {MOST_MEGABYTES} MB", megabytes <= MOST_MEGABYTES)


@contextmanager
def _portal(data: Path) -> Iterator[tuple[int, int, float]]:
    """Its port, its process, and the seconds from the command to the home page."""
    port = free_port()
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=PROJECT,
        env={**os.environ, "PORTAL_DATA": str(data), "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=dies_with_parent(signal.SIGTERM),  # noqa: PLW1509 - no thread runs here
    )
    try:
        wait_for(port, "/", process)
        yield port, process.pid, time.perf_counter() - started
    finally:
        end(process)
        port_lock(port).unlink(missing_ok=True)


def _at_rest(port: int, pid: int) -> float:
    """After a walk through the pages, in megabytes: before it the processes have loaded little."""
    visitor = Visitor(port)
    for path in PATHS * 5:
        visitor.get(path)
    visitor.close()
    time.sleep(REST_SECONDS)
    return proportional_bytes(pid) / 1_000_000


if __name__ == "__main__":
    run(measure)
