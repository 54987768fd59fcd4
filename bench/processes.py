"""Looks at real processes from outside: who belongs together, their processor time and memory. Linux only."""

import time
from pathlib import Path


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (parent := _parent(entry)) is not None:
            children.setdefault(parent, []).append(int(entry.name))
    found = [pid]
    for member in found:  # grows while we walk
        found += children.get(member, [])
    return found


def _parent(entry: Path) -> int | None:
    try:
        after_name = (entry / "stat").read_text().rpartition(")")[2]  # a name may hold anything
    except OSError:
        return None
    return int(after_name.split()[1])


def cpu_seconds(pid: int) -> float:
    """Processor time of a family so far, in nanoseconds' precision: /proc counts in hundredths of a second."""
    return sum(time.clock_gettime((~member << 3) | 2) for member in family(pid))  # the kernel's clock of a process


def proportional_bytes(pid: int) -> int:
    """Memory of a family; what several processes share counts in equal parts."""
    return sum(_pss(member) for member in family(pid))


def _pss(pid: int) -> int:
    try:
        lines = (Path("/proc") / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
