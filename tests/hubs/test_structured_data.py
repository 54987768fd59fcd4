"""What search engines read of a hub, a programme and a date: what the page says, and no place where it is not."""

import json
import re

import pytest

from tests.factories.hubs import ActivityFactory, HubFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
PLACE = "Kiremko, Montfoort"


@pytest.fixture
def hub():
    return HubFactory(name="Technohub", town="Woerden", street="Industrieweg 2b", website="https://technohub.example/")


def data(client, subject):
    """The object of this kind of thing on its own page."""
    page = client.get(subject.get_absolute_url()).text
    found = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json"[^>]*>(.+?)</script>', page)]
    address = subject.get_absolute_url()
    return next(one for one in found if one.get("url", "").endswith(address))


def test_a_hub(client, hub):
    found = data(client, hub)
    assert (found["@type"], found["name"]) == ("EducationalOrganization", "Technohub Woerden")
    assert found["location"]["address"]["streetAddress"] == "Industrieweg 2b"
    assert found["sameAs"] == "https://technohub.example/"


def test_a_programme(client, hub):
    found = data(client, ProgrammeFactory(hub=hub, title="Bouw een robotarm"))
    assert (found["@type"], found["name"]) == ("Course", "Bouw een robotarm")
    assert found["provider"]["name"] == "Technohub Woerden"


def test_a_date(client, hub):
    found = data(client, ActivityFactory(programme__hub=hub, price=0))
    assert (found["@type"], found["startDate"]) == ("EducationEvent", "2099-11-28T10:00:00+01:00")
    assert found["location"]["address"]["addressLocality"] == "Woerden"
    assert found["isAccessibleForFree"]


def test_a_date_elsewhere(client, hub):
    activity = ActivityFactory(programme__hub=hub)
    activity.meetings.update(place=PLACE)
    assert data(client, activity)["location"] == {"@type": "Place", "name": PLACE, "address": PLACE}
