"""The portal as visitors meet it: the real web server with the real content, on a free port. No test lives here."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from mkbdeal.launch.children import Children, commands, wait_until_ready


@dataclass(frozen=True)
class Portal:
    """A running portal. `numbers` are those of the activities, or tokens of own links, by the state that each is in."""

    origin: str
    numbers: dict[str, int | str]

    def path(self, template: str) -> str:
        """`/agenda/{full}/` → `/agenda/17/`"""
        return template.format_map(self.numbers)

    def url(self, template: str) -> str:
        """The same with scheme and host."""
        return self.origin + self.path(template)


@contextmanager
def running_portal(data: Path) -> Iterator[Portal]:
    """On the embedded servers in this folder, in their ordinary database; the tests' own is another one."""
    port = _free_port()
    environment = {"PORTAL_DATA": str(data), "PORTAL_SERVE": "1", "PORT": str(port)}
    numbers = _fill(environment)
    children = Children(settings.BASE_DIR, environment)
    try:
        children.start("web server", commands(port)["web server"])
        assert wait_until_ready(port, children), "The web server does not start."
        yield Portal(f"http://127.0.0.1:{port}", numbers)
    finally:
        children.stop()


def _fill(environment: dict[str, str]) -> dict[str, int | str]:
    stage = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", "from tests.journeys import stage; stage.main()"],
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return json.loads(stage.stdout.splitlines()[-1])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
