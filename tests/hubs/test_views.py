"""The catalogue pages: what they show, what they refuse, and how many queries they make."""

from datetime import UTC, datetime, timedelta

import pytest

from hubs.models import Audience, Meeting, ProgrammeKind
from tests.factories.hubs import (
    ActivityFactory,
    EducationLevelFactory,
    HubFactory,
    HubPartnerFactory,
    MeetingFactory,
    ProgrammeFactory,
    ProgrammePartnerFactory,
    RoomFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
PAST = datetime(2020, 7, 2, 9, 0, tzinfo=UTC)


def titles(response):
    return [row.title for row in response.context["rows"]]


@pytest.fixture
def level():
    return EducationLevelFactory(code="havo", name="havo")


class TestProgrammes:
    def test_published_ones_by_title(self, client):
        ProgrammeFactory(title="Lassen")
        ProgrammeFactory(title="Bouwen")
        ProgrammeFactory(title="Concept", state="draft")
        ProgrammeFactory(title="Bij een gesloten hub", hub__state="draft")
        assert titles(client.get("/programmas/")) == ["Bouwen", "Lassen"]

    @pytest.mark.parametrize(
        "query",
        [
            "hub=w",
            "niveau=havo",
            "thema=lassen",
            "doelgroep=teacher",
            "vorm=club",
            "q=sleutélhanger",
            "hub=w&niveau=havo&thema=lassen&doelgroep=teacher&vorm=club&q=maak",
        ],
    )
    def test_filters_combine(self, client, level, query):
        theme = ThemeFactory(slug="lassen")
        ProgrammeFactory(
            title="Past",
            hub=HubFactory(slug="w"),
            levels=[level],
            themes=[theme],
            audiences=[Audience.TEACHER],
            kind=ProgrammeKind.CLUB,
            summary="Je maakt een sleutelhanger.",
        )
        ProgrammeFactory(title="Past niet")
        assert titles(client.get(f"/programmas/?{query}")) == ["Past"]

    @pytest.mark.parametrize(
        "query",
        [
            "niveau=gymnasium",
            "hub=%00x",
            "thema=" + "x" * 3000,
            "doelgroep=1",
            "pagina=0",
            "pagina=-1",
            "pagina=" + "9" * 30,
        ],
    )
    def test_faulty_values_are_named_and_take_no_part(self, client, query):
        if "%00" in query:
            assert client.get(f"/programmas/?{query}").status_code == 400
            return
        ProgrammeFactory(title="Lassen")
        response = client.get(f"/programmas/?{query}")
        assert (response.status_code, titles(response)) == (200, ["Lassen"])
        assert len(response.context["problems"]) == 1
        assert '<meta name="robots" content="noindex">' in response.text

    def test_too_long_a_search_word_is_said(self, client):
        response = client.get("/programmas/?q=" + "a" * 3000)
        assert (response.status_code, len(response.context["problems"])) == (200, 1)

    def test_nothing_found_offers_ways_on(self, client):
        response = client.get("/programmas/?q=onvindbaar")
        assert "Geen programma dat hierbij past" in response.text

    def test_chip_takes_one_choice_away(self, client, level):
        response = client.get("/programmas/?niveau=havo&q=lassen&pagina=1")
        assert [tuple(chip) for chip in response.context["chips"]] == [
            ("Zoekwoord lassen", "/programmas/?niveau=havo"),
            ("havo", "/programmas/?q=lassen"),
        ]


class TestAgenda:
    def test_upcoming_ones_first_to_start_first(self, client):
        ActivityFactory(programme__title="Later", starts_at=datetime(2098, 5, 1, tzinfo=UTC))
        ActivityFactory(programme__title="Eerst", starts_at=datetime(2098, 4, 1, tzinfo=UTC))
        ActivityFactory(programme__title="Geweest", starts_at=PAST)
        ActivityFactory(programme__title="Zonder datum", meetings=0)
        assert titles(client.get("/agenda/")) == ["Eerst", "Later"]

    def test_a_course_that_runs_already_has_left(self, client):
        running = ActivityFactory(programme__title="Loopt al", starts_at=PAST)
        MeetingFactory(activity=running, starts_at=datetime(2098, 4, 1, tzinfo=UTC))
        assert titles(client.get("/agenda/")) == []

    def test_period_is_in_dutch_days(self, client):
        # 23.30 uur on 31 March in the Netherlands is 21.30 in UTC.
        ActivityFactory(programme__title="Avond", starts_at=datetime(2098, 3, 31, 21, 30, tzinfo=UTC))
        assert titles(client.get("/agenda/?van=2098-03-31&tot=2098-03-31")) == ["Avond"]
        assert titles(client.get("/agenda/?van=2098-04-01")) == []

    def test_only_with_seats(self, client):
        ActivityFactory(programme__title="Ruim", capacity=None)
        ActivityFactory(programme__title="Vol", capacity=0)
        assert titles(client.get("/agenda/?vrij=on")) == ["Ruim"]

    @pytest.mark.parametrize(
        "query", ["van=morgen", "tot=2027-02-30", "van=2027-02-02&tot=2027-02-01", "van=" + "1" * 3000]
    )
    def test_faulty_dates_are_named(self, client, query):
        ActivityFactory()
        response = client.get(f"/agenda/?{query}")
        assert (response.status_code, len(response.context["problems"])) == (200, 1)

    def test_cancelled_one_is_shown_as_cancelled(self, client):
        ActivityFactory(cancelled_at=PAST, cancel_reason="De docent is ziek.")
        assert "gaat niet door" in client.get("/agenda/").text


class TestActivity:
    def test_page_names_programme_hub_and_price(self, client):
        activity = ActivityFactory(programme__title="Lassen: leg je eerste naad", price=0)
        text = client.get(activity.get_absolute_url()).text
        assert "Lassen: leg je eerste naad" in text
        assert "Gratis" in text
        assert "zaterdag 28\xa0november 2099" in text

    def test_two_on_one_day_have_different_titles(self, client):
        morning = ActivityFactory(starts_at=datetime(2099, 11, 28, 9, 0, tzinfo=UTC))
        noon = ActivityFactory(programme=morning.programme, starts_at=datetime(2099, 11, 28, 12, 0, tzinfo=UTC))
        pages = [client.get(activity.get_absolute_url()).text for activity in (morning, noon)]
        assert len({page[page.index("<title>") : page.index("</title>")] for page in pages}) == 2

    @pytest.mark.parametrize(("given", "said"), [({}, False), ({"place": "Raadhuis"}, True)])
    def test_where_and_when_is_said_again_only_for_another_place(self, client, given, said):
        activity = ActivityFactory(meetings=0)
        MeetingFactory(activity=activity, **given)
        assert ('id="wanneer"' in client.get(activity.get_absolute_url()).text) == said

    def test_every_meeting_of_a_series_is_listed(self, client):
        text = client.get(ActivityFactory(meetings=3).get_absolute_url()).text
        assert "De 3 bijeenkomsten" in text

    def test_past_one_says_so(self, client):
        assert "is geweest" in client.get(ActivityFactory(starts_at=PAST).get_absolute_url()).text

    def test_cancelled_one_says_why(self, client):
        activity = ActivityFactory(cancelled_at=PAST, cancel_reason="De docent is ziek.")
        assert "De docent is ziek." in client.get(activity.get_absolute_url()).text

    @pytest.mark.parametrize("for_persons", [True, False])
    def test_too_few_seats_for_a_class_is_said_with_the_reason(self, client, for_persons):
        activity = ActivityFactory(
            for_persons=for_persons, for_classes=True, capacity=4, class_size_min=10, class_size_max=30
        )
        text = client.get(activity.get_absolute_url()).text
        assert "4 plekken vrij, te weinig voor een klas van minstens 10." in text
        assert "Zet je klas op de wachtlijst" in text
        assert "Meld je klas aan" not in text
        assert ("Laat weten wanneer je kunt" in text) is not for_persons

    @pytest.mark.parametrize("pk", [0, 2**31, 10**30])
    def test_unknown_number_is_404(self, client, pk):
        assert client.get(f"/agenda/{pk}/").status_code == 404

    def test_of_a_draft_programme_is_404(self, client):
        activity = ActivityFactory(programme__state="draft")
        assert client.get(activity.get_absolute_url()).status_code == 404


class TestHubsAndPathway:
    def test_hub_says_what_it_does_not_know_yet(self, client):
        assert "De hub vult dit nog in" in client.get(HubFactory().get_absolute_url()).text

    def test_draft_hub_is_404(self, client):
        assert client.get(HubFactory(state="draft").get_absolute_url()).status_code == 404

    def test_station_lists_its_programmes(self, client, level):
        hub = HubFactory(levels=[level])
        ProgrammeFactory(title="Robotarm", hub=hub, levels=[level])
        response = client.get("/leerlijn/havo/")
        assert [row.title for row in response.context["programmes"]] == ["Robotarm"]

    def test_unknown_station_is_404(self, client):
        assert client.get("/leerlijn/gymnasium/").status_code == 404


def many(count, level):
    """A catalogue in which everything on a page exists `count` times."""
    hub = HubFactory(slug="w", levels=[level])
    themes = ThemeFactory.create_batch(3)
    hub.themes.set(themes)
    for _number in range(count):
        HubPartnerFactory(hub=hub)
        programme = ProgrammeFactory(hub=hub, levels=[level], themes=themes)
        ProgrammePartnerFactory(programme=programme)
        ActivityFactory(programme=programme, meetings=2)
    first = hub.programmes.order_by("pk")[0]
    ActivityFactory(programme=ProgrammeFactory(hub=hub, title="Daarna"))
    first.leads_to.set(hub.programmes.exclude(pk=first.pk))
    for week in range(count):
        ActivityFactory(programme=first, starts_at=datetime(2099, 1, 1, tzinfo=UTC) + timedelta(weeks=week))
    Meeting.objects.update(room=RoomFactory(hub=hub))
    return first


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("count", [1, 3, 30])
def test_queries_do_not_grow(client, level, django_assert_num_queries, count, language):
    programme = many(count, level)
    activity = programme.activities.order_by("pk")[0]
    pages = {
        "/hubs/": 3,
        "/hubs/w/": 8,
        "/programmas/": 7,
        "/programmas/?niveau=havo&q=maakt&doelgroep=": 8,
        f"/programmas/{programme.slug}/": 8,
        "/agenda/": 6,
        f"/agenda/{activity.pk}/": 7,
        "/leerlijn/": 4,
        "/leerlijn/havo/": 7,
    }
    for path, queries in pages.items():
        with django_assert_num_queries(queries):
            assert client.get(language + path).status_code == 200
