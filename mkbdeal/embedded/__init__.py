"""PostgreSQL and Valkey from wheels, for whoever has no servers at hand: `make serve`, commands and tests.

Any number of processes may use them at once; the first starts them, the last one's end stops them (see keeper.py).
"""

import fcntl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from mkbdeal.embedded.addresses import EmbeddedError, make_data_folder

__all__ = ["EmbeddedError", "is_kept", "running"]

STOP_SECONDS: Final = 40


@contextmanager
def running(data: Path, servers: set[str], *, durable: bool = True, say: bool = True) -> Iterator[None]:
    """Have these embedded servers ("postgres", "valkey") while the block runs; does nothing for an empty set.

    Raises EmbeddedError with one sentence when they cannot be had. Leaves them running while others use them.
    """
    if not servers:
        yield
        return
    if say:
        print(f"Using the embedded {' and '.join(sorted(servers))} in {data}.", file=sys.stderr, flush=True)
    users = _join(data)
    try:
        _ensure_keeper(data, servers, durable=durable)
        yield
    finally:
        _leave(users, data)


def is_kept(data: Path) -> bool:
    """Is there still someone who keeps the servers? Once true, false means that a server has died."""
    with (data / "run" / "keeper.lock").open("a") as keeper:
        try:
            fcntl.flock(keeper, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _join(data: Path) -> IO[str]:
    make_data_folder(data)
    try:
        (data / "run").mkdir(mode=0o700, exist_ok=True)
        users = (data / "run" / "users.lock").open("a")
    except OSError as error:
        raise EmbeddedError(f"The data folder {data} cannot be used: {error.strerror}.") from error
    fcntl.flock(users, fcntl.LOCK_SH)  # waits while the last user's servers are stopping
    return users


def _ensure_keeper(data: Path, servers: set[str], *, durable: bool) -> None:
    with (data / "run" / "start.lock").open("a") as start:
        fcntl.flock(start, fcntl.LOCK_EX)  # of two that come at once, one starts and the other waits
        if not is_kept(data):
            _start_keeper(data, servers, durable=durable)


def _start_keeper(data: Path, servers: set[str], *, durable: bool) -> None:
    # A session of its own: Ctrl-C and a closed terminal reach the users, and the keeper follows them.
    keeper = subprocess.Popen(
        [sys.executable, "-m", __name__ + ".keeper", data, "durable" if durable else "throw-away", *sorted(servers)],
        cwd=Path(__file__).parent.parent.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    assert keeper.stdout is not None
    with keeper.stdout as pipe:
        answer = pipe.read()
    if answer != "ready":
        raise EmbeddedError(answer or "The embedded servers do not start.")


def _leave(users: IO[str], data: Path) -> None:
    """Let go of the servers and, as their last user, wait until they have stopped."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        alone = True
    except BlockingIOError:
        alone = _is_stopping(users)
    users.close()
    deadline = time.monotonic() + STOP_SECONDS
    while alone and is_kept(data) and time.monotonic() < deadline:
        time.sleep(0.05)


def _is_stopping(users: IO[str]) -> bool:
    """Does the keeper, rather than another user, hold the lock?"""
    try:
        fcntl.flock(users, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False
