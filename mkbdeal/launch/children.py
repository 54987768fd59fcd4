"""The processes of a running portal: web server, worker and beat. Starts, watches and stops them together."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from mkbdeal.embedded.process import dies_with_parent

WEB_WORKERS: Final = 2
WEB_THREADS: Final = 8  # per worker: 16 requests at once
TASKS: Final = 2  # that run at once
STOP_SECONDS: Final = 10  # for running requests and tasks; an unfinished task is done again later
POLL_SECONDS: Final = 0.25
READY_SECONDS: Final = 60

Child = subprocess.Popen[bytes]


def commands(port: int) -> dict[str, list[str]]:
    """How each process is started."""
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "--quiet", "-A", "mkbdeal.worker"]
    web = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws", "--http", "1"]
    web += ["--workers", str(WEB_WORKERS), "--blocking-threads", str(WEB_THREADS), "--respawn-failed-workers"]
    # A thread takes its database connection along when it goes.
    web += ["--blocking-threads-idle-timeout", "600"]
    web += ["--workers-kill-timeout", "5", "--log-level", "error", "mkbdeal.wsgi:application"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING"]
    return {
        "web server": [*python, *web],
        "worker": [*celery, "worker", "--pool", "prefork", "--concurrency", str(TASKS), *quiet],
        "beat": [*celery, "beat", "--pidfile", "", "--loglevel", "WARNING"],
    }


class Children:
    """All children together: if one ends, all end."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder = folder
        # As root Celery warns at every start; on the embedded default root is an accepted choice.
        ignore = "ignore:You're running the worker"
        self._environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": ignore, **environment}
        self._children: dict[str, Child] = {}

    def start(self, name: str, command: list[str]) -> None:
        """Start one child in a session of its own, so that Ctrl-C reaches only us and we end them in order."""
        self._children[name] = subprocess.Popen(
            command,
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=dies_with_parent(signal.SIGTERM),  # noqa: PLW1509 - no thread runs here
        )

    def dead(self) -> str | None:
        """The name of a child that has ended, if any."""
        return next((name for name, child in self._children.items() if child.poll() is not None), None)

    def watch(self, others_live: Callable[[], bool]) -> str:
        """Wait until a child, or what else must live, has ended; the name of what it was."""
        while others_live():
            if name := self.dead():
                return name
            time.sleep(POLL_SECONDS)
        return "database or broker"

    def stop(self) -> None:
        """Ask all to finish what they do, then end what is left: grandchildren too, hence the groups.

        Only the leader of a group is asked: it ends its own processes. Told as well, they would drop a running task,
        and the worker would report each as lost.
        """
        for child in self._children.values():
            child.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in self._children.values():
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0, deadline - time.monotonic()))
            _kill_group(child)
            child.wait()


def _kill_group(child: Child) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def wait_until_ready(port: int, children: Children) -> bool:
    """Has the web server answered? False when a child has ended or a minute has passed."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and not children.dead():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse()
        except OSError:
            time.sleep(0.1)
        else:
            return True
        finally:
            connection.close()
    return False
