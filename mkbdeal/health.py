"""Health for machines: /healthz for routing, /readyz gates start and deploy, /statusz raises alarms only."""

from typing import Any, Final

from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import RedisError

from content import clock
from mkbdeal import broker
from signups.domain import alarms, ledger

COUNTERS: Final = "statusz:counters_agree"
COUNTERS_SECONDS: Final = 60


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"ok": True})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """The database is reachable, has every migration, and knows everyone who was erased."""
    return _answer(_database())


@require_safe
@never_cache
def statusz(request: HttpRequest) -> JsonResponse:
    """The whole service: database, broker, worker and beat, mails that go out, counters that are right."""
    return _answer({**_database(), **_background(), **_sign_ups()})


def _answer(checks: dict[str, bool]) -> JsonResponse:
    healthy = all(checks.values())
    return JsonResponse({"ok": healthy, **checks}, status=200 if healthy else 503)


def _database() -> dict[str, bool]:
    try:
        migrated = not _missing_migrations()
        return {"database": True, "migrated": migrated, "erasures_replayed": migrated and ledger.is_replayed()}
    except Error:
        return {"database": False, "migrated": False, "erasures_replayed": False}


def _missing_migrations() -> list[Any]:
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def _sign_ups() -> dict[str, bool]:
    try:
        return {"mails_go_out": alarms.mails_go_out(clock.now()), "counters_agree": _counters_agree()}
    except Error:
        return {"mails_go_out": False, "counters_agree": False}


def _counters_agree() -> bool:
    """Adds up every sign-up, so at most once a minute. What was found is told until then, drift and recovery alike."""
    known: bool | None = cache.get(COUNTERS)
    if known is None:
        known = alarms.counters_agree()
        cache.set(COUNTERS, known, COUNTERS_SECONDS)
    return known


def _background() -> dict[str, bool]:
    """Without a heartbeat the queue tells who is missing: messages pile up without a worker, none come without beat."""
    try:
        alive = broker.seconds_since_beat() is not None
        waiting = broker.waiting_messages()
    except RedisError:
        return {"broker": False, "worker": False, "beat": False}
    return {"broker": True, "worker": alive or not waiting, "beat": alive or bool(waiting)}
