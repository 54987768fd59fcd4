"""Health: what each of the three says, and that it says so without cookies."""

import pytest
from django.core.cache import cache
from django.db import OperationalError

from mkbdeal import broker, health
from signups.domain import alarms


@pytest.fixture(autouse=True)
def _no_heartbeat(servers):
    broker.client().delete(broker.HEARTBEAT, broker.QUEUE)
    cache.delete(health.COUNTERS)


def test_healthz_needs_nothing(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"ok": True})
    assert not response.cookies


@pytest.mark.django_db
def test_readyz(client, monkeypatch):
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr("mkbdeal.health._missing_migrations", lambda: ["one"])
    response = client.get("/readyz")
    assert (response.status_code, response.json()["migrated"]) == (503, False)


def test_readyz_without_database(client, monkeypatch):
    def fail():
        raise OperationalError

    monkeypatch.setattr("mkbdeal.health._missing_migrations", fail)
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_statusz_with_a_heartbeat(client):
    broker.beat()
    assert client.get("/statusz").json() == {
        "ok": True,
        "database": True,
        "migrated": True,
        "erasures_replayed": True,
        "broker": True,
        "worker": True,
        "beat": True,
        "mails_go_out": True,
        "counters_agree": True,
    }
    assert broker.HEARTBEAT_KEPT_SECONDS + broker.HEARTBEAT_SECONDS < 60


@pytest.mark.django_db
def test_statusz_adds_up_the_sign_ups_once_a_minute(client, monkeypatch):
    asked = []
    monkeypatch.setattr(alarms, "counters_agree", lambda: bool(asked.append(1)))
    assert [client.get("/statusz").json()["counters_agree"] for _ in range(3)] == [False] * 3
    assert len(asked) == 1
    cache.delete(health.COUNTERS)  # as time does
    monkeypatch.setattr(alarms, "counters_agree", lambda: True)
    assert client.get("/statusz").json()["counters_agree"]


@pytest.mark.django_db
@pytest.mark.parametrize(("messages", "worker", "beat"), [([], True, False), ([b"heartbeat"], False, True)])
def test_statusz_names_who_is_missing(client, messages, worker, beat):
    for message in messages:
        broker.client().lpush(broker.QUEUE, message)
    response = client.get("/statusz")
    assert response.status_code == 503
    assert (response.json()["worker"], response.json()["beat"]) == (worker, beat)


@pytest.mark.django_db
def test_statusz_without_broker(client, monkeypatch, tmp_path):
    monkeypatch.setenv("REDIS_URL", f"unix://{tmp_path}/nothing.sock?db=0")
    broker.client.cache_clear()
    try:
        response = client.get("/statusz")
    finally:
        broker.client.cache_clear()
    assert (response.status_code, response.json()["broker"]) == (503, False)


@pytest.mark.django_db
@pytest.mark.parametrize("alarm", ["mails_go_out", "counters_agree"])
def test_statusz_passes_an_alarm_on(client, monkeypatch, alarm):
    broker.beat()
    monkeypatch.setattr(alarms, alarm, lambda *moments: False)
    response = client.get("/statusz")
    assert (response.status_code, response.json()[alarm]) == (503, False)
