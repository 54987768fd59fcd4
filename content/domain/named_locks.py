"""Locks on what no row stands for, such as a mail address: whoever comes second waits until the first has committed."""

from django.db import connection


def hold(*names: str) -> None:
    """Until the end of this transaction. A name starts with what it is about, so that two uses never meet."""
    query = "SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(%s::text[]) AS name"
    with connection.cursor() as cursor:
        cursor.execute(query, [sorted(set(names))])  # in the same order by everybody, so that nobody is stuck
