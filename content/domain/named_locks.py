"""Locks on what no row stands for, such as a mail address: whoever comes second waits until the first has committed."""

from django.db import connection


def hold(name: str) -> None:
    """Until the end of this transaction. The name starts with what it is about, so that two uses never meet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
