"""How often one client address may post. Counts in Valkey, and lets everybody through when that is away."""

import ipaddress
import time
from functools import cache
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

MOST_POSTS: Final = 240  # 60 pupils behind one school address, each mending the form a few times
PERIOD_SECONDS: Final = 60
TIMEOUT_SECONDS: Final = 0.25
REST_SECONDS: Final = 5.0  # that a server which failed is left alone
OWN_NETWORK_BITS: Final = 64  # of IPv6: what one household or school is given


def is_over(request: HttpRequest) -> bool:
    """Count this post, and say whether its address has had more than it may in the period that its first one began."""
    return _counter.count(_key(client_address(request))) > MOST_POSTS


def client_address(request: HttpRequest) -> str:
    """The address that our own proxies saw. What a client writes into X-Forwarded-For stands left of it."""
    hops: int = settings.TRUSTED_PROXIES
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if hops and len(forwarded) >= hops and _network(forwarded[-hops]):
        return _network(forwarded[-hops])
    return _network(request.META.get("REMOTE_ADDR", "")) or "unknown"


def _network(text: str) -> str:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    address = getattr(address, "ipv4_mapped", None) or address  # as a proxy of both worlds writes it
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, OWN_NETWORK_BITS), strict=False).network_address)


def _key(address: str) -> str:
    """Nobody can read an address out of Valkey."""
    return f"signups:posts:{salted_hmac('signups.limits', address).hexdigest()}"


class _Counter:
    """Leaves a server that failed alone for a while: a request may not hang on it."""

    def __init__(self) -> None:
        self._rests_until = 0.0

    def count(self, key: str) -> int:
        """How many there were in this period, this one included; 0 when nobody knows."""
        if time.monotonic() < self._rests_until:
            return 0
        try:
            with _client().pipeline() as pipe:
                pipe.set(key, 0, ex=PERIOD_SECONDS, nx=True)
                pipe.incr(key)
                return int(pipe.execute()[1])
        except (RedisError, OSError):
            self._rests_until = time.monotonic() + REST_SECONDS
            return 0


@cache
def _client() -> "Redis":
    """One client per process. Never waits long and never tries again."""
    return Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=TIMEOUT_SECONDS,
        socket_timeout=TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


_counter = _Counter()
