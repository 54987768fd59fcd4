"""Where is measured: embedded servers in a data folder of our own, gone afterwards. Touches nobody's data."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import psycopg2

from mkbdeal import embedded
from mkbdeal.embedded import addresses

PROJECT: Final = Path(__file__).resolve().parent.parent
# What may be set in the terminal for another portal must not lead us to it.
FOREIGN: Final = (
    "DATABASE_URL", "REDIS_URL", "PORTAL_DATA", "ERASURE_LEDGER", "SECRET_KEY", "LINK_KEY", "LINK_KEY_OLD", "SITE_URL",
    "ALLOWED_HOSTS", "TRUSTED_PROXIES", "EMAIL_URL", "DEFAULT_FROM_EMAIL", "MEDIA_URL", "SENTRY_DSN", "PORT",
    "PORTAL_PROCESS", "PORTAL_SERVE", "DJANGO_SETTINGS_MODULE",
)  # fmt: skip
MAIN: Final = addresses.NAME  # the database with the starting content and a generated year


class Ground:
    """A data folder with running servers."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._is_filled = False

    def fill(self) -> None:
        """Have the starting content and a generated year in the main database, and the static files collected."""
        if not self._is_filled:
            self.stage("fill")
            self._is_filled = True

    def environment(self, port: int, database: str = MAIN) -> dict[str, str]:
        """For a process of the portal on one of our databases, behind one proxy hop. No mail leaves."""
        own = f"postgres://{addresses.NAME}@/{database}?host={quote(str(addresses.sockets(self.data)), safe='/')}"
        return {
            "PORTAL_DATA": str(self.data),
            "PORTAL_SERVE": "1",
            "PORT": str(port),
            "TRUSTED_PROXIES": "1",
            "SECRET_KEY": "for-measuring-only-" + "0" * 50,
            "LINK_KEY": "for-measuring-only-" + "1" * 50,
            **({} if database == MAIN else _other_database(own, self.data, port)),
        }

    def manage(self, *arguments: str, database: str = MAIN) -> str:
        """What a management command prints on one of our databases; raises RuntimeError with its last words."""
        result = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env={**os.environ, **self.environment(0, database)},
            capture_output=True,
            check=False,
            text=True,
        )
        if result.returncode:
            raise RuntimeError(result.stderr[-2000:])
        return result.stdout

    def stage(self, act: str, *, database: str = MAIN) -> Any:
        """What a function of bench/stage.py answers, run inside the portal."""
        code = f"import json; from bench import stage; print(json.dumps(stage.{act}()))"
        return json.loads(self.manage("shell", "--no-imports", "-c", code, database=database).splitlines()[-1])

    def sql(self, *statements: str, database: str = "postgres") -> None:
        """Run these, each for itself."""
        connection = psycopg2.connect(host=str(addresses.sockets(self.data)), user=addresses.NAME, dbname=database)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        finally:
            connection.close()


def _other_database(url: str, data: Path, port: int) -> dict[str, str]:
    """With a URL the settings are those of production, which makes nothing up."""
    return {
        "DATABASE_URL": url,
        "REDIS_URL": addresses.redis_url(data),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "EMAIL_URL": "dummymail://",
    }


@contextmanager
def ground() -> Iterator[Ground]:
    """Durable, as `serve` has them: a commit that waits for the disk is part of what a sign-up costs."""
    for name in FOREIGN:
        os.environ.pop(name, None)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl-C does: everything is put away
    data = Path(tempfile.mkdtemp(prefix="mkbdeal-bench-"))
    data.chmod(0o711)  # as root the servers have a user of their own
    try:
        with embedded.running(data, {"postgres", "valkey"}, say=False):
            yield Ground(data)
    finally:
        shutil.rmtree(data, ignore_errors=True)
