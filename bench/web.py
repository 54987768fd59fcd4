"""Web servers as `serve` starts them, the portal's and the minimal one's; and a visitor that asks them."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

from bench.ground import MAIN, PROJECT, Ground
from mkbdeal.embedded.process import dies_with_parent
from mkbdeal.launch.children import WEB_THREADS, WEB_WORKERS, commands

PORTAL: Final = "mkbdeal.wsgi:application"
MINIMAL: Final = "bench.minimal:application"
BARE: Final = "bench.bare_wsgi:application"
SLOTS: Final = WEB_WORKERS * WEB_THREADS
READY_SECONDS: Final = 60


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    headers: http.client.HTTPMessage  # whatever their letters' case


class Visitor:
    """One browser on one kept connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        """GET without a body, POST with one."""
        self._connection.request("GET" if body is None else "POST", path, body, dict(headers or {}))
        response = self._connection.getresponse()
        return Answer(response.status, response.read(), response.headers)

    def get(self, path: str) -> bytes:
        """A page; raises AssertionError where it is not there: a fault is quick and would look good."""
        answer = self.ask(path)
        assert answer.status == 200, f"{path} answers {answer.status}"
        return answer.body

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


@dataclass(frozen=True)
class Server:
    """A running web server with two workers."""

    port: int
    pid: int

    def warm_up(self, *paths: str) -> None:
        """Let every thread of every worker open its database connection and read its templates."""

        def stroll(_: int) -> None:
            visitor = Visitor(self.port)
            for path in paths * 10:
                visitor.ask(path)
            visitor.close()

        with ThreadPoolExecutor(SLOTS) as pool:
            list(pool.map(stroll, range(SLOTS)))


@contextmanager
def serving(
    ground: Ground, application: str = PORTAL, *, database: str = MAIN, extra: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Ended with its workers afterwards."""
    port = free_port()
    command = [application if part == PORTAL else part for part in commands(port)["web server"]]
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        env={**os.environ, **ground.environment(port, database), **(extra or {})},
        start_new_session=True,
        preexec_fn=dies_with_parent(signal.SIGTERM),  # noqa: PLW1509 - no thread runs here
    )
    try:
        wait_for(port, "/healthz", process)
        yield Server(port, process.pid)
    finally:
        end(process)


def wait_for(port: int, path: str, process: "subprocess.Popen[bytes]") -> None:
    """Until it is answered, whatever the status; raises AssertionError when it does not come."""
    deadline = time.monotonic() + READY_SECONDS
    while True:
        assert process.poll() is None and time.monotonic() < deadline, "the web server does not start"
        visitor = Visitor(port)
        with suppress(OSError):
            visitor.ask(path)
            return
        visitor.close()
        time.sleep(0.02)


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ask it to stop, then end what is left of its group."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(40)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_port() -> int:
    """Nobody listens there now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
