"""What somebody else does while a post is on its way. No test lives here."""

from contextlib import closing
from threading import Event, Thread

from django.db import connection, transaction


class Meanwhile:
    """Something is being done on another connection; that is finished once a post waits for it, or was answered."""

    def __init__(self, first, then=lambda: None):
        self._first, self._then = first, then
        self._begun, self._answered = Event(), Event()
        self._thread = Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        assert self._begun.wait(timeout=20)

    def __exit__(self, *_):
        self._answered.set()
        self._thread.join()

    def _run(self):
        with closing(connection), transaction.atomic():
            self._first()
            self._begun.set()
            while not self._answered.wait(0.02) and not somebody_waits():
                pass
            self._then()


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0]


def until_they_give_up():
    """As `then`: holds what was taken until whoever waits for it has waited long enough."""
    while somebody_waits():
        pass
