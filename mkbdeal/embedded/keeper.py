"""The process that keeps the embedded servers: starts them, and stops them when nobody uses them any more.

Everyone who uses the servers shares a lock on `users.lock`; the kernel drops it however a user ends. The keeper stops
the servers once it gets that lock alone. If it is killed itself, the kernel asks the servers to stop.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType, ModuleType
from typing import Final

from mkbdeal.embedded import postgres, valkey
from mkbdeal.embedded.account import as_account, own, require_open, server_account
from mkbdeal.embedded.addresses import EmbeddedError, sockets
from mkbdeal.embedded.process import dies_with_parent

MODULES: Final[dict[str, ModuleType]] = {"postgres": postgres, "valkey": valkey}
# PostgreSQL: SIGINT is the fast shutdown, which waits for nobody and loses nothing.
STOP_SIGNALS: Final = {"postgres": signal.SIGINT, "valkey": signal.SIGTERM}
START_SECONDS: Final = 60
POLL_SECONDS: Final = 0.2

Servers = dict[str, "subprocess.Popen[bytes]"]


def main() -> None:
    """Arguments: the data folder, "durable" or "throw-away", and the servers' names. Says ready or why not."""
    data, durable, names = Path(sys.argv[1]), sys.argv[2] == "durable", sys.argv[3:]
    own_lock = (data / "run" / "keeper.lock").open("w")
    fcntl.flock(own_lock, fcntl.LOCK_EX)
    own_lock.write(str(os.getpid()))
    own_lock.flush()
    signal.signal(signal.SIGTERM, _leave)
    servers: Servers = {}
    with (data / "run" / "users.lock").open() as users:
        try:
            start(servers, data, names, durable=durable)
            if "postgres" in servers:
                postgres.create_database(data)
            answer("ready")
            keep(servers, users.fileno())
        except EmbeddedError as error:
            answer(str(error))
        finally:
            stop(servers)
            with suppress(OSError):  # left as it is when something else lies in it
                sockets(data).rmdir()
            # Before the users' lock: whoever waits for that one must not find a keeper that is on its way out.
            own_lock.close()


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def answer(text: str) -> None:
    """Tell the starter how it went and let go of its pipe."""
    with os.fdopen(os.dup(1), "w") as pipe:
        pipe.write(text)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)


def start(servers: Servers, data: Path, names: list[str], *, durable: bool) -> None:
    """Start the named servers and wait until they answer; each is put into `servers` as soon as it exists."""
    account = server_account()
    require_open(account, [data / "postgres", postgres.BINARIES / "postgres", valkey.binary()])
    _make_socket_folder(data, account.pw_uid if account else os.geteuid())
    own(sockets(data), account)
    for name in names:
        MODULES[name].prepare(data, account)
        with (data / "run" / f"{name}.log").open("wb") as log:
            servers[name] = subprocess.Popen(
                MODULES[name].command(data, durable=durable),
                cwd=data / name,
                env=postgres.ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=dies_with_parent(STOP_SIGNALS[name]),  # noqa: PLW1509 - no thread runs here
                **as_account(account),
            )
    for name, server in servers.items():
        _wait(name, server, data)


def _make_socket_folder(data: Path, owner: int) -> None:
    """In a folder open to all, so whoever made it before us must be us."""
    folder = sockets(data)
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if not folder.is_dir() or folder.is_symlink() or status.st_uid not in {owner, os.geteuid()}:
        raise EmbeddedError(f"The folder {folder} belongs to someone else; remove it or choose another PORTAL_DATA.")
    folder.chmod(0o700)


def _wait(name: str, server: "subprocess.Popen[bytes]", data: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not MODULES[name].is_ready(data):
        if server.poll() is not None or time.monotonic() > deadline:
            log = data / "run" / f"{name}.log"
            raise EmbeddedError(f"The embedded {name} does not start ({_reason(log)}); its log is {log}.")
        time.sleep(0.02)


def _reason(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()
    telling = [line for line in lines if any(word in line for word in ("FATAL", "PANIC", "error", "Can't"))]
    return (telling or lines or ["no reason given"])[0].strip()


def keep(servers: Servers, users: int) -> None:
    """Return when nobody holds the users' lock any more, or when a server has died."""
    while all(server.poll() is None for server in servers.values()):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(POLL_SECONDS)
        else:
            return


def stop(servers: Servers) -> None:
    """Stop what runs, in order and without haste: half a minute for the last writes."""
    for name, server in servers.items():
        server.send_signal(STOP_SIGNALS[name])
    for server in servers.values():
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()


if __name__ == "__main__":
    main()
