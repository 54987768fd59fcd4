"""Locks on what no row stands for, such as a mail address: whoever comes second waits until the first has committed."""

from django.db import connection


def hold(*names: str) -> None:
    """Until the end of this transaction. A name starts with what it is about, so that two uses never meet."""
    with connection.cursor() as cursor:
        for name in sorted(set(names)):  # in the same order by everybody, so that nobody is stuck
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
