"""Links in mails: nothing but our own key opens one, and a newer version closes the older ones."""

import random
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID, uuid4

import pytest

from content import tokens
from content.tokens import Claim, Purpose
from signups.models import SignUp
from tests.factories.signups import SignUpFactory

TAMPERED = 100_000
SOME = UUID("5f0e2d0c-93a1-4c7e-8a40-0123456789ab")


def test_what_is_made_is_read():
    claim = Claim(Purpose.SIGN_UP, uuid4(), 65_535)
    token = tokens.make(claim)
    assert len(token) == 52
    assert tokens.read(token) == claim


def test_no_tampered_token_is_accepted():
    chance = random.Random(417)
    raw = urlsafe_b64decode(tokens.make(Claim(Purpose.SIGN_UP, SOME, 1)) + "==")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    accepted = 0
    for number in range(TAMPERED):
        match number % 4:
            case 0:  # a bit turned around
                bit = chance.randrange(len(raw) * 8)
                changed = bytearray(raw)
                changed[bit // 8] ^= 1 << bit % 8
                token = urlsafe_b64encode(changed).rstrip(b"=").decode()
            case 1:  # cut off
                token = urlsafe_b64encode(raw[: chance.randrange(len(raw))]).rstrip(b"=").decode()
            case 2:  # made up
                token = "".join(chance.choices(alphabet, k=52))
            case _:  # another's row with our signature
                token = urlsafe_b64encode(raw[:1] + chance.randbytes(16) + raw[17:]).rstrip(b"=").decode()
        accepted += tokens.read(token) is not None
    assert accepted == 0


@pytest.mark.parametrize("text", ["", "=", "é" * 52, "A" * 10_000, "../../etc", "\x00", "AAAA AAAA", "\ud800"])
def test_nonsense_is_refused(text):
    assert tokens.read(text) is None


def test_another_key_does_not_open(settings):
    token = tokens.make(Claim(Purpose.SIGN_UP, SOME, 1))
    settings.LINK_KEY = "another-key-" + "2" * 40
    assert tokens.read(token) is None


def test_an_older_key_opens_while_keys_change(settings):
    token = tokens.make(Claim(Purpose.SIGN_UP, SOME, 1))
    settings.LINK_KEY_OLD, settings.LINK_KEY = settings.LINK_KEY, "another-key-" + "2" * 40
    assert tokens.read(token) is not None
    assert tokens.make(Claim(Purpose.SIGN_UP, SOME, 1)) != token


def test_an_empty_older_key_opens_nothing(settings):
    settings.LINK_KEY, key = "", settings.LINK_KEY
    forged = tokens.make(Claim(Purpose.SIGN_UP, SOME, 1))
    settings.LINK_KEY, settings.LINK_KEY_OLD = key, ""
    assert tokens.read(forged) is None


def path_of(sign_up, version=None):
    return f"/aanmelding/{tokens.make(Claim(Purpose.SIGN_UP, sign_up.uuid, version or sign_up.token_version))}/"


@pytest.mark.django_db
def test_over_http_only_the_version_of_the_row_opens(client):
    sign_up = SignUpFactory()
    old = path_of(sign_up)
    assert client.get(old).status_code == 302
    SignUp.objects.update(token_version=2)
    client.cookies.clear()
    assert client.get(old).status_code == 404
    assert client.get(path_of(sign_up, 3)).status_code == 404
    assert client.get(path_of(sign_up, 2)).status_code == 302


@pytest.mark.django_db
def test_a_scanner_that_opens_every_link_changes_nothing(client, caplog):
    sign_up = SignUpFactory(state="requested")
    before = SignUp.objects.filter(pk=sign_up.pk).values().get()
    path = path_of(sign_up)
    for method in [client.get, client.head, client.options] * 33:
        method(path, follow=True)
        client.cookies.clear()
    assert SignUp.objects.filter(pk=sign_up.pk).values().get() == before
    assert client.get(path).status_code == 302
    assert path.split("/")[2] not in caplog.text


@pytest.mark.django_db
def test_two_hundred_tampered_tokens_over_http_are_refused(client):
    path = path_of(SignUpFactory())
    token = path.split("/")[2]
    chance = random.Random(417)
    for _ in range(200):
        place = chance.randrange(len(token) - 1)
        other = chance.choice([sign for sign in "ABCxyz09-_" if sign != token[place]])
        answer = client.get(f"/aanmelding/{token[:place]}{other}{token[place + 1 :]}/")
        assert answer.status_code == 404
