"""The files that machines fetch: sitemap, robots.txt and security.txt."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings

from content import clock
from tests.factories.content import NewsArticleFactory
from tests.factories.hubs import ActivityFactory, HubFactory, ProgrammeFactory
from tests.factories.partners import PartnerFactory

pytestmark = pytest.mark.django_db
HERE = settings.SITE_URL.geturl()


def locations(client, section):
    text = client.get(f"/sitemap-{section}.xml").content.decode()
    return [part.partition("</loc>")[0].removeprefix(HERE) for part in text.split("<loc>")[1:]]


def test_the_sitemap_names_its_sections(client):
    text = client.get("/sitemap.xml").content.decode()
    sections = ["vast", "hubs", "programmas", "agenda", "partners", "nieuws"]
    assert [f"<loc>{HERE}/sitemap-{section}.xml</loc>" in text for section in sections] == [True] * 6


def test_each_page_in_both_languages(client):
    NewsArticleFactory(slug="getekend")
    assert sorted(locations(client, "nieuws")) == ["/en/nieuws/getekend/", "/nieuws/getekend/"]


def test_only_what_the_public_sees(client):
    hub = HubFactory(slug="hub", state="draft")
    ProgrammeFactory(slug="zonder-hub", hub=hub)
    PartnerFactory(slug="concept", state="draft")
    past = ActivityFactory(starts_at=datetime(2020, 7, 2, tzinfo=clock.AMSTERDAM))
    coming = ActivityFactory(programme=past.programme)
    assert locations(client, "partners") == []
    assert sorted(locations(client, "programmas")) == sorted(
        [past.programme.get_absolute_url(), f"/en{past.programme.get_absolute_url()}"]
    )
    assert sorted(locations(client, "agenda")) == [f"/agenda/{coming.pk}/", f"/en/agenda/{coming.pk}/"]


def test_robots_names_the_sitemap(client):
    assert f"Sitemap: {HERE}/sitemap.xml\n" in client.get("/robots.txt").content.decode()


def test_security_txt_follows_its_rfc(client):
    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    expires = datetime.fromisoformat(fields.pop("Expires"))
    assert timedelta(days=30) < expires - clock.now() < timedelta(days=365)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields == {
        "Contact": f"{HERE}/contact/",
        "Preferred-Languages": "nl, en",
        "Canonical": f"{HERE}/.well-known/security.txt",
    }
