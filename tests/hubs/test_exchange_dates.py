"""Dates as files: the way round, meetings, what a partner's staff may and may not, and what a file cannot do."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from content import clock
from hubs.models import Activity, Meeting
from partners.models import MemberRole
from tests import exchanging
from tests.exchanging import at, cells, confirm, csv, downloaded, faults, taken_in, upload, xlsx
from tests.factories import hubs, partners
from tests.hubs.test_admin_hubs import take

pytestmark = pytest.mark.django_db
HEAD = ["Nummer", "Programma", "Begin", "Einde"]


@pytest.fixture
def own():
    return partners.PartnerFactory()


@pytest.fixture
def programme(own):
    programme = hubs.ProgrammeFactory(title="Leer lassen", slug="leer-lassen")
    hubs.HubPartnerFactory(hub=programme.hub, partner=own)
    return programme


@pytest.fixture
def editor(client, own):
    user = partners.UserFactory()
    partners.MembershipFactory(user=user, partner=own, role=MemberRole.EDITOR)
    client.force_login(user)
    return client


def test_what_was_downloaded_changes_nothing(editor, programme):
    room = hubs.RoomFactory(hub=programme.hub, name="Lokaal 2")
    course = hubs.ActivityFactory(programme=programme, meetings=3, note="=1+1", price="12.50", class_size_min=3)
    hubs.MeetingFactory(activity=course, starts_at=datetime(2099, 12, 30, 9, 0, tzinfo=UTC), room=room)
    hubs.MeetingFactory(
        activity=course,
        starts_at=datetime(2099, 12, 30, 22, 0, tzinfo=UTC),
        ends_at=datetime(2099, 12, 31, 0, 30, tzinfo=UTC),
        place="Kade 3",
    )
    hubs.ActivityFactory(programme=programme, meetings=0, capacity=None)
    for suffix in ("xlsx", "csv"):
        page = upload(editor, Activity, downloaded(editor, Activity, suffix), f"lijst.{suffix}")
        assert faults(page) == []
        assert page.context["plan"].unchanged == 2


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_the_hour_that_comes_twice_goes_round(editor, programme, suffix):
    """Who opens the file sees 02.30 two times over, and neither is lost by another change in its row."""
    summer, winter = (datetime(2098, 10, 26, hour, 30, tzinfo=UTC) for hour in (0, 1))
    night = hubs.ActivityFactory(programme=programme, meetings=0, signup_closes_at=summer)
    hubs.MeetingFactory(activity=night, starts_at=summer, ends_at=winter, place="Kade 3")
    hubs.MeetingFactory(activity=night, starts_at=winter, ends_at=winter + timedelta(hours=1), place="Kade 3")
    before = list(night.meetings.values_list("starts_at", "ends_at"))
    content = downloaded(editor, Activity, suffix)
    page = upload(editor, Activity, content, f"lijst.{suffix}")
    assert (faults(page), page.context["plan"].unchanged) == ([], 1)
    if suffix == "csv":
        taken_in(editor, Activity, content.replace(b"Kade 3", b"Kade 4"), "lijst.csv")
        assert list(night.meetings.values_list("starts_at", "ends_at")) == before
        assert set(night.meetings.values_list("place", flat=True)) == {"Kade 4"}
        night.refresh_from_db()
        assert night.signup_closes_at == summer


def test_a_new_date_with_meetings(editor, programme):
    hubs.RoomFactory(hub=programme.hub, name="Lokaal 2")
    head = [*HEAD, "Ruimte", "Meer bijeenkomsten", "Voor klassen", "Prijs in euro"]
    row = [
        "",
        "Leer lassen",
        "2-7-2026 14.00",
        "16.30",
        "lokaal 2",
        "9-7-2026 14.00-16.00; 16-7-2026 14:00-16:00 op Kade 3",
    ]
    taken_in(editor, Activity, csv(head, [*row, "ja", "12,50"]), "data.csv")
    activity = Activity.objects.get()
    assert (activity.programme, activity.for_classes, str(activity.price)) == (programme, True, "12.50")
    assert activity.first_starts_at == datetime(2026, 7, 2, 12, 0, tzinfo=UTC)
    told = [(str(meeting.starts_at.date()), str(meeting.room or meeting.place)) for meeting in activity.meetings.all()]
    assert told == [("2026-07-02", "Lokaal 2"), ("2026-07-09", "Lokaal 2"), ("2026-07-16", "Kade 3")]


def test_a_moved_date_keeps_its_meeting_and_says_who_is_told(editor, programme):
    activity = hubs.ActivityFactory(programme=programme)
    take(activity, 3)
    meeting = activity.meetings.get()
    content = xlsx(HEAD, [activity.pk, "leer-lassen", at("2099-11-29 10:00"), at("2099-11-29 12:00")])
    page = upload(editor, Activity, content)
    assert "Wie zich aanmeldde, krijgt bericht" in page.content.decode()
    assert "28-11-2099 10.00" in page.content.decode()
    confirm(editor, page)
    meeting.refresh_from_db()
    activity.refresh_from_db()
    assert meeting.starts_at == datetime(2099, 11, 29, 9, 0, tzinfo=UTC)
    assert (activity.version, activity.revision, activity.taken) == (2, 1, 3)


def test_no_new_day_for_a_date_whose_people_are_forgotten(editor, programme):
    activity = hubs.ActivityFactory(programme=programme, starts_at=clock.now() - timedelta(days=31))
    take(activity, 3)
    content = xlsx(HEAD, [activity.pk, "leer-lassen", at("2099-11-29 10:00"), at("2099-11-29 12:00")])
    assert "Maak een nieuwe datum." in upload(editor, Activity, content).content.decode()


def test_three_faulty_rows_keep_out_the_good_one(editor, programme):
    activity = hubs.ActivityFactory(programme=programme, capacity=12)
    take(activity, 8)
    head = [*HEAD, "Aantal plekken"]
    good = ["", "leer-lassen", at("2099-03-01 10:00"), at("2099-03-01 12:00"), 5]
    page = upload(
        editor,
        Activity,
        xlsx(
            head,
            good,
            ["", "leer-lassen", "morgen", "16.00", 5],
            ["", "leer-lassen", at("2099-03-02 10:00"), at("2099-03-02 09:00"), "veel"],
            [activity.pk, "leer-lassen", *good[2:4], 7],
        ),
    )
    assert faults(page) == [
        (3, "Begin", "Vul een dag met een tijd in, zoals 02-07-2026 14.00."),
        (4, "Aantal plekken", "Vul een heel getal in, zoals 12."),
        (5, "Aantal plekken", "Er zijn al meer plekken bezet dan dit aantal."),
    ]
    assert 'name="seen"' not in page.content.decode()
    confirm(editor, page)
    assert Activity.objects.count() == 1


def test_a_day_without_a_time_is_no_midnight(editor, programme):
    """Excel holds both alike: what the cell shows tells them apart."""
    book = Workbook()
    book.active.append(HEAD)
    formats = ["dd-mm-yyyy", "[$-h413]d mmm yyyy;@", 'd-m-yyyy" hier"', "d-m-yyyy h:mm", "dd-mm-yyyy hh:mm", "d-m-yyyy"]
    for day, number_format in enumerate(formats, start=1):
        begins = at(f"2099-03-0{day} {'10:00' if day == len(formats) else '00:00'}")
        book.active.append(["", "leer-lassen", begins, at(f"2099-03-0{day} 12:00")])
        book.active.cell(day + 1, 3).number_format = number_format
    saved = io.BytesIO()
    book.save(saved)
    told = "Hier staat een dag zonder tijd. Zet de tijd erbij, zoals 02-07-2026 14.00."
    assert faults(upload(editor, Activity, saved.getvalue())) == [(row, "Begin", told) for row in (2, 3, 4)]


def test_the_page_names_the_column_that_has_to_stay(editor, programme):
    page = editor.get("/beheer/hubs/activity/importeren/").content.decode()
    assert "Laat de kolom “Nummer” staan: daaraan herkent de site een rij." in page
    row = ["leer-lassen", at("2099-03-01 10:00"), at("2099-03-01 12:00")]
    assert faults(upload(editor, Activity, xlsx(HEAD[1:], row))) != []
    assert faults(upload(editor, Activity, xlsx(HEAD, ["", *row]))) == []


def test_what_is_unknown_names_what_looks_like_it_and_no_other(editor, programme, own):
    for number in range(14):
        hubs.ProgrammeFactory(title=f"Iets {number:02d}", slug=f"a-iets-{number:02d}", hub=programme.hub)
    hubs.ProgrammeFactory(title="Roboticaclub", slug="roboticaclub-mijdrecht", hub=programme.hub)
    day = [at("2099-03-01 10:00"), at("2099-03-01 12:00")]
    told = faults(upload(editor, Activity, xlsx(HEAD, ["", "roboticaclub-mijdrech", *day], ["", "qqq", *day])))
    assert told[0][2] == "“roboticaclub-mijdrech” kun je hier niet kiezen. Lijkt op: roboticaclub-mijdrecht."
    assert re.fullmatch(r"“qqq” kun je hier niet kiezen. Kies uit: ([\w-]+, ){2}[\w-]+ en nog 13 andere.", told[1][2])


def test_what_has_no_effect_is_said_beside_its_row(editor, programme):
    head = [*HEAD, "Aanmelden tot", "Voor klassen", "Kleinste klas", "Aantal plekken"]
    day = [at("2099-03-01 10:00"), at("2099-03-01 12:00")]
    page = upload(editor, Activity, xlsx(head, ["", "leer-lassen", *day, at("2099-03-01 11:00"), "ja", 30, 20]))
    assert faults(page) == []
    said = page.content.decode()
    assert "“Aanmelden tot” is later dan het begin." in said and "er past geen klas" in said


def test_every_cell_says_what_to_do_also_where_the_number_is_wrong(editor, programme):
    head = [*HEAD, "Aantal plekken", "Prijs in euro"]
    day = (at("2099-03-01 10:00"), at("2099-03-01 12:00"))
    rows = [["twee", "bestaat-niet" * 9, "morgen", "16.00", -1, "gratis"], [7.5, "leer-lassen", *day, 10**10, day[0]]]
    told = faults(upload(editor, Activity, xlsx(head, *rows)))
    assert told == [
        (2, "Nummer", "Vul een heel getal in, zoals 12. Of laat deze cel leeg voor een nieuwe rij."),
        (2, "Programma", f"“{('bestaat-niet' * 9)[:60]}…” kun je hier niet kiezen. Kies uit: leer-lassen."),
        (2, "Begin", "Vul een dag met een tijd in, zoals 02-07-2026 14.00."),
        (2, "Aantal plekken", "Vul een getal in van 0 of meer."),
        (2, "Prijs in euro", "Vul een getal in, zoals 12 of 12,50."),
        (3, "Nummer", "Vul een heel getal in, zoals 12. Of laat deze cel leeg voor een nieuwe rij."),
        (3, "Aantal plekken", "Dit getal is te groot. Kijk of er een cijfer te veel staat."),
        (
            3,
            "Prijs in euro",
            "Excel maakte hier een datum of tijd van. Zet de cel op “Getal” en typ het getal opnieuw.",
        ),
    ]


def test_the_rules_of_meetings_are_those_of_the_form(editor, programme):
    rows = [
        ["", "leer-lassen", "02-03-2099 10.00", "02-03-2099 9.00", "", ""],
        ["", "leer-lassen", "03-03-2099 10.00", "05-03-2099 9.00", "", ""],
        ["", "leer-lassen", "02-03-2099 10.00", "12.00", "Zolder", ""],
        ["", "leer-lassen", "29-03-2026 02.30", "04.00", "", ""],
        ["", "leer-lassen", "25-10-2026 02.30", "04.00", "", ""],
        ["", "leer-lassen", "02-03-2099 10.00", "12.00", "", "ergens in mei"],
        ["", "leer-lassen", "02-03-2099 10.00", "12.00", "", "02-03-2099 10.00-11.00"],
        ["", "leer-lassen", "02-03-1999 10.00", "12.00", "", ""],
        ["", "leer-lassen", "", "", "", ""],
    ]
    page = upload(editor, Activity, csv([*HEAD, "Ruimte", "Meer bijeenkomsten"], *rows), "data.csv")
    found = [(row, column) for row, column, _sentence in faults(page)]
    assert found == [
        (2, "Einde"), (3, "Einde"), (4, "Ruimte"), (5, "Begin"), (6, "Begin"), (7, "Meer bijeenkomsten"),
        (8, "Meer bijeenkomsten"), (9, "Begin"), (10, "Begin"),
    ]  # fmt: skip
    said = " ".join(sentence for _row, _column, sentence in faults(page))
    for words in ("Het einde ligt vóór het begin", "hoogstens 24 uur", "geen ruimte van deze hub", "klok verzet"):
        assert words in said


def test_a_file_warns_as_the_form_of_a_date_does(editor, programme):
    hubs.RoomFactory(hub=programme.hub, name="Hal")
    there = hubs.ActivityFactory(programme__hub=programme.hub, programme__title="Frezen")
    there.meetings.update(room=programme.hub.rooms.get())
    moved = hubs.ActivityFactory(programme=programme, starts_at=datetime(2099, 4, 1, 9, 0, tzinfo=UTC))
    rows = [
        ["", "leer-lassen", "28-11-2099 11.00", "13.00", "Hal"],
        ["", "leer-lassen", "28-11-2020 10.00", "12.00", ""],
        ["", "leer-lassen", "29-11-2099 10.00", "12.00", "Hal"],
        [moved.pk, "leer-lassen", "29-11-2099 10.00", "12.00", ""],
    ]
    page = upload(editor, Activity, csv([*HEAD, "Ruimte"], *rows), "data.csv")
    assert faults(page) == []
    assert [row.note for row in page.context["plan"].rows] == [
        "Hal is dan bezet: Frezen, za 28 november, 10.00-12.30.", "Deze dag is al geweest.", "",
        "Dit programma heeft dan al een datum.",
    ]  # fmt: skip
    assert page.content.decode().count("exchange-note") == 3


def test_the_same_file_twice_is_refused(editor, programme):
    content = csv(HEAD, *(["", "leer-lassen", f"0{day}-03-2099 10.00", "12.00"] for day in (1, 2)))
    taken_in(editor, Activity, content, "data.csv")
    found = faults(upload(editor, Activity, content, "data.csv"))
    assert [(row, column) for row, column, _sentence in found] == [(2, "Begin"), (3, "Begin")]
    assert "Dit programma heeft dan al een datum" in found[0][2]


def test_a_place_that_is_too_long_is_a_fault_of_its_cell(editor, programme):
    long = "langs het kanaal " * 15
    rows = [
        ["", "leer-lassen", "02-03-2099 10.00", "12.00", long, ""],
        ["", "leer-lassen", "03-03-2099 10.00", "12.00", "", f"04-03-2099 10.00-12.00 op {long}"],
    ]
    page = upload(editor, Activity, csv([*HEAD, "Andere plek", "Meer bijeenkomsten"], *rows), "data.csv")
    sentence = "Deze plek is langer dan 200 tekens. Maak hem korter."
    assert faults(page) == [(2, "Andere plek", sentence), (3, "Meer bijeenkomsten", sentence)]


def test_a_date_stays_with_its_programme(editor, programme, own):
    other = hubs.ProgrammeFactory(hub=programme.hub, slug="ander")
    activity = hubs.ActivityFactory(programme=programme)
    page = upload(editor, Activity, xlsx(HEAD[:2], [activity.pk, other.slug]))
    assert faults(page) == [(2, "Programma", "Dit ligt vast. Zet terug: “leer-lassen”.")]


def test_what_takes_a_seat_is_fixed_once_somebody_has_one(editor, programme):
    activity = hubs.ActivityFactory(programme=programme)
    content = xlsx(["Nummer", "Plekken tellen"], [activity.pk, "hele klassen"])
    assert faults(upload(editor, Activity, content)) == []
    take(activity, 3)
    [(row, column, sentence)] = faults(upload(editor, Activity, content))
    assert (row, column) == (2, "Plekken tellen")
    assert "bezette plekken: 3, op de wachtlijst: 0" in sentence


def test_another_partners_date_and_programme_answer_like_none(editor, programme):
    foreign = hubs.ActivityFactory(
        pk=876543210, programme__slug="van-een-ander", programme__title="Van een ander"
    )  # a number that stands nowhere else in the answer
    answers = []
    for number, slug in ((foreign.pk, "van-een-ander"), (987654321, "bestaat-niet")):
        page = upload(editor, Activity, xlsx(HEAD[:2], [number, ""], ["", slug]))
        answers.append(str(faults(page)).replace(str(number), "#").replace(slug, "#"))
    assert answers[0] == answers[1]
    assert "staat niet bij wat jij beheert" in answers[0]
    before = Activity.objects.values().get()
    confirm(editor, page)
    assert Activity.objects.values().get() == before


def test_columns_of_the_office_and_the_database_are_no_columns(editor, programme):
    activity = hubs.ActivityFactory(programme=programme)
    page = upload(editor, Activity, xlsx(["Nummer", "taken", "uuid", "Partner"], [activity.pk, 3, "x", "y"]))
    assert [sentence for _row, _column, sentence in faults(page)] == [
        f"De kolom “{name}” kent de site niet. Haal hem weg." for name in ("taken", "uuid", "Partner")
    ]
    taken_in(editor, Activity, xlsx(["Nummer", "Bezet", "Bijzonderheid"], [activity.pk, 9, "nieuw"]))
    activity.refresh_from_db()
    assert (activity.taken, activity.note) == (0, "nieuw")


def test_what_changed_meanwhile_is_shown_again(editor, programme):
    activity = hubs.ActivityFactory(programme=programme, note="oud")
    page = upload(editor, Activity, xlsx(["Nummer", "Bijzonderheid"], [activity.pk, "nieuw"]))
    Activity.objects.update(note="van een collega")
    again = confirm(editor, page)
    assert "intussen veranderde er iets" in again.content.decode()
    assert "van een collega" in again.content.decode()
    assert Activity.objects.get().note == "van een collega"
    confirm(editor, again)
    assert Activity.objects.get().note == "nieuw"


def test_pressing_twice_imports_once(editor, programme):
    page = upload(editor, Activity, csv(HEAD, ["", "leer-lassen", "02-03-2099 10.00", "12.00"]), "data.csv")
    confirm(editor, page)
    assert "er niet meer" in confirm(editor, page).content.decode()
    assert Activity.objects.count() == 1


def test_an_upload_is_found_by_its_owner_alone(editor, client, programme, own):
    page = upload(editor, Activity, csv(HEAD, ["", "leer-lassen", "02-03-2099 10.00", "12.00"]), "data.csv")
    colleague = partners.UserFactory()
    partners.MembershipFactory(user=colleague, partner=own)
    client.force_login(colleague)
    assert "er niet meer" in client.get(page.request["PATH_INFO"], follow=True).content.decode()


def test_the_database_has_the_last_word(editor, programme, monkeypatch):
    """A race that no check could see: all or nothing."""
    page = upload(
        editor,
        Activity,
        csv(HEAD, *(["", "leer-lassen", f"0{day}-03-2099 10.00", "12.00"] for day in (1, 2))),
        "data.csv",
    )
    monkeypatch.setattr("hubs.domain.date_sheet._meeting", lambda activity, slot: Meeting(
        activity=activity, starts_at=slot.starts_at, ends_at=slot.starts_at
    ))  # fmt: skip
    monkeypatch.setattr("content.domain.exchange.checking.rules.broken", lambda model, rows: [[] for _ in rows])
    assert "Er is niets ingelezen" in confirm(editor, page).content.decode()
    assert not Activity.objects.exists()


def test_the_list_is_downloaded_as_it_is_filtered(editor, programme):
    hubs.ActivityFactory(programme=programme, note="blijft")
    hubs.ActivityFactory(programme=programme, note="valt weg")
    hubs.ActivityFactory(note="van een ander")
    head, *rows = cells(downloaded(editor, Activity, query={"q": "blijft", "p": "7"}))
    assert [row[head.index("Bijzonderheid")] for row in rows] == ["blijft"]
    answer = editor.get(exchanging.address(Activity, "export_xlsx"), {"programme__partner__name": "x"})
    assert answer.status_code == 302
    assert "no-store" in editor.get(exchanging.address(Activity, "export_csv"))["Cache-Control"]


def test_values_keep_their_type_in_excel(editor, programme):
    hubs.ActivityFactory(programme=programme, price="2.50")
    sheet = load_workbook(io.BytesIO(downloaded(editor, Activity))).worksheets[0]
    row = dict(zip((cell.value for cell in sheet[1]), sheet[2], strict=True))
    assert (row["Begin"].value, row["Begin"].number_format) == (at("2099-11-28 10:00"), "dd-mm-yyyy hh:mm")
    assert (row["Prijs in euro"].value, row["Aantal plekken"].value) == (2.5, 12)
    text = downloaded(editor, Activity, "csv").decode("utf-8-sig")
    assert '"28-11-2099 10.00";"28-11-2099 12.30"' in text
    assert '"2,50"' in text


def test_more_rows_need_no_more_queries(editor, programme):
    counts = []
    for number in (2, 40):
        rows = [["", "leer-lassen", f"{day % 28 + 1}-03-2099 {8 + day // 28}.00", "23.00"] for day in range(number)]
        page = upload(editor, Activity, csv(HEAD, *rows), "data.csv")
        with CaptureQueriesContext(connection) as queries:
            again = editor.get(page.request["PATH_INFO"])
        assert len(again.context["plan"].new) == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_template_explains_every_column(editor, programme):
    content = editor.get(exchanging.address(Activity, "template_xlsx")).content
    [head] = cells(content)
    explained = {row[0]: row[1] for row in cells(content, sheet=1)[1:] if row[0]}
    assert set(explained) == set(head) - {"Bezet", "Wachtend", "Reden van afgelasten"}
    assert all(explained.values())
    assert "leer-lassen" in {row[2] for row in cells(content, sheet=1)}
    assert editor.get(exchanging.address(Activity, "template_csv")).content.decode("utf-8-sig").startswith('"Nummer";')
