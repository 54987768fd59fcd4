"""What must be done before the portal can start: database, texts, content, first administrator, static files."""

import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from django.db import connections

from mkbdeal.catalogue import compile_catalogues

ADMINISTRATOR: Final = "beheer@localhost"


def require_free_port(port: int) -> None:
    """Raises CommandError when another program listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise CommandError(f"Port {port} cannot be used ({error}); choose another: make serve PORT=8001") from error


@contextmanager
def step(out: OutputWrapper, title: str) -> Iterator[None]:
    """Say what happens and how long it took."""
    out.write(f"  {title} … ", ending="")
    out.flush()
    started = time.monotonic()
    yield
    out.write(f"{time.monotonic() - started:.1f} s")
    out.flush()


def prepare(out: OutputWrapper, *, demo: bool) -> str | None:
    """Do every step; each changes nothing when it has been done before. The first administrator's password, once."""
    with step(out, "Bringing the database up to date"):
        call_command("migrate", interactive=False, verbosity=0)
    if any(folder.is_dir() for folder in settings.LOCALE_PATHS):
        with step(out, "Compiling the translations"):
            for folder in settings.LOCALE_PATHS:
                compile_catalogues(folder)
    _load(out, "load_starting_content")
    if settings.EMBEDDED:
        _load(out, "load_examples")
    if demo:
        _load(out, "demo_data")
    password = create_first_administrator()
    with step(out, "Collecting the static files"):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["*.map"])
    connections.close_all()  # we only watch from here on
    return password


def _load(out: OutputWrapper, command: str) -> None:
    out.write(f"  Running {command} …")
    out.flush()
    call_command(command)


def create_first_administrator() -> str | None:
    """Unless the programme office has an account: make one. Its password, which is stored nowhere."""
    users = get_user_model().objects
    if users.filter(is_programme_office=True).exists():
        return None
    password = secrets.token_urlsafe(15)
    users.create_superuser(ADMINISTRATOR, password, name="Beheerder")
    return password
