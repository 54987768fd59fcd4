"""How Celery speaks to Valkey: kombu's own transport, cured of an error that ends a worker when the broker restarts."""

from typing import Any

from kombu import transport
from kombu.transport import redis
from redis.exceptions import ConnectionError as NoConnectionError


class Channel(redis.Channel):
    """Says of a connection that was closed that it is closed.

    Kombu 5.7 stumbles over it with an AttributeError: when the broker goes while a task runs, giving the task's message
    back and, later, acknowledging it. Nobody expects that error, so the worker ended for good. A lost connection
    is expected: it is logged, the worker connects anew, and the broker hands the message out again.
    """

    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 - kombu's
        if self.connection is None or self.connection.client is None:
            raise NoConnectionError("This channel's connection was closed.")
        parameters: dict[str, Any] = super()._connparams(asynchronous=asynchronous)  # type: ignore[misc]  # untyped
        return parameters


class Transport(redis.Transport):
    """For every address of Valkey or Redis, sockets included."""

    Channel = Channel


def install() -> None:
    """Make it what `redis://` and `redis+socket://` mean in this process."""
    transport.TRANSPORT_ALIASES["redis"] = f"{__name__}:{Transport.__name__}"
