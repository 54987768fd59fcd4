"""Previews asked at the same moment: each puts more on the site than its own row, until it is drawn."""

from functools import partial

import pytest
from django.test import RequestFactory
from django.urls import reverse

from content import preview
from content.domain import proposals, snapshots
from content.domain.errors import RefusedError
from content.models import PublicationState
from hubs.models import Programme
from tests.factories.hubs import HubFactory, ProgrammeFactory
from tests.factories.partners import OfficeUserFactory
from tests.races.crowd import at_once
from tests.races.meanwhile import Meanwhile, until_they_give_up

pytestmark = pytest.mark.django_db(transaction=True)


def stuck(now):
    """How many of the previews of two programmes of a hub that is not on the site wait for each other for good."""
    hub = HubFactory(state=PublicationState.DRAFT)
    programmes = [ProgrammeFactory(hub=hub) for _number in range(2)]
    looks = [partial(preview.page, RequestFactory().get("/"), programme, now) for programme in programmes]
    return len(at_once(looks * 16).errors())


def test_two_previews_wait_their_turn(now):
    assert stuck(now) == 0


def test_control_without_the_locks_some_are_stuck(now, monkeypatch):
    monkeypatch.setattr(preview, "_hold", lambda _row: None)
    assert stuck(now) > 0


def lock(programme):
    """As a file does, one after the other by their numbers."""
    list(Programme.objects.filter(pk=programme.pk).select_for_update(no_key=True))


def looked_at_during_a_file(now):
    """The error that either of them gets, if any."""
    hub = HubFactory(state=PublicationState.DRAFT)
    first, second = ProgrammeFactory(hub=hub), ProgrammeFactory(hub=hub)
    with Meanwhile(partial(lock, first), partial(lock, second)):
        return at_once([partial(preview.page, RequestFactory().get("/"), second, now)]).errors()


def test_a_file_goes_first(now):
    assert looked_at_during_a_file(now) == []


def test_control_without_the_locks_they_are_stuck(now, monkeypatch):
    monkeypatch.setattr(preview, "_hold", lambda _row: None)
    assert looked_at_during_a_file(now) != []


def proposed_to(hub, now):
    """A programme of a hub on the site that would move to this one."""
    programme = ProgrammeFactory()
    fields = {**snapshots.stored(programme), "hub": hub.pk}
    proposals.propose(subject=programme, proposed=fields, by=OfficeUserFactory(), now=now)
    return programme


def test_a_file_goes_first_where_a_proposal_shows_it_with_another_hub(now):
    """The programmes of that hub, which it changes, and not in the order in which they stand in the table."""
    hub = HubFactory(state=PublicationState.DRAFT)
    first, second = ProgrammeFactory(hub=hub), ProgrammeFactory(hub=hub)
    Programme.objects.filter(pk=first.pk).update(slug="verderop-in-de-tabel")
    look = partial(preview.page, RequestFactory().get("/"), proposed_to(hub, now), now)
    with Meanwhile(partial(lock, first), partial(lock, second)):
        assert at_once([look]).errors() == []


def test_a_proposal_to_a_hub_that_is_gone_is_refused(now):
    hub = HubFactory(state=PublicationState.DRAFT)
    programme = proposed_to(hub, now)
    hub.delete()
    with pytest.raises(RefusedError):
        preview.page(RequestFactory().get("/"), programme, now)


def test_who_waits_too_long_is_asked_to_come_back(client, now, impatient):
    """As for every page that the database has no time for."""
    programme = ProgrammeFactory(state=PublicationState.DRAFT)
    client.raise_request_exception = False
    address = reverse("preview_page", args=[preview.token(preview.give_link(programme, now))])
    with Meanwhile(partial(lock, programme), until_they_give_up):
        answer = client.get(address)
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "heel druk" in answer.content.decode()
