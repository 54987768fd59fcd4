"""The certificate as a reader gets it: tagged, in one's language, and whole whatever somebody is called."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader

from signups.certificate import certificate
from signups.domain.presence import presence
from tests.factories.hubs import ActivityFactory, HubFactory, ProgrammeFactory, ProgrammePartnerFactory
from tests.factories.partners import PartnerFactory, SchoolFactory
from tests.factories.signups import AttendanceFactory, SignUpFactory

pytestmark = pytest.mark.django_db
STARTS = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
MARKUP = '#read("/etc/passwd") $x$ *b* _i_ @r <l> \\u{41} "a" \'b\' [c] {d} `e` = f - g // h /* i ~'
LONG = "Wolfeschlegelsteinhausenbergerdorff" * 2


def activity(**fields):
    hub = HubFactory(name="Proefhub", letter="P", colour="green")
    programme = ProgrammeFactory(hub=hub, title="Bouw een robotarm", title_en="Build a robot arm")
    ProgrammePartnerFactory(programme=programme, partner=PartnerFactory(name="Voorbeeldbedrijf Lassen"))
    return ActivityFactory(programme=programme, starts_at=STARTS, capacity=60, for_classes=True, **fields)


def made(entry):
    return PdfReader(BytesIO(certificate(entry, presence(entry, NOW), NOW)))


def text(reader):
    """What one reads, on one line: where a line ends is the typesetter's affair."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def marks(reader):
    """The kinds of structure that a screen reader walks through, in order."""
    found = []

    def walk(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            [walk(kid) for kid in node]
        elif isinstance(node, dict):
            found.extend(filter(None, [node.get("/S")]))
            walk(node.get("/K", []))

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def test_what_it_says():
    said = text(made(SignUpFactory(activity=activity(), name="Leerling 0417")))
    assert said.startswith("Bewijs van deelname P Leerling 0417 deed mee aan Bouw een robotarm")
    for fact in ("zaterdag 28 november 2026", "Proefhub Woerden", "Voorbeeldbedrijf Lassen", "Volgens de aanmelding."):
        assert fact in said


def test_it_names_the_place_elsewhere():
    visit = activity()
    visit.meetings.update(place="Kiremko, Montfoort")
    said = text(made(SignUpFactory(activity=visit)))
    assert "Kiremko, Montfoort" in said
    assert "Proefhub" not in said


def test_in_english():
    with translation.override("en"):
        reader = made(SignUpFactory(activity=activity()))
        assert "Build a robot arm" in text(reader)
        assert "Saturday 28 November 2026" in text(reader)
    assert reader.trailer["/Root"]["/Lang"] == "en"


def test_it_is_tagged_and_has_a_language_and_a_title():
    reader = made(SignUpFactory(activity=activity(), name="Leerling 0417"))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Bewijs van deelname: Bouw een robotarm"
    assert re.search(rb"pdfuaid:part>1<", root["/Metadata"].get_object().get_data())
    assert [mark for mark in marks(reader) if mark.startswith("/H")] == ["/H1", "/H2"]
    assert "/P" in marks(reader)


def test_it_is_set_in_the_letters_of_the_site():
    fonts = made(SignUpFactory(activity=activity())).pages[0]["/Resources"]["/Font"].values()
    assert {re.sub(r"^/[A-Z]{6}\+", "", font["/BaseFont"]).split("-")[0] for font in fonts} == {"Arimo"}


@pytest.mark.parametrize("name", [MARKUP[:80], MARKUP[80:], LONG, "Łukasz Žižek-İnönü", "Ελένη Иван", "x" * 80])
def test_a_name_is_printed_as_it_is(name):
    reader = made(SignUpFactory(activity=activity(), name=name))
    assert " ".join(name.split()) in text(reader)
    assert len(reader.pages) == 1


@pytest.mark.parametrize("name", ["محمد علي", "משה כהן", "\u202eabc\u202c"])
def test_names_that_run_the_other_way(name):
    assert len(made(SignUpFactory(activity=activity(), name=name)).pages) == 1


def test_signs_that_no_font_has_are_left_out():
    assert "Jan Jansen deed mee" in text(made(SignUpFactory(activity=activity(), name="Jan \U0001f600 Jansen")))


def test_a_name_of_such_signs_is_left_to_the_pen():
    said = text(made(SignUpFactory(activity=activity(), name="李小龍")))
    assert said.startswith("Bewijs van deelname P Schrijf hier de naam. deed mee aan Bouw een robotarm")


def test_texts_of_staff_in_such_signs_break_nothing():
    programme = ProgrammeFactory(title="\U0001f600", hub=HubFactory(name="李小龍"))
    entry = SignUpFactory(activity=ActivityFactory(programme=programme, starts_at=STARTS), name="Leerling 0417")
    assert "Leerling 0417 deed mee aan Wanneer zaterdag 28 november 2026 Waar Woerden" in text(made(entry))


def test_the_longest_of_everything_fits_on_a_page():
    programme = ProgrammeFactory(title=("Arbeidsongeschiktheidsverzekering " * 4)[:120], hub=HubFactory(name="H" * 60))
    for _ in range(6):
        ProgrammePartnerFactory(programme=programme, partner=PartnerFactory())
    date = ActivityFactory(programme=programme, starts_at=STARTS, meetings=6, capacity=None, for_classes=True)
    entry = SignUpFactory(activity=date, class_of=240, name="K" * 80, school_other="S" * 120)
    assert len(made(entry).pages) == 1


def test_a_class():
    entry = SignUpFactory(activity=activity(), class_of=24, name="2B", school=SchoolFactory(name="Het College"))
    assert "Klas 2B Het College, 24 leerlingen deed mee" in text(made(entry))
    AttendanceFactory(sign_up=entry, number=21)
    said = text(made(entry))
    assert "Het College, 21 leerlingen" in said
    assert "De hub schreef bij de deur op wie er was." in said


def test_the_meetings_that_they_came_to():
    date = activity(meetings=3)
    entry = SignUpFactory(activity=date)
    assert "3 van de 3" in text(made(entry))
    first, _second, third = date.meetings.all()
    for meeting in (first, third):
        AttendanceFactory(sign_up=entry, meeting=meeting)
    said = text(made(entry))
    assert "zaterdag 28 november 2026, zaterdag 12 december 2026" in said
    assert "2 van de 3" in said
    assert "5 december" not in said


def test_many_meetings_from_the_first_to_the_last():
    assert "zaterdag 28 november 2026 tot en met zaterdag 9 januari 2027" in text(
        made(SignUpFactory(activity=activity(meetings=7)))
    )


def test_the_same_twice_is_the_same_file():
    entry = SignUpFactory(activity=activity())
    first, second = (certificate(entry, presence(entry, NOW), NOW + timedelta()) for _ in range(2))
    assert first == second
