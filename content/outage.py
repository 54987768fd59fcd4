"""Tells a database that is away, for which coming back helps, from a fault of ours, for which it does not."""

from django.db import DatabaseError, InterfaceError, OperationalError
from psycopg2.errorcodes import DEADLOCK_DETECTED, LOCK_NOT_AVAILABLE


def is_outage(error: BaseException | None) -> bool:
    """A server that crashes in the middle of a statement gives the bare DatabaseError, without one of its codes."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return type(error) is DatabaseError and getattr(error.__cause__, "pgcode", "") is None


def is_lock_wait(error: OperationalError) -> bool:
    """The database is there, but somebody else holds what is needed: waited in vain, or each for the other."""
    return getattr(error.__cause__, "pgcode", "") in {LOCK_NOT_AVAILABLE, DEADLOCK_DETECTED}
