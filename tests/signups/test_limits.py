"""How often one client address may post: a school gets through, a flood does not, and Valkey may be away."""

import time

import pytest
from redis import Redis

from signups import limits
from signups.models import SignUp
from tests.factories.hubs import ActivityFactory
from tests.signups.visiting import person
from tests.silence import silent_server


@pytest.fixture(autouse=True)
def _fresh(servers, settings, monkeypatch):
    """No counts, no memory of a fault, and the real Valkey again afterwards."""
    limits._client.cache_clear()
    monkeypatch.setattr(limits, "_counter", limits._Counter())
    client = Redis.from_url(settings.REDIS_URL)
    for key in client.keys("signups:posts:*"):
        client.delete(key)
    yield
    limits._client.cache_clear()


def asked(rf, address="203.0.113.7", forwarded=""):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return rf.post("/", REMOTE_ADDR=address, headers=headers)


def test_a_school_gets_through_and_a_flood_does_not(rf):
    answers = [limits.is_over(asked(rf)) for _ in range(limits.MOST_POSTS + 5)]
    assert answers.index(True) == limits.MOST_POSTS
    assert limits.MOST_POSTS >= 180
    assert not limits.is_over(asked(rf, "203.0.113.8"))


@pytest.mark.django_db
def test_the_page_keeps_what_was_typed(client, monkeypatch):
    activity = ActivityFactory()
    monkeypatch.setattr(limits, "MOST_POSTS", 1)
    path = f"/agenda/{activity.pk}/aanmelden/"
    assert client.post(path, person(activity)).status_code == 303
    answer = client.post(path, person(activity, participant_name="Leerling 0418"))
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert 'name="participant_name" value="Leerling 0418"' in answer.text
    assert client.get(path).status_code == 200
    assert SignUp.objects.count() == 1


@pytest.mark.parametrize(
    ("hops", "forwarded", "address"),
    [
        (0, "198.51.100.1", "203.0.113.7"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "10.0.0.1, 192.0.2.9, 198.51.100.1", "198.51.100.1"),
        (2, "10.0.0.1, 192.0.2.9, 198.51.100.1", "192.0.2.9"),
        (2, "198.51.100.1", "203.0.113.7"),
        (1, "onzin", "203.0.113.7"),
        (1, "", "203.0.113.7"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "::ffff:198.51.100.1", "198.51.100.1"),
    ],
)
def test_forging_changes_nothing(rf, settings, hops, forwarded, address):
    settings.TRUSTED_PROXIES = hops
    assert limits.client_address(asked(rf, forwarded=forwarded)) == address


def test_without_an_address(rf):
    assert limits.client_address(asked(rf, address="")) == "unknown"


def test_valkey_away(rf, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1"
    assert [limits.is_over(asked(rf)) for _ in range(3)] == [False] * 3


def test_valkey_that_hangs_is_asked_once(rf, settings, monkeypatch):
    monkeypatch.setattr(limits, "REST_SECONDS", 3600)
    with silent_server() as server:
        settings.REDIS_URL = server.url
        assert [limits.is_over(asked(rf)) for _ in range(3)] == [False] * 3
        assert server.calls() == 1
        monkeypatch.setattr(limits, "REST_SECONDS", 0)  # the control: nobody remembers that it hung
        monkeypatch.setattr(limits, "_counter", limits._Counter())
        assert [limits.is_over(asked(rf)) for _ in range(3)] == [False] * 3
        assert server.calls() == 3


@pytest.mark.heavy
@pytest.mark.proof("F3")
def test_valkey_that_hangs_costs_a_moment_once(rf, settings):
    """counting posts while Valkey hangs: the first within 1 s, the next within 0.05 s"""
    spent = []
    with silent_server() as server:
        settings.REDIS_URL = server.url
        for _ in range(3):
            began = time.monotonic()
            assert not limits.is_over(asked(rf))
            spent.append(time.monotonic() - began)
    assert spent[0] < 1
    assert max(spent[1:]) < 0.05


def test_nobody_reads_an_address_in_valkey(rf, settings):
    limits.is_over(asked(rf))
    keys = Redis.from_url(settings.REDIS_URL).keys("*")
    assert any(key.startswith(b"signups:posts:") for key in keys)
    assert not any(b"203.0.113" in key for key in keys)
