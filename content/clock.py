"""The one source of the present moment: web servers drift, so the database decides. The linter bans Python's clocks."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """The database's clock, aware, in UTC. One query; moves on inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (moment,) = cursor.fetchone()
    return moment


def local_date(moment: datetime) -> date:
    """The calendar day in the Netherlands at this moment."""
    return moment.astimezone(AMSTERDAM).date()
