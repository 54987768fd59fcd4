"""The door: the list and the page of a QR code, by plain posts. What the script adds is in test_door_browser.py."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from content import clock
from signups.domain import attendance, locks
from signups.models import Attendance, State
from tests.factories.hubs import ActivityFactory, ProgrammePartnerFactory
from tests.factories.partners import MembershipFactory, OfficeUserFactory
from tests.factories.signups import AttendanceFactory, SignUpFactory

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def activity():
    return ActivityFactory(starts_at=clock.now() + HOUR, capacity=60, for_classes=True)


@pytest.fixture
def office(client):
    client.force_login(OfficeUserFactory())
    return client


def door(entry):
    return f"/beheer/deur/{entry.uuid}/"


def door_list(activity):
    return f"/beheer/signups/deur/{activity.meetings.first().pk}/"


def shown(client, address, **data):
    response = client.get(address, data)
    assert response.status_code == 200
    return response.content.decode()


def tap(client, entry, **fields):
    given = {"meeting": entry.activity.meetings.first().pk, "from_list": "1", **fields}
    response = client.post(door(entry), given)
    assert response.status_code == 302
    return response["Location"], client.get(response["Location"].partition("#")[0]).content.decode()


def counted(page):
    return tuple(map(int, re.search(r"Aanwezig: <b>(\d+)</b> van (\d+)", page).groups()))


def test_the_list_has_who_is_certain_by_name(office, activity):
    for name in ("Zoë", "Anne"):
        SignUpFactory(activity=activity, name=name)
    SignUpFactory(activity=activity, name="Mohamed", state=State.WAITING)
    SignUpFactory(activity=activity, name="Kimberley", state=State.REQUESTED)
    page = shown(office, door_list(activity))
    assert page.index("Anne") < page.index("Zoë")
    assert "Mohamed" not in re.findall(r"<b>([^<]+)</b>", page)
    assert "Kimberley" not in page
    assert counted(page) == (0, 2)


def test_a_tap_is_noted_and_leads_back_to_its_row(office, activity):
    entry = SignUpFactory(activity=activity)
    location, page = tap(office, entry, number="1")
    assert location == f"{door_list(activity)}#a-{entry.uuid}"
    assert "Genoteerd." in page
    assert counted(page) == (1, 1)
    assert Attendance.objects.get().noted_by.is_programme_office


def test_undo(office, activity):
    entry = SignUpFactory(activity=activity)
    tap(office, entry, number="1")
    _location, page = tap(office, entry, undo="1")
    assert "Weggehaald." in page
    assert counted(page) == (0, 1)


def test_a_class_at_once(office, activity):
    entry = SignUpFactory(activity=activity, class_of=26)
    assert 'value="26"' in shown(office, door_list(activity))
    _location, page = tap(office, entry, number="24")
    assert "Aanwezig: 24 van 26" in page
    assert counted(page) == (24, 26)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("27", "Vul een getal in van 0 tot en met 26."),
        ("-1", "Vul een getal in van 0 tot en met 999."),
        ("veel", "Vul een getal in, bijvoorbeeld 24."),
        ("", "Vul in hoeveel leerlingen er zijn."),
        ("1" * 400, "Vul een getal in"),
    ],
)
def test_a_wrong_number_is_told(office, activity, number, said):
    entry = SignUpFactory(activity=activity, class_of=26)
    _location, page = tap(office, entry, number=number)
    assert said in page
    assert not Attendance.objects.exists()


def test_a_code_leads_to_one_sign_up(office, activity):
    entry = SignUpFactory(activity=activity, name="Zoë")
    assert "Zoë" in shown(office, door(entry))
    location, page = tap(office, entry, number="1", from_list="")
    assert location == f"{door(entry)}?bijeenkomst={activity.meetings.first().pk}"
    assert "Is er</p>" in page


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.REQUESTED, "niet bevestigd"),
        (State.WAITING, "op de wachtlijst"),
        (State.OFFERED, "nog niet aangenomen"),
        (State.CANCELLED, "is voorbij"),
    ],
)
def test_a_code_without_a_certain_seat_says_so(office, activity, state, said):
    entry = SignUpFactory(activity=activity, state=state)
    page = shown(office, door(entry))
    assert said in page
    assert "data-door-row" not in page
    assert "geen zekere plek" in tap(office, entry, number="1")[1]
    assert not Attendance.objects.exists()


def test_of_several_meetings_the_one_of_now(office):
    activity = ActivityFactory(starts_at=clock.now() - 7 * DAY, meetings=3)
    entry, (first, second, _third) = SignUpFactory(activity=activity), activity.meetings.all()
    page = shown(office, door(entry))
    assert f'value="{second.pk}"' in page
    assert f"?bijeenkomst={first.pk}" in page
    assert f'value="{first.pk}"' in shown(office, door(entry), bijeenkomst=first.pk)


def test_too_early_says_from_when_and_has_no_buttons(office):
    activity = ActivityFactory(starts_at=clock.now() + 3 * DAY)
    entry = SignUpFactory(activity=activity)
    for address in (door(entry), door_list(activity)):
        page = shown(office, address)
        assert re.findall(r'<p class="(.+)">Noteren wie er is, kan vanaf', page) == ["notice"], "once, and as no error"
        assert "data-door>" not in page
    assert "kan vanaf" in tap(office, entry, number="1")[1]


def test_nobody_is_certain_yet(office, activity):
    assert "geen aanmeldingen met een zekere plek" in shown(office, door_list(activity))


def test_without_a_date_there_is_no_door(office):
    entry = SignUpFactory(activity=ActivityFactory(meetings=0))
    assert office.get(door(entry)).status_code == 404


def test_anothers_code_and_one_that_is_none_say_the_same_to_staff(client, activity):
    """At the door the public page of what is not there reads as a broken code."""
    member = MembershipFactory()
    ProgrammePartnerFactory(programme=activity.programme, partner=member.partner)
    client.force_login(member.user)
    client.get("/beheer/")  # the session is there, so that both pages carry the same
    foreign = SignUpFactory(activity=ActivityFactory(starts_at=clock.now() + HOUR), name="Elders")
    asked = [client.get(door(foreign)), client.get(f"/beheer/deur/{uuid4()}/"), client.post(door(foreign))]
    assert [answer.status_code for answer in asked] == [404, 404, 404]
    pages = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()) for answer in asked]
    assert pages[0].count(str(foreign.uuid)) == 0
    assert len({re.sub(r'nonce-?="?[^" ]+', "", page) for page in pages}) == 1
    assert "Deze code is niet van een datum van jou, of geldt niet meer." in pages[0]
    assert 'class="button" href="/beheer/signups/signup/"' in pages[0]
    assert "Hier stopt de lijn" not in pages[0]


@pytest.mark.parametrize(
    "query", ["bijeenkomst=x", "bijeenkomst=", "bijeenkomst=" + "9" * 5000, "pagina=x", "bijeenkomst=%00"]
)
def test_strange_addresses(office, activity, query):
    assert office.get(f"{door(SignUpFactory(activity=activity))}?{query}").status_code in {200, 400}


def test_no_more_queries_for_more_rows(office, activity, django_assert_max_num_queries):
    AttendanceFactory(sign_up=SignUpFactory(activity=activity))
    with django_assert_max_num_queries(14) as few:
        shown(office, door_list(activity))
    for _number in range(20):
        AttendanceFactory(sign_up=SignUpFactory(activity=activity))
    with django_assert_max_num_queries(len(few)):
        shown(office, door_list(activity))


def test_a_busy_database_is_told(office, activity, monkeypatch):
    """A lock that is not had in time is not a lost tap."""

    def busy(_key):
        with attendance.transaction.atomic(), attendance.transaction.get_connection().cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 20")
            cursor.execute("SELECT pg_sleep(1)")

    entry = SignUpFactory(activity=activity)
    monkeypatch.setattr(locks, "sign_up", busy)
    assert "Niet genoteerd" in tap(office, entry, number="1")[1]
