"""Looks at real processes: which belong to a data folder. For the tests of servers and serve."""

import os
import time
from pathlib import Path


def of_data_folder(data):
    """Every process that was started for this data folder, ourselves excepted."""
    mark = os.fsencode(data)
    return [pid for pid in _pids() if pid != os.getpid() and mark in _read(pid, "cmdline") + _read(pid, "environ")]


def _pids():
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _read(pid, name):
    try:
        return (Path("/proc") / str(pid) / name).read_bytes()
    except OSError:
        return b""


def wait_until(condition, seconds=40):
    """Has it become true in time?"""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False
