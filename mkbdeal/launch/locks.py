"""Locks that `serve` holds as long as it lives; the kernel drops them however it ends. They lie in files."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import CommandError

from mkbdeal.embedded.addresses import make_data_folder


@contextmanager
def alone(port: int, data: Path) -> Iterator[None]:
    """Be the only `serve` on this port and on this data folder. Raises CommandError that says who is there already.

    Binding the port does not tell: Linux lets two web servers of one user share a port that both ask to share.
    """
    name = f"process {os.getpid()} on port {port} with data folder {data}"
    with _held(port_lock(port), f"Port {port}", name), _held(_data_lock(data), f"The data folder {data}", name):
        yield


def port_lock(port: int) -> Path:
    """One per user, because only servers of the same user can share a port; outside any data folder."""
    return Path("/tmp") / f"mkbdeal-{os.geteuid()}-port-{port}.lock"  # noqa: S108 - a link there is not followed


def _data_lock(data: Path) -> Path:
    make_data_folder(data)
    (data / "run").mkdir(mode=0o700, exist_ok=True)
    return data / "run" / "serve.lock"


@contextmanager
def _held(path: Path, what: str, name: str) -> Iterator[None]:
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise CommandError(f"{what} cannot be claimed: {path}: {error.strerror}.") from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(lock, 4096).decode(errors="replace").strip() or "another process"
            advice = "choose another PORT and PORTAL_DATA"
            raise CommandError(f"{what} is in use by another serve ({holder}); {advice}.") from None
        os.ftruncate(lock, 0)
        os.write(lock, name.encode(errors="replace"))
        yield
    finally:
        os.close(lock)
