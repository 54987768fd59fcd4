"""Many at once: threads with a connection of their own each, let loose together. No test lives here."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import Error, connection

from signups.domain.errors import RefusedError

CONNECTIONS = 16  # at least twelve must really work side by side: two hide most races


class Crowd:
    """What came of it: the answers in the order of the calls. Refusals and database errors are answers too."""

    def __init__(self, answers):
        self.answers = answers

    def count(self):
        """How often each answer came: a state, the reason of a refusal, or the name of an error."""
        return Counter(map(_name, self.answers))

    def errors(self):
        return [answer for answer in self.answers if isinstance(answer, Error)]


def at_once(calls: list[Callable[[], Any]], *, connections: int = CONNECTIONS) -> Crowd:
    """Run all calls, as many at a time as there are connections; nobody starts before every connection is open."""
    width = min(connections, len(calls))
    ready = threading.Barrier(width)
    servers = set()

    def arrive():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '60s'")  # how fast it goes is another question
        servers.add(connection.connection.info.backend_pid)
        ready.wait(timeout=30)

    with ThreadPoolExecutor(width, initializer=arrive) as pool:
        answers = list(pool.map(_answer, calls))
        leaving = threading.Barrier(width)  # each thread closes its own connection
        list(pool.map(lambda _: (leaving.wait(timeout=30), connection.close()), range(width)))
    assert len(servers) == width
    return Crowd(answers)


def _answer(call):
    try:
        return call()
    except (RefusedError, Error) as error:
        return error


def _name(answer):
    if isinstance(answer, RefusedError):
        return answer.reason
    return getattr(answer, "state", None) or type(answer).__name__


def deadlocks():
    """How many the server has broken up so far in this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_stat_clear_snapshot(), deadlocks FROM pg_stat_database WHERE datname = current_database()"
        )
        return cursor.fetchone()[1]
