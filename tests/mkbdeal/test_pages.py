"""Home, the deal and lateral entry: what they show and how many queries they make."""

from datetime import UTC, date, datetime

import pytest

from content.models import DatePrecision
from hubs.models import Audience
from partners.models import PartnerKind
from tests.factories.content import FigureFactory, MilestoneFactory, NewsArticleFactory, PageFactory
from tests.factories.hubs import ActivityFactory, EducationLevelFactory, HubFactory, ProgrammeFactory, ThemeFactory
from tests.factories.partners import PartnerFactory, PartnerPersonFactory

pytestmark = pytest.mark.django_db
ROWS = [1, 3, 30]
LANGUAGES = ["", "/en"]
PAST = datetime(2020, 7, 2, 9, 0, tzinfo=UTC)


def fill(rows):
    """So many of everything that home, the deal and lateral entry show."""
    for _ in range(rows):
        hub = HubFactory(levels=[EducationLevelFactory()], themes=[ThemeFactory()], audiences=[Audience.CAREER_CHANGER])
        programme = ProgrammeFactory(
            hub=hub, levels=hub.levels.all(), themes=hub.themes.all(), audiences=[Audience.CAREER_CHANGER]
        )
        ActivityFactory(programme=programme)
        ActivityFactory(programme__hub=hub, programme__audiences=[Audience.EMPLOYEE])
        NewsArticleFactory()
        MilestoneFactory()
        PartnerPersonFactory(partner__is_deal_party=True, signed_deal=True)
        FigureFactory()


class TestHome:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_stands_on_an_empty_database(self, client, language):
        assert client.get(f"{language}/").status_code == 200

    def test_without_dates_it_offers_programmes(self, client):
        html = client.get("/").content.decode()
        assert "Er zijn nu geen datums met een vrije plek" in html
        assert '<a class="button" href="/programmas/">' in html

    def test_the_next_dates_with_a_seat(self, client):
        ActivityFactory(programme__title="Voorbij", starts_at=PAST)
        ActivityFactory(programme__title="Vol", capacity=0)
        ActivityFactory(programme__title="Afgelast", cancelled_at=PAST, cancel_reason="Ziek")
        ActivityFactory(programme__title="Later", starts_at=datetime(2099, 12, 2, 9, 0, tzinfo=UTC))
        ActivityFactory(programme__title="Eerst")
        assert [row.title for row in client.get("/").context["departures"]] == ["Eerst", "Later"]

    def test_a_level_that_nobody_knows_has_no_sign(self, client):
        EducationLevelFactory(code="havo", name="havo")
        labels = [label for label, _text, _url in client.get("/").context["signs"]]
        assert labels == ["Havo", "Zij-instromer", "Ouder of verzorger", "Docent", "Bedrijf"]

    def test_every_sign_leads_somewhere(self, client):
        for code in ("po", "vmbo", "vmbo_tl", "havo", "vwo", "mbo"):
            EducationLevelFactory(code=code, name=code)
        for slug in ("zij-instroom", "voor-ouders", "voor-scholen", "voor-bedrijven"):
            PageFactory(slug=slug)
        signs = client.get("/").context["signs"]
        assert [client.get(url).status_code for _label, _text, url in signs] == [200] * 10

    def test_parties_in_the_deal_by_kind(self, client):
        PartnerFactory(name="Provincie", slug="provincie", kind=PartnerKind.GOVERNMENT, is_deal_party=True)
        PartnerFactory(name="Geen partij")
        assert client.get("/").context["groups"] == [("Overheden", [("Provincie", "/partners/provincie/")])]

    @pytest.mark.parametrize("rows", ROWS)
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_queries(self, client, django_assert_num_queries, rows, language):
        fill(rows)
        with django_assert_num_queries(8):
            client.get(f"{language}/")

    def test_figures_are_what_the_office_wrote_however_many_hubs_there_are(self, client):
        HubFactory.create_batch(4)
        FigureFactory(label="Hubs in de deal", label_en="Hubs in the deal", value="3", value_en="3")
        assert client.get("/").context["figures"] == [("Hubs in de deal", "3")]
        assert client.get("/en/").context["figures"] == [("Hubs in the deal", "3")]


class TestDeal:
    def test_who_signed(self, client):
        PageFactory(slug="over-de-deal")
        PartnerPersonFactory(name="Tekende", signed_deal=True)
        PartnerPersonFactory(name="Tekende niet")
        PartnerPersonFactory(name="Bij een concept", signed_deal=True, partner__state="draft")
        assert [person.name for person in client.get("/over-de-deal/").context["signatories"]] == ["Tekende"]

    def test_the_timeline_says_no_more_than_is_known(self, client):
        PageFactory(slug="over-de-deal")
        MilestoneFactory(happened_on=date(2021, 2, 1), precision=DatePrecision.MONTH)
        MilestoneFactory(happened_on=date(2020, 7, 2))
        html = client.get("/over-de-deal/").content.decode()
        assert '<time datetime="2021-02">februari 2021</time>' in html
        assert html.index("2 juli 2020</time>") < html.index("februari 2021</time>")

    @pytest.mark.parametrize("rows", ROWS)
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_queries(self, client, django_assert_num_queries, rows, language):
        PageFactory(slug="over-de-deal")
        fill(rows)
        with django_assert_num_queries(5):
            client.get(f"{language}/over-de-deal/")


class TestLateralEntry:
    def test_career_changers_first_employees_apart(self, client):
        PageFactory(slug="zij-instroom")
        hub = HubFactory(audiences=[Audience.CAREER_CHANGER])
        ProgrammeFactory(title="Overstappen", hub=hub, audiences=[Audience.CAREER_CHANGER])
        ProgrammeFactory(title="Bijleren", hub=hub, audiences=[Audience.EMPLOYEE, Audience.TEACHER])
        ProgrammeFactory(title="Voor leerlingen", hub=hub, audiences=[Audience.PUPIL])
        context = client.get("/zij-instroom/").context
        assert [row.title for row in context["programmes"]] == ["Overstappen"]
        assert [row.title for row in context["for_employees"]] == ["Bijleren"]

    def test_lists_what_the_station_on_the_map_counts(self, client):
        PageFactory(slug="zij-instroom")
        ProgrammeFactory(hub__audiences=[Audience.CAREER_CHANGER], audiences=[Audience.CAREER_CHANGER])
        ProgrammeFactory(hub__audiences=[], audiences=[Audience.CAREER_CHANGER])
        page = client.get("/zij-instroom/").context["programmes"]
        station = client.get("/leerlijn/zij-instroom/").context["programmes"]
        assert [row.title for row in page] == [row.title for row in station]
        assert len(page) == 1

    def test_the_next_dates(self, client):
        PageFactory(slug="zij-instroom")
        ActivityFactory(programme__title="Overstappen", programme__audiences=[Audience.CAREER_CHANGER])
        ActivityFactory(programme__title="Voor leerlingen", programme__audiences=[Audience.PUPIL])
        assert [row.title for row in client.get("/zij-instroom/").context["departures"]] == ["Overstappen"]

    def test_without_programmes_it_names_the_hubs(self, client):
        PageFactory(slug="zij-instroom")
        assert '<a class="button" href="/hubs/">' in client.get("/zij-instroom/").content.decode()

    @pytest.mark.parametrize("rows", ROWS)
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_queries(self, client, django_assert_num_queries, rows, language):
        PageFactory(slug="zij-instroom")
        fill(rows)
        with django_assert_num_queries(8):
            client.get(f"{language}/zij-instroom/")


@pytest.mark.parametrize("path", ["/", "/over-de-deal/", "/zij-instroom/"])
class TestEveryPage:
    @pytest.fixture(autouse=True)
    def pages(self):
        PageFactory(slug="over-de-deal")
        PageFactory(slug="zij-instroom")

    def test_sets_no_cookie(self, client, path):
        assert client.get(path).cookies == {}

    def test_refuses_post(self, client, path):
        assert client.post(path).status_code == 405

    def test_has_one_h1(self, client, path):
        assert client.get(path).content.decode().count("<h1") == 1
