"""Previews asked at the same moment: each puts more on the site than its own row, until it is drawn."""

from functools import partial

import pytest
from django.test import RequestFactory

from content import preview
from content.models import PublicationState
from tests.factories.hubs import HubFactory, ProgrammeFactory
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def stuck(now):
    """How many of the previews of two programmes of a hub that is not on the site wait for each other for good."""
    hub = HubFactory(state=PublicationState.DRAFT)
    programmes = [ProgrammeFactory(hub=hub) for _number in range(2)]
    looks = [partial(preview.page, RequestFactory().get("/"), programme, now) for programme in programmes]
    return len(at_once(looks * 16).errors())


def test_two_previews_wait_their_turn(now):
    assert stuck(now) == 0


def test_control_without_the_lock_some_are_stuck(now, monkeypatch):
    monkeypatch.setattr(preview.named_locks, "hold", lambda *_names: None)
    assert stuck(now) > 0
