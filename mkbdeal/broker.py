"""The connection to Valkey for the few things we ask it ourselves: is it there, and does the heart beat."""

from functools import cache
from typing import Final

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from mkbdeal import env

HEARTBEAT: Final = "mkbdeal:heartbeat"
HEARTBEAT_SECONDS: Final = 5  # between two beats
HEARTBEAT_KEPT_SECONDS: Final = 45  # nine may be missed: red within a minute
QUEUE: Final = "celery"


@cache
def client() -> "Redis":
    """One client per process. Never waits long and never tries again: a request may not hang on it."""
    return Redis.from_url(
        env.redis_url(), socket_connect_timeout=0.25, socket_timeout=0.25, retry=Retry(NoBackoff(), 0)
    )


def beat() -> None:
    """Say that beat and a worker work. The broker's clock measures how long ago."""
    client().set(HEARTBEAT, 1, ex=HEARTBEAT_KEPT_SECONDS)


def seconds_since_beat() -> float | None:
    """None when it is longer ago than a heartbeat is kept."""
    left = client().pttl(HEARTBEAT)
    return HEARTBEAT_KEPT_SECONDS - int(left) / 1000 if int(left) > 0 else None


def waiting_messages() -> int:
    """How many messages no worker has taken yet."""
    return int(client().llen(QUEUE))
