"""The preview is the page itself, rolled back; a link shows it to who has no account, until it is taken back."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from content import clock, preview, tokens
from content.domain import proposals
from content.models import PreviewLink
from hubs.models import Programme
from tests.content.publishing_stage import desk, programme_of
from tests.factories import content, hubs, partners

pytestmark = pytest.mark.django_db


def link(row):
    found = PreviewLink.objects.filter(object_id=row.pk).first() or preview.give_link(row, clock.now())
    return reverse("preview_page", args=[preview.token(found)])


@pytest.mark.parametrize("state", ["draft", "in_review", "published", "expired"])
def test_every_kind_of_page_in_every_state(state):
    office = desk()
    hub = hubs.HubFactory(state=state, name="Kanjerhal")
    rows = [
        hub,
        hubs.ProgrammeFactory(hub=hub, state=state, title="Kanjerles"),
        partners.PartnerFactory(state=state, name="Kanjerbedrijf"),
        content.NewsArticleFactory(state=state, title="Kanjernieuws"),
        content.PageFactory(state=state, slug="contact", title="Kanjercontact"),
        content.PageFactory(state=state, slug="over-de-deal", title="Kanjerdeal"),
    ]
    before = {(type(row), row.pk): row.state for row in rows}
    for row in rows:
        answer = office.client.get(office.address(row, "preview"))
        assert answer.status_code == 200, row
        assert "Kanjer" in answer.content.decode()
        assert "Dit is een voorvertoning" in answer.content.decode()
    assert {(type(row), row.pk): type(row).objects.get(pk=row.pk).state for row in rows} == before


def test_a_proposal_is_in_it_and_nowhere_else(own, editor):
    live = programme_of(own, title="Zoals het is")
    editor.save(live, title="Zoals het wordt")
    seen = Client().get(link(live))
    assert "Zoals het wordt" in seen.content.decode()
    assert (seen["Cache-Control"], seen["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert (seen["Referrer-Policy"], seen.cookies) == ("no-referrer", {})
    assert Programme.objects.get(pk=live.pk).title == "Zoals het is"
    assert proposals.of(live).fields == {"title": "Zoals het wordt"}
    assert "Zoals het wordt" not in Client().get(live.get_absolute_url()).content.decode()
    assert "Dit is een voorvertoning" not in Client().get(live.get_absolute_url()).content.decode()


def test_a_link_is_given_shown_and_taken_back(own, editor):
    draft = programme_of(own, "draft")
    editor.step(draft, "give_link")
    address = link(draft)
    assert address in editor.text(draft, "publication")
    assert Client().get(address).status_code == 200
    assert Client().post(address).status_code == 405
    editor.step(draft, "take_link")
    assert Client().get(address).status_code == 404
    editor.step(draft, "give_link")
    assert link(draft) != address


def test_a_link_runs_out_and_none_is_guessed(own):
    draft = programme_of(own, "draft")
    address = link(draft)
    foreign = tokens.make(tokens.Claim(tokens.Purpose.INVITATION, PreviewLink.objects.get().uuid, 0))
    for wrong in (foreign, "x", address.split("/")[2][:-1] + "A" * 2):
        assert Client().get(reverse("preview_page", args=[wrong])).status_code == 404
    PreviewLink.objects.update(expires_at=clock.now())
    assert Client().get(address).status_code == 404


def test_the_link_of_what_was_deleted(own):
    draft = programme_of(own, "draft")
    address = link(draft)
    Programme.objects.all().delete()
    assert Client().get(address).status_code == 404


class TestLinks:
    @staticmethod
    def dead(address):
        html = Client().get(address).content.decode()
        assert "Kanjer" in html
        shown = html.partition("<main")[2].partition("</main>")[0] + "".join(re.findall("<li class=.language.*", html))
        links = set(re.findall(r'<a [^>]*href="(/[^"#]*)', shown))
        return {link for link in links if Client().get(unescape(link)).status_code != 200}

    @pytest.mark.parametrize("has_date", [True, False])
    def test_none_of_a_draft_leads_nowhere(self, own, has_date):
        """Its dates, and the programmes of a hub, are not on the site before it is."""
        draft = programme_of(own, "draft", title="Kanjerles")
        hub = hubs.HubFactory(state="draft", levels=[hubs.EducationLevelFactory()], name="Kanjerhal")
        there = hubs.ProgrammeFactory(hub=hub, title="Kanjerwerk", levels=hub.levels.all())
        for programme in (draft, there) if has_date else ():
            hubs.ActivityFactory(programme=programme)
        assert [self.dead(link(row)) for row in (draft, hub)] == [set(), set()]

    def test_of_a_live_page_with_a_proposal_the_dates_have_theirs(self, own, editor):
        live = programme_of(own, title="Kanjerles")
        activity = hubs.ActivityFactory(programme=live)
        editor.save(live, title="Kanjerles twee")
        assert f'href="/agenda/{activity.pk}/"' in Client().get(link(live)).content.decode()
        assert self.dead(link(live)) == set()


class TestAHubThatIsNotOnTheSite:
    """A programme can be looked at before its hub is; the hub's own texts are for who manages it."""

    TOLD = ("Geheimhal", "Nergenshuizen", "Stiekemstraat 5", "geheim@hub.nl", "/hubs/geheimhal/")

    @pytest.fixture
    def hub(self):
        return hubs.HubFactory(
            state="draft", name="Geheimhal", town="Nergenshuizen", slug="geheimhal", summary="Een geheim plan.",
            street="Stiekemstraat 5", contact_email="geheim@hub.nl", photo="x.jpg", photo_alt="Geheim",
        )  # fmt: skip

    @pytest.fixture
    def draft(self, own, hub):
        following = hubs.ProgrammeFactory(hub=hub, title="Ook van die hub")
        draft = hubs.ProgrammeFactory(hub=hub, state="draft", title="Kanjerles", leads_to=[following])
        hubs.ProgrammePartnerFactory(programme=draft, partner=own)
        return draft

    def test_is_hidden_from_who_has_the_link_and_from_who_runs_the_programme(self, draft, hub, editor):
        for client, address in ((Client(), link(draft)), (editor.client, editor.address(draft, "preview"))):
            answer = client.get(address)
            seen = answer.content.decode()
            assert answer.status_code == 200
            assert "Kanjerles" in seen
            assert "een hub die nog niet op de site staat" in seen
            assert [told for told in (*self.TOLD, "Ook van die hub") if told in seen] == []
        hub.refresh_from_db()
        assert (hub.name, hub.slug, hub.state) == ("Geheimhal", "geheimhal", "draft")

    def test_is_told_to_who_manages_it_without_a_link_that_leads_nowhere(self, draft, hub, own, editor):
        hubs.HubPartnerFactory(hub=hub, partner=own)
        seen = editor.text(draft, "preview")
        assert "Geheimhal Nergenshuizen, Stiekemstraat 5" in seen
        assert "/hubs/geheimhal/" not in seen
        assert "Ook van die hub" not in seen
        assert "Geheimhal" not in editor.client.get(link(draft)).content.decode()
