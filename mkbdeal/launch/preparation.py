"""What must be done before the portal can start: database, texts, content, first administrator, static files."""

import secrets
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from django.db import connections

from mkbdeal.catalogue import compile_catalogues
from mkbdeal.launch.closed import close_to_others

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
    """Say what happens and how long it took. What the disk refuses becomes a CommandError."""
    out.write(f"  {title} … ", ending="")
    out.flush()
    started = time.monotonic()
    try:
        with _disk_in_words(title):
            yield
    except BaseException:
        out.write("")  # the reason gets a line of its own
        raise
    out.write(f"{time.monotonic() - started:.1f} s")
    out.flush()


@contextmanager
def _disk_in_words(title: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = f" ({error.filename})" if error.filename else f" (below {settings.DATA_FOLDER})"
        raise CommandError(f"{title} failed: {error.strerror or error}{where}. Mend that and start again.") from error


def prepare(out: OutputWrapper, *, demo: int | None) -> None:
    """Do every step; each changes nothing when it has been done before. `demo` is how many dates to generate.

    0 is the usual number.
    """
    if any(folder.is_dir() for folder in settings.LOCALE_PATHS):
        with step(out, "Compiling the translations"):
            for folder in settings.LOCALE_PATHS:
                compile_catalogues(folder)
    with _disk_in_words("Preparing the data folder"):
        _close_to_others(settings.DATA_FOLDER)  # after the catalogues, which belong to the project and are no secret
    with step(out, "Bringing the database up to date"):
        call_command("migrate", interactive=False, verbosity=0)
    _load(out, "replay_erasures")  # at once: nothing may be served from a restored database before
    _load(out, "load_starting_content")
    if settings.EMBEDDED:
        _load(out, "load_examples")
    if demo is not None:
        _load(out, "demo_data", activities=demo or None)
    if password := create_first_administrator():  # said at once: a later step may fail, and nobody could log in
        out.write(f"  First administrator: {ADMINISTRATOR}, password: {password} (shown only now)")
        out.flush()
    with step(out, "Collecting the static files"):
        collect_static_files()
    connections.close_all()  # we only watch from here on


def _close_to_others(data: Path) -> None:
    folders = [data / "run", data / "secrets", settings.MAIL_FOLDER, settings.MEDIA_ROOT, settings.STATIC_ROOT]
    close_to_others(folders, settings.ERASURE_LEDGER)


def collect_static_files() -> None:
    """All or none: a half-written file would count as collected from then on."""
    try:
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["*.map"])
    except OSError:
        shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
        raise


def _load(out: OutputWrapper, command: str, **options: int | None) -> None:
    out.write(f"  Running {command} …")
    out.flush()
    with _disk_in_words(f"Running {command}"):
        call_command(command, **options)


def create_first_administrator() -> str | None:
    """Unless somebody of the programme office can log in: make, or restore, the one account known to this file.

    Its password, which is stored nowhere.
    """
    users = get_user_model().objects
    if users.filter(is_programme_office=True, is_active=True).exists():
        return None
    password = secrets.token_urlsafe(15)
    rights = {"is_programme_office": True, "is_active": True, "password": make_password(password)}
    users.update_or_create(
        email=ADMINISTRATOR, defaults=rights, create_defaults={**rights, "name": "Het programmabureau"}
    )
    return password
