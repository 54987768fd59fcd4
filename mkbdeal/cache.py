"""The cache in Valkey that never stands in the way: when it is away or hangs, everything reads as not yet known."""

import time
from collections.abc import Callable
from typing import Any, Final

from django.core.cache.backends.redis import RedisCache
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

TIMEOUT_SECONDS: Final = 0.25
REST_SECONDS: Final = 5.0  # that a server which failed is left alone
OPTIONS: Final = {
    "socket_connect_timeout": TIMEOUT_SECONDS,
    "socket_timeout": TIMEOUT_SECONDS,
    "retry": Retry(NoBackoff(), 0),
}


class ForgivingCache(RedisCache):
    """What is counted here, how much comes from one internet address, lets everybody through while it is away.

    What guards an account is counted in the database: partners/domain/attempts.py.
    """

    _rests_until = 0.0  # of the process, not of the object: Django makes one object for each thread

    def _forgiving(self, act: Callable[..., Any], answer: Any, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() < ForgivingCache._rests_until:
            return answer
        try:
            return act(*args, **kwargs)
        except (RedisError, OSError):
            ForgivingCache._rests_until = time.monotonic() + REST_SECONDS
            return answer

    def add(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        """True when nobody knows: whoever asks for a lock gets it."""
        return bool(self._forgiving(super().add, 1, key, *args, **kwargs))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._forgiving(super().get, default, key, default, version)

    def set(self, key: Any, *args: Any, **kwargs: Any) -> None:
        self._forgiving(super().set, None, key, *args, **kwargs)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._forgiving(super().delete, 0, key, version))
