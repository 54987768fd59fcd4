"""A PostgreSQL of its own beside the tests' one, because a test restarts it under load. No test lives here."""

import os
import signal
import subprocess
import sys
from contextlib import closing, contextmanager

import psycopg2
from django.conf import settings

from mkbdeal.embedded import addresses, keeper, postgres

FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT  # the second is a crash: nothing is written any more
ENVIRONMENT = {"REDIS_URL": "redis://nowhere.example", "SITE_URL": "http://127.0.0.1:8000", "EMAIL_URL": "dummymail://"}
STAGE = """
from django.core.management import call_command
from tests.factories.hubs import ActivityFactory
call_command("migrate", verbosity=0)
print(ActivityFactory(capacity=None).pk)
"""


class Database:
    """The server and its one database. What is asked of it goes round Django, whose database is another one."""

    def __init__(self, data, *, durable):
        self.url = addresses.database_url(data)
        self._data, self._durable, self._servers = data, durable, {}

    def start(self):
        """Returns when it lets people in."""
        keeper.start(self._servers, self._data, ["postgres"], durable=self._durable)

    def restart(self, how):
        """The stop, and at once the start."""
        server = self._servers.pop("postgres")
        server.send_signal(how)
        server.wait(60)
        self.start()

    def stop(self):
        keeper.stop(self._servers)

    def stage(self):
        """Migrate, and make an activity with room for everybody. Its number."""
        made = subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", STAGE],
            cwd=settings.BASE_DIR,
            env={**os.environ, **ENVIRONMENT, "DATABASE_URL": self.url},
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        return int(made.stdout)

    def rows(self, query):
        """What a query answers."""
        server = psycopg2.connect(host=str(addresses.sockets(self._data)), user=addresses.NAME)
        with closing(server), server.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()


@contextmanager
def running_database(data, *, durable=True):
    """In this folder. `durable=False` is how the tests' own server runs: what it acknowledged a crash may take back."""
    addresses.make_data_folder(data)
    (data / "run").mkdir(mode=0o700)
    database = Database(data, durable=durable)
    try:
        database.start()
        postgres.create_database(data)
        yield database
    finally:
        database.stop()
        addresses.sockets(data).rmdir()
