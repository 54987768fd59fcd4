"""After erasure and after retention nothing of a person is found anywhere (bars.md, P1 and P4)."""

import base64
import logging
import quopri
from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest

from content import clock
from hubs.models import Activity
from signups.domain import delivery, erasure, retention, seats
from signups.domain.application import Application
from signups.domain.delivery import Outcome
from signups.models import AgeBand, Kind, Proof
from tests.factories.hubs import ActivityFactory
from tests.signups.traces import found, traces

CHILD = "Zoë Wilgenroos-Quaak"
GUARDIAN = "Anneloes Quaak-van 't Wijdeveld"
ADDRESS = "anneloes.quaak+zoe@wijdeveld.example"
REMARK = "Zoë kan geen trappen lopen"
PERSON = [CHILD, GUARDIAN, ADDRESS, REMARK]


@pytest.fixture(autouse=True)
def _mails_are_files(settings, tmp_path):
    """As on the embedded default."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"


@pytest.fixture
def now(transactional_db):
    return clock.now()


@pytest.fixture
def entry(now):
    form = Application(
        kind=Kind.PERSON,
        name=CHILD,
        contact_name=GUARDIAN,
        email=ADDRESS,
        remarks=REMARK,
        age_band=AgeBand.UNDER_16,
        language="nl",
        submit_token=uuid4(),
    )
    entry = seats.sign_up(activity_id=ActivityFactory().pk, application=form, now=now)
    assert delivery.deliver_next(now=clock.now()) == Outcome.SENT
    return entry


@pytest.fixture
def logged(caplog):
    caplog.set_level(logging.DEBUG)

    def text():
        return caplog.text.encode()

    return text


def found_of_person(logged):
    return {text: places for text in PERSON if (places := traces(text, logged()))}


def test_before_it_is_all_there(entry, logged):
    found = found_of_person(lambda: b"")
    assert set(found) == set(PERSON)
    assert "mails" in found[ADDRESS]


def test_nothing_after_an_erasure(entry, now, logged):
    seats.prove(sign_up_id=entry.pk, proof=Proof.GUARDIAN, consent_version="1", now=now)
    erasure.erase(sign_up_id=entry.pk, now=now)
    assert found_of_person(logged) == {}


def test_nothing_after_a_refusal(entry, now, logged):
    erasure.refuse(sign_up_id=entry.pk, now=now)
    assert found_of_person(logged) == {}


def test_nothing_after_the_term(entry, now, logged):
    seats.prove(sign_up_id=entry.pk, proof=Proof.GUARDIAN, consent_version="1", now=now)
    ends = Activity.objects.get(pk=entry.activity_id).last_ends_at
    retention.run(now=ends + timedelta(days=30))
    assert found_of_person(logged) == {}


@pytest.mark.parametrize("before", [b"", b"x", b"xy"])
@pytest.mark.parametrize(
    "code",
    [
        base64.b64encode,
        base64.urlsafe_b64encode,
        base64.encodebytes,
        quopri.encodestring,
        lambda text: quote(text).encode(),
        lambda text: text.decode().upper().encode(),
        lambda text: text.hex().encode(),
        lambda text: text.decode().encode("unicode_escape"),
    ],
)
def test_the_search_finds_every_form(code, before):
    for text in PERSON:
        assert found(text, b"before " + code(before + text.encode() + b" after") + b" after")
    assert not found(CHILD, code(before + b"Zoe Wilgenroosje"))
