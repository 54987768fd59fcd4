"""The filters of the lists: what they offer, what a word finds, and what they say of a choice that they do not know."""

from datetime import UTC, datetime

import pytest

from hubs.models import Audience, ProgrammeKind
from hubs.search import Search
from tests.factories.content import SynonymFactory
from tests.factories.hubs import (
    ActivityFactory,
    EducationLevelFactory,
    HubFactory,
    LevelGroupFactory,
    ProgrammeFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def titles(response):
    return [row.title for row in response.context["rows"]]


def options(response, name):
    """Values that one can choose, groups flattened."""
    found = []
    for value, label in response.context["form"].fields[name].choices:
        found += [code for code, _ in label] if isinstance(label, list) else [value]
    return found


@pytest.mark.parametrize(
    "asked",
    [
        "Robotarm",
        "robots",
        "lasnaad",
        "sleutelhanger",
        "metaal",
        "avond",
        "woerden",
        "technohub",
        "mavo",
        "docenten",
        "juf",
        "robotarm woerden avond",
    ],
)
def test_a_word_finds_what_has_it_anywhere(client, asked):
    SynonymFactory(word="Juf", means="docent")
    ProgrammeFactory(
        title="Bouw een robotarm",
        summary="Je legt een lasnaad.",
        body="<p>En je maakt een <strong>sleutelhanger</strong>.</p>",
        kind=ProgrammeKind.OPEN_EVENING,
        hub=HubFactory(name="Technohub", town="Woerden"),
        themes=[ThemeFactory(name="Metaal")],
        levels=[EducationLevelFactory(name="vmbo theoretisch", alias="mavo (vmbo-tl)")],
        audiences=[Audience.TEACHER],
    )
    ProgrammeFactory(title="Iets anders", hub=HubFactory(name="Makerspace", town="Mijdrecht"))
    assert titles(client.get("/programmas/", {"q": asked})) == ["Bouw een robotarm"]


def test_the_agenda_also_finds_what_a_date_says_itself(client):
    ActivityFactory(programme__title="Lassen", note="avond met proefles")
    ActivityFactory(programme__title="Bouwen")
    assert titles(client.get("/agenda/?q=lassen+avond")) == ["Lassen"]
    assert titles(client.get("/agenda/?q=bouwen+avond")) == []


def test_marks_in_a_text_are_no_words(client):
    ProgrammeFactory(title="Iets", body="<p><strong>Tekst</strong></p>")
    assert titles(client.get("/programmas/?q=strong")) == []


def test_every_word_must_be_somewhere(client):
    ProgrammeFactory(title="Lassen voor beginners")
    assert titles(client.get("/programmas/?q=lassen+gevorderden")) == []


def test_titles_come_first(client):
    ProgrammeFactory(title="Aan de slag", summary="Je gaat lassen.")
    ProgrammeFactory(title="Zelf lassen")
    assert titles(client.get("/programmas/?q=lassen")) == ["Zelf lassen", "Aan de slag"]


def test_words_are_bounded():
    assert len(Search.read("woord " * 50).words) == 8


def test_choices_that_lead_nowhere_are_left_out(client):
    vmbo = LevelGroupFactory(code="vmbo", name="vmbo")
    basis = EducationLevelFactory(code="vmbo_bb", group=vmbo)
    EducationLevelFactory(code="vmbo_tl", group=vmbo, alias="mavo (vmbo-tl)")
    EducationLevelFactory(code="vwo", name="vwo")
    HubFactory(slug="leeg")
    ThemeFactory(slug="zorg")
    ProgrammeFactory(
        hub=HubFactory(slug="w"),
        levels=[basis],
        themes=[ThemeFactory(slug="metaal")],
        audiences=[Audience.PUPIL],
        kind=ProgrammeKind.CLUB,
    )
    ProgrammeFactory(state="draft", kind=ProgrammeKind.CONTEST)
    response = client.get("/programmas/")
    assert {name: options(response, name) for name in ("hub", "thema", "doelgroep", "vorm", "niveau")} == {
        "hub": ["", "w"],
        "thema": ["", "metaal"],
        "doelgroep": ["", "pupil"],
        "vorm": ["", "club"],
        "niveau": ["", "vmbo", "vmbo_bb"],
    }
    assert "vmbo, alles (ook mavo)" in response.text


@pytest.mark.parametrize(("name", "value"), [("hub", "leeg"), ("vorm", "contest"), ("niveau", "vwo")])
def test_a_chosen_one_stays(client, name, value):
    HubFactory(slug="leeg")
    EducationLevelFactory(code="vwo", name="vwo")
    ProgrammeFactory()
    response = client.get("/programmas/", {name: value})
    assert value in options(response, name)
    assert (response.context["problems"], titles(response)) == ([], [])


def test_dates_are_read_and_said_the_dutch_way(client):
    ActivityFactory(programme__title="Past", starts_at=datetime(2098, 12, 3, 12, tzinfo=UTC))
    for written in ("2098-12-03", "3-12-2098"):
        response = client.get(f"/agenda/?van={written}&tot={written}")
        assert titles(response) == ["Past"]
        assert response.context["chips"][0].label.replace("\xa0", " ") == "Vanaf 3 december 2098"
        assert 'value="2098-12-03"' in response.text
    assert "Schrijf hem zoals 31-3-2027." in client.get("/agenda/?van=morgen").text


@pytest.mark.parametrize("query", ["vrij=misschien", "hub=w&hub=n"])
def test_what_is_unclear_is_said(client, query):
    HubFactory(slug="w")
    HubFactory(slug="n")
    response = client.get(f"/agenda/?{query}")
    assert (response.status_code, len(response.context["problems"])) == (200, 1)
    assert "noindex" in response.text
