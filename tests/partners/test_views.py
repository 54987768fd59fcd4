"""The partners' pages: who is shown where, what they refuse, and how many queries they make."""

from html import unescape

import pytest

from partners.models import PartnerKind, PartnerRole
from tests.factories.hubs import EducationLevelFactory, HubPartnerFactory, ProgrammePartnerFactory
from tests.factories.partners import PartnerFactory, PartnerPersonFactory, SchoolFactory

pytestmark = pytest.mark.django_db
ROWS = [1, 3, 30]
LANGUAGES = ["", "/en"]


def names(kinds):
    return [(heading, [partner.name for partner in partners]) for heading, partners in kinds]


class TestPartners:
    def test_by_kind_then_by_name(self, client):
        PartnerFactory(name="Staal", kind=PartnerKind.COMPANY)
        PartnerFactory(name="Hout", kind=PartnerKind.COMPANY)
        PartnerFactory(name="Provincie", kind=PartnerKind.GOVERNMENT)
        PartnerFactory(name="Concept", state="draft")
        assert names(client.get("/partners/").context["kinds"]) == [
            ("Overheden", ["Provincie"]),
            ("Bedrijven", ["Hout", "Staal"]),
        ]

    @pytest.mark.parametrize("number", ["0", "-1", "1" + "0" * 30, "morgen", "9" * 3000, "2"])
    def test_a_page_that_does_not_exist_gives_the_list_and_a_sentence(self, client, number):
        PartnerFactory(name="Staal")
        response = client.get("/partners/", {"pagina": number})
        html = unescape(response.content.decode())
        assert (response.status_code, names(response.context["kinds"])) == (200, [("Bedrijven", ["Staal"])])
        assert response.context["page"].problem in html
        assert '<meta name="robots" content="noindex">' in html

    def test_without_partners_it_offers_something_else(self, client):
        html = client.get("/partners/").content.decode()
        assert "Er zijn nog geen partners te zien" in html
        assert 'href="/contact/"' in html

    @pytest.mark.parametrize("rows", ROWS)
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_queries(self, client, django_assert_num_queries, rows, language):
        PartnerFactory.create_batch(rows)
        with django_assert_num_queries(2):
            client.get(f"{language}/partners/")


class TestPartner:
    def test_its_hubs_and_programmes_by_role(self, client):
        partner = PartnerFactory(slug="wtt")
        run = HubPartnerFactory(partner=partner, role=PartnerRole.RUNS)
        HubPartnerFactory(partner=partner, role=PartnerRole.RUNS, hub__state="draft")
        taught = ProgrammePartnerFactory(partner=partner, role=PartnerRole.TEACHES)
        ProgrammePartnerFactory(partner=partner, role=PartnerRole.TEACHES, programme__state="draft")
        ProgrammePartnerFactory(partner=partner, role=PartnerRole.TEACHES, programme__hub__state="draft")
        shown = client.get("/partners/wtt/").context["contributions"]
        assert [(part.heading, part.hubs, part.programmes) for part in shown] == [
            ("Voert uit", [run.hub], []),
            ("Geeft les", [], [taught.programme]),
        ]

    def test_people_are_history_with_the_newest_year_first(self, client):
        partner = PartnerFactory(slug="wtt")
        PartnerPersonFactory(partner=partner, name="Persoon 1", known_in_year=2018)
        PartnerPersonFactory(partner=partner, name="Persoon 2", known_in_year=2021, to_confirm=["role"])
        response = client.get("/partners/wtt/")
        assert [(person.known_in_year, person.name) for person in response.context["people"]] == [
            (2021, "Persoon 2"),
            (2018, "Persoon 1"),
        ]
        assert response.content.decode().count("nog niet bevestigd") == 1

    def test_marks_what_is_not_confirmed_and_keeps_it_from_search_engines(self, client):
        PartnerFactory(slug="wtt", website="https://voorbeeld.example/", town="Woerden", to_confirm=["website"])
        response = client.get("/partners/wtt/")
        assert response.content.decode().count("nog niet bevestigd") == 1
        assert response.context["structured_data"].get("sameAs") is None
        assert response.context["structured_data"]["location"] == "Woerden"

    @pytest.mark.parametrize("state", ["draft", "in_review", "expired"])
    def test_what_is_not_published_is_404(self, client, state):
        PartnerFactory(slug="wtt", state=state)
        assert client.get("/partners/wtt/").status_code == 404

    @pytest.mark.parametrize("rows", ROWS)
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_queries(self, client, django_assert_num_queries, rows, language):
        partner = PartnerFactory(slug="wtt")
        level = EducationLevelFactory()
        for _ in range(rows):
            HubPartnerFactory(partner=partner)
            ProgrammePartnerFactory(partner=partner, role=PartnerRole.TEACHES, programme__hub__state="published")
            PartnerPersonFactory(partner=partner)
            level.schools.add(SchoolFactory(partner=partner))
        with django_assert_num_queries(6):
            client.get(f"{language}/partners/wtt/")


@pytest.mark.parametrize("path", ["/partners/", "/partners/wtt/"])
class TestEveryPage:
    def test_sets_no_cookie(self, client, path):
        PartnerFactory(slug="wtt")
        assert client.get(path).cookies == {}

    def test_refuses_post(self, client, path):
        PartnerFactory(slug="wtt")
        assert client.post(path).status_code == 405
