"""Tells a database that is away, for which coming back helps, from a fault of ours, for which it does not."""

from django.db import DatabaseError, InterfaceError, OperationalError


def is_outage(error: BaseException | None) -> bool:
    """A server that crashes in the middle of a statement gives the bare DatabaseError, without one of its codes."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return type(error) is DatabaseError and getattr(error.__cause__, "pgcode", "") is None
