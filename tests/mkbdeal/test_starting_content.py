"""The loader of the starting content: once, never over what staff did, and clear about broken files."""

import shutil
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core import serializers
from django.core.management import CommandError, call_command

from content.models import LoadedItem, Milestone, Page, Synonym
from hubs.models import EducationLevel, Hub, Programme, Progression, Room, Theme
from mkbdeal.starting_content.kinds import KINDS
from mkbdeal.starting_content.loading import load
from mkbdeal.starting_content.prose import to_html
from partners.models import Partner, PartnerPerson, School

pytestmark = pytest.mark.django_db
SOURCES = Path(project.BASE_DIR)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the content files that a test may break."""
    for app in ("content", "partners", "hubs"):
        shutil.copytree(SOURCES / app / "starting", tmp_path / app / "starting")
    return tmp_path


def append(root: Path, file: str, text: str) -> int:
    """Adds text to a file; the number of the first line of it."""
    path = root / file
    before = path.read_text()
    path.write_text(before + text)
    return before.count("\n") + 1


def contents() -> str:
    """Everything that can be loaded, as it is in the database now."""
    rows = [row for kind in KINDS for row in kind.model._default_manager.order_by("pk")]
    return serializers.serialize("json", [*rows, *LoadedItem.objects.order_by("pk")])


def nothing_new() -> dict[str, int]:
    return {kind.name: 0 for kind in KINDS}


# --- Loading ---------------------------------------------------------------------------------------------------------


def test_loads_every_row() -> None:
    counts = load(SOURCES)

    assert counts == {kind.name: kind.model._default_manager.count() for kind in KINDS}
    assert 0 not in counts.values()


def test_a_second_run_changes_nothing() -> None:
    load(SOURCES)
    before = contents()

    assert load(SOURCES) == nothing_new()
    assert contents() == before


def test_relations_and_texts_arrive() -> None:
    load(SOURCES)

    hub = Hub.objects.get(slug="make-center-nieuwegein")
    assert [level.code for level in hub.levels.all()] == ["mbo_1", "mbo_2", "mbo_3", "mbo_4"]
    assert [(role.partner.slug, role.role) for role in hub.partner_roles.filter(role="runs")] == [
        ("obm-midden-nederland", "runs"),
        ("roc-midden-nederland", "runs"),
    ]
    assert Room.objects.get().hub == hub
    assert School.objects.get(branch_code="05RA01").education_levels.get().code == "vmbo_tl"
    assert Milestone.objects.get(key="deal-getekend").happened_on == date(2020, 7, 2)
    assert "<h2>Waarom is deze deal nodig?</h2>" in Page.objects.get(slug="over-de-deal").body


def test_the_command_says_what_is_new() -> None:
    first, second = StringIO(), StringIO()
    call_command("load_starting_content", stdout=first)
    call_command("load_starting_content", stdout=second)

    assert "    3  hubs\n" in first.getvalue()
    assert second.getvalue() == "De startinhoud was al geladen.\n"


# --- What staff did stays --------------------------------------------------------------------------------------------


def test_an_edited_row_stays_as_edited() -> None:
    load(SOURCES)
    Hub.objects.filter(slug="technohub-woerden").update(summary="Zelf geschreven.", slug="technohub", to_confirm=[])
    before = contents()

    assert load(SOURCES) == nothing_new()
    assert contents() == before


def test_a_deleted_row_stays_deleted() -> None:
    load(SOURCES)
    for model in (Synonym, PartnerPerson, Milestone, Progression):
        model._default_manager.all().delete()
    Theme.objects.get(slug="video").delete()

    assert load(SOURCES) == nothing_new()
    assert not Synonym.objects.exists()
    assert not Theme.objects.filter(slug="video").exists()


def test_a_later_release_adds_a_row_without_what_staff_removed(root: Path) -> None:
    load(root)
    Theme.objects.get(slug="video").delete()
    append(
        root,
        "hubs/starting/programmes/mijdrecht.yaml",
        "\n- {slug: nieuw, hub: makerspace-mijdrecht, kind: club, title: Nieuw, summary: N, themes: [video, metaal]}\n",
    )

    assert load(root) == {**nothing_new(), "programmes": 1}
    assert [theme.slug for theme in Programme.objects.get(slug="nieuw").themes.all()] == ["metaal"]


def test_a_later_row_of_something_removed_is_left_out(root: Path) -> None:
    load(root)
    Partner.objects.get(slug="kiremko").delete()
    append(
        root, "partners/starting/people.yaml", "\n- {partner: kiremko, name: Iemand, role: lid, known_in_year: 2020}\n"
    )

    assert load(root) == nothing_new()
    assert not PartnerPerson.objects.filter(name="Iemand").exists()


@pytest.mark.parametrize("slug", ["bouwclub", "club-van-ons"])
def test_what_staff_made_themselves_stays(root: Path, slug: str) -> None:
    """The same address, or the same name under another address."""
    load(root)
    Partner.objects.create(slug=slug, name="Bouwclub", kind="network", summary="Van ons.")
    append(root, "partners/starting/partners.yaml", "\n- {slug: bouwclub, name: Bouwclub, kind: network}\n")

    assert load(root) == nothing_new()
    assert Partner.objects.get(name="Bouwclub").summary == "Van ons."


def test_a_synonym_of_staff_in_capitals_is_the_same_synonym(root: Path) -> None:
    load(root)
    Synonym.objects.create(word="Robotarm", means="Robotica")
    append(root, "content/starting/synonyms.yaml", "\n- {word: robotarm, means: robotica}\n")

    assert load(root) == nothing_new()
    assert Synonym.objects.get(word__iexact="robotarm").word == "Robotarm"


# --- Broken files ----------------------------------------------------------------------------------------------------

PROGRAMME = "hubs/starting/programmes/woerden.yaml"
HUBS = "hubs/starting/hubs.yaml"
ROW = "- {slug: kapot, hub: technohub-woerden, kind: club, title: Kapot, summary: Kapot%s}\n"
HUB = "- {slug: kapot, name: Kapot, town: Kapot, letter: K, colour: teal, summary: Kapot%s}\n"
BROKEN = {
    "not closed": (PROGRAMME, "- {slug: [kapot}\n", 1, "dit is geen goede YAML"),
    "a control character": (PROGRAMME, "\n- slug: ka\x01pot\n", 2, "hier staat een teken dat niet mag"),
    "not a mapping": (PROGRAMME, "- kapot\n", 1, "hier hoort een onderdeel met namen en waarden te staan"),
    "a name twice": (PROGRAMME, "- slug: kapot\n  hub: a\n  hub: b\n", 3, "'hub' staat hier twee keer"),
    "a row twice": (PROGRAMME, ROW % "" + ROW % "", 2, "programma 'kapot' staat er twee keer"),
    "no key": (PROGRAMME, "- {title: Kapot}\n", 1, "'slug' ontbreekt"),
    "an unknown name": (PROGRAMME, ROW % ",\n  kleur: rood", 2, "'kleur' hoort niet bij programma"),
    "a column of the database": (PROGRAMME, ROW % ",\n  uuid: '1'", 2, "'uuid' hoort niet bij programma"),
    "an unknown level": (
        PROGRAMME,
        ROW % ",\n  levels: [havo,\n  vmbo_xx]",
        3,
        "onderwijsniveau 'vmbo_xx' bestaat niet",
    ),
    "an unknown parent": ("hubs/starting/rooms.yaml", "- {hub: kapot, name: Hal}\n", 1, "hub 'kapot' bestaat niet"),
    "an unknown next step": (PROGRAMME, ROW % ",\n  leads_to: [verder]", 2, "programma 'verder' bestaat niet"),
    "an unknown role": (HUBS, HUB % ",\n  partners: {leads: [kiremko]}", 2, "de rol 'leads' bestaat niet"),
    "partners without a role": (HUBS, HUB % ",\n  partners: [kiremko]", 2, "zet hier eerst de rol"),
    "a number for a text": (PROGRAMME, ROW % ",\n  clothing: 12", 2, "hier hoort tekst"),
    "a yes for a number": (HUBS, HUB % ",\n  position: yes", 2, "hier hoort een heel getal"),
    "a text for a list": (PROGRAMME, ROW % ",\n  levels: havo", 2, "hier hoort een lijst"),
    "a date in words": (
        "content/starting/milestones.yaml",
        "- {key: k, title: K, happened_on: morgen}\n",
        1,
        "hier hoort een datum",
    ),
    "no such day": (
        "content/starting/milestones.yaml",
        "- {key: k, title: K,\n  happened_on: 2020-02-31}\n",
        2,
        "dit is geen bestaande datum",
    ),
    "an empty value": (PROGRAMME, "- slug: kapot\n  hub:\n", 2, "hier hoort tekst"),
    "a wrong postcode": (HUBS, HUB % ",\n  postcode: 3442AE", 2, "postcode: Vul de postcode in zoals 3442 AE."),
    "an unknown choice": (HUBS, HUB % ",\n  audiences: [iedereen]", 2, "audiences: "),
    "a required text missing": (
        PROGRAMME,
        "- {slug: kapot, hub: technohub-woerden, kind: club, title: Kapot}\n",
        1,
        "summary: ",
    ),
    "a letter twice": (HUBS, (HUB % "").replace("letter: K", "\n  letter: W"), 2, "letter: "),
    "a rule of the model": (
        "hubs/starting/routes.yaml",
        "- {from_level: havo, to_level: havo}\n",
        1,
        "Een route gaat naar een ander niveau.",
    ),
    "a mark for nothing": (PROGRAMME, ROW % ",\n  to_confirm: [clothing]", 2, "'clothing' staat bij to_confirm"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_names_file_and_line_and_changes_nothing(root: Path, settings: Any, case: str) -> None:
    file, text, line, message = BROKEN[case]
    settings.BASE_DIR = root
    first = append(root, file, text)

    with pytest.raises(CommandError) as caught:
        call_command("load_starting_content")

    assert str(caught.value).startswith(f"{file}, regel {first + line - 1}: {message}")
    assert caught.value.returncode == 1
    assert not LoadedItem.objects.exists()
    assert not EducationLevel.objects.exists()


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"- word: a\n  means: caf\xe9\n", 2, "hier staat een teken dat geen UTF-8 is"),
        (b"word: a\n", 1, "dit bestand moet een lijst zijn"),
        (None, 1, "dit bestand is niet te lezen"),
    ],
)
def test_a_broken_file_as_a_whole(root: Path, settings: Any, data: bytes | None, line: int, message: str) -> None:
    settings.BASE_DIR = root
    path = root / "content/starting/synonyms.yaml"
    path.unlink() if data is None else path.write_bytes(data)

    with pytest.raises(CommandError, match=f"^content/starting/synonyms.yaml, regel {line}: {message}"):
        call_command("load_starting_content")
    assert not LoadedItem.objects.exists()


def test_a_file_broken_in_a_later_release_changes_nothing(root: Path, settings: Any) -> None:
    load(root)
    before = contents()
    settings.BASE_DIR = root
    append(root, "partners/starting/partners.yaml", "- {slug: nieuw, name: Nieuw, kind: network}\n")
    append(root, "content/starting/synonyms.yaml", "- {word: nieuw, means: 12}\n")

    with pytest.raises(CommandError):
        call_command("load_starting_content")
    assert contents() == before


def test_light_notation_becomes_html() -> None:
    text = "Een & twee\nop één regel.\n\n## Kop\n\n- [hubs](/hubs/)\n- lang\n  punt\n"

    assert to_html(text) == (
        "<p>Een &amp; twee op één regel.</p><h2>Kop</h2>"
        '<ul><li><p><a href="/hubs/">hubs</a></p></li><li><p>lang punt</p></li></ul>'
    )
