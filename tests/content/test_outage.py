"""A database that is away is told from a fault of ours. A server that really crashes: tests/races/test_restart.py."""

import psycopg2
import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, connection, transaction

from content.outage import is_outage
from hubs.models import Theme
from tests.factories.hubs import ThemeFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "away"),
    [
        ("SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)", True),
        ("SELECT no_such_column", False),
        ("SELECT 1/0", False),
        ("DO $$ BEGIN RAISE EXCEPTION 'ours' USING ERRCODE = 'ZZ001'; END $$", False),
    ],
)
def test_what_the_server_says(statement, away):
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert is_outage(caught.value) is away


def test_a_server_that_falls_silent_in_the_middle():
    with pytest.raises(DatabaseError) as caught, connection.wrap_database_errors:
        raise psycopg2.DatabaseError("server closed the connection unexpectedly")
    assert is_outage(caught.value)
    assert is_outage(InterfaceError("connection already closed"))


@pytest.mark.django_db
def test_a_row_that_is_gone_is_ours():
    theme = ThemeFactory()
    Theme.objects.all().delete()
    with pytest.raises(DatabaseError) as caught:
        theme.save(update_fields=["name"])
    assert not is_outage(caught.value)
    assert not is_outage(IntegrityError())
    assert not is_outage(None)
