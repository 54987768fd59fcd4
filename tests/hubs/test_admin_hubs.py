"""The back office of hubs, programmes and dates: refusals are sentences, marks go when a value is confirmed."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from PIL import Image

from hubs.models import Activity, Hub, HubColour, Programme
from tests.factories.hubs import ActivityFactory, HubFactory, ProgrammeFactory, RoomFactory
from tests.factories.partners import OfficeUserFactory, PartnerPersonFactory, UserFactory
from tests.factories.signups import SignUpFactory
from tests.mkbdeal.test_admin_site import address, shown_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(OfficeUserFactory())
    return client


def change(office, row, **fields):
    """Open the form, fill in these fields, save."""
    page = address(type(row).__name__, "change", row.pk)
    return office.post(page, {**shown_values(office.get(page)), **fields})


def errors(response):
    assert response.status_code == 200
    return [str(error) for error in response.context["errors"]]


def take(activity, seats):
    """As the trigger on sign-ups will."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE hubs_activity SET taken = %s WHERE id = %s", [seats, activity.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_capacity_below_what_is_taken_is_refused_kindly(office):
    activity = ActivityFactory(capacity=12)
    take(activity, 8)
    [error] = errors(change(office, activity, capacity="7"))
    assert "Er zijn al 8 plekken bezet. Vul 8 of meer in, of meld eerst iemand af bij Deelnemers." in error
    assert change(office, activity, capacity="8").status_code == 302


def test_seats_taken_in_the_same_second_are_a_sentence_too(office, monkeypatch):
    activity = ActivityFactory(capacity=12)
    save = Activity.save_base

    def taken_meanwhile(self, *args, **kwargs):
        take(activity, 8)
        return save(self, *args, **kwargs)

    monkeypatch.setattr(Activity, "save_base", taken_meanwhile)
    [error] = errors(change(office, activity, capacity="7"))
    assert "Er zijn al meer plekken bezet dan dit aantal." in error


def test_another_refusal_of_the_database_asks_to_try_again(office, monkeypatch):
    def refuse(*args, **kwargs):
        raise IntegrityError

    hub = HubFactory()
    monkeypatch.setattr(Model, "save_base", refuse)
    [error] = errors(change(office, hub))
    assert "Intussen is er iets veranderd" in error


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"for_persons": ""}, "Kies personen, klassen of allebei."),
        ({"class_size_min": "20", "class_size_max": "10"}, "De grootste klas is kleiner dan de kleinste klas."),
        ({"price": "-1"}, "Een prijs is nul of meer."),
        (
            {"signup_opens_at": "2099-01-02T10:00", "signup_closes_at": "2099-01-01T10:00"},
            "Aanmelden sluit voordat het opengaat.",
        ),
        ({"meetings-0-ends_at": "2099-11-28T09:00"}, "Het einde ligt vóór het begin."),
        ({"meetings-0-starts_at": "morgen"}, "Vul een dag met een tijd in"),
        ({"capacity": "99999999999999999999"}, "hoogstens 2147483647"),
    ],
)
def test_what_does_not_fit_is_said_at_the_form(office, fields, sentence):
    assert sentence in "".join(errors(change(office, ActivityFactory(), **fields)))


def test_two_meetings_at_one_moment(office):
    activity = ActivityFactory(meetings=2)
    response = change(office, activity, **{"meetings-1-starts_at": "2099-11-28T10:00"})
    assert errors(response) != []


def test_a_room_of_another_hub(office):
    room = RoomFactory()
    assert errors(change(office, ActivityFactory(), **{"meetings-0-room": str(room.pk)})) != []


def test_a_new_date_without_programme_but_with_a_room(office):
    fields = {
        "counts": "heads", "for_persons": "on", "meetings-TOTAL_FORMS": "1", "meetings-INITIAL_FORMS": "0",
        "meetings-0-starts_at": "2099-11-28T10:00", "meetings-0-ends_at": "2099-11-28T11:00",
        "meetings-0-room": str(RoomFactory().pk),
    }  # fmt: skip
    assert errors(office.post(address("Activity", "add"), fields)) != []


def test_a_new_date_with_its_meeting(office):
    programme = ProgrammeFactory()
    fields = {
        "programme": str(programme.pk), "counts": "heads", "for_persons": "on", "capacity": "12",
        "meetings-TOTAL_FORMS": "1", "meetings-INITIAL_FORMS": "0",
        "meetings-0-starts_at": "2099-11-28T10:00", "meetings-0-ends_at": "2099-11-28T11:00",
    }  # fmt: skip
    assert office.post(address("Activity", "add"), fields).status_code == 302
    assert programme.activities.get().first_starts_at == datetime(2099, 11, 28, 9, tzinfo=UTC)


def test_a_hub_with_programmes_stays_and_says_why(office):
    hub = ProgrammeFactory(title="Lasersnijden").hub
    html = office.get(address("Hub", "delete", hub.pk)).content.decode()
    assert "kan niet weg" in html
    assert "Lasersnijden" in html
    assert office.post(address("Hub", "delete", hub.pk), {"post": "yes"}).status_code == 200
    assert Hub.objects.filter(pk=hub.pk).exists()


# --- Values to confirm -----------------------------------------------------------------------------------------------


def test_marks_are_shown_and_go_when_a_value_changes(office):
    hub = HubFactory(to_confirm=["street", "opening"], street="Straat 1", opening="ma-vr")
    html = office.get(address("Hub", "change", hub.pk)).content.decode()
    assert html.count("Nog te bevestigen door de partner.") == 2
    assert change(office, hub, street="Straat 2").status_code == 302
    hub.refresh_from_db()
    assert hub.to_confirm == ["opening"]


def test_unticking_a_mark_confirms_without_a_change(office):
    hub = HubFactory(to_confirm=["street", "opening"])
    change(office, hub, to_confirm=["street"])
    hub.refresh_from_db()
    assert hub.to_confirm == ["street"]


def test_the_list_finds_and_confirms(office):
    marked, _ = HubFactory(to_confirm=["street"]), HubFactory()
    page = office.get(address("Hub", "changelist"), {"te_bevestigen": "ja"})
    assert [row.pk for row in page.context["cl"].result_list] == [marked.pk]
    assert "Straat en huisnummer" in page.content.decode()
    office.post(address("Hub", "changelist"), {"action": "confirm", "_selected_action": [marked.pk]})
    marked.refresh_from_db()
    assert marked.to_confirm == []


def test_confirming_from_the_list_is_a_save_for_whoever_has_the_form_open(office):
    marked, other = HubFactory(to_confirm=["street"]), HubFactory()
    page = address("Hub", "change", marked.pk)
    opened = shown_values(office.get(page))
    fields = {"action": "confirm", "_selected_action": [marked.pk, other.pk]}
    office.post(address("Hub", "changelist"), fields)
    assert [Hub.objects.get(pk=hub.pk).version for hub in (marked, other)] == [2, 1]
    assert "Iemand anders heeft dit intussen gewijzigd" in "".join(errors(office.post(page, opened)))


def test_confirming_what_has_no_version(office):
    person = PartnerPersonFactory(to_confirm=["role"])
    fields = {"action": "confirm", "_selected_action": [person.pk]}
    assert office.post(address("PartnerPerson", "changelist"), fields).status_code == 302
    person.refresh_from_db()
    assert person.to_confirm == []


# --- A hub's sign ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("letter", ["w", "7", "!", "ß"])
def test_a_letter_is_a_capital(office, letter):
    hub = HubFactory(letter="W")
    assert "Vul één hoofdletter in, zoals W." in "".join(errors(change(office, hub, letter=letter)))
    with pytest.raises(IntegrityError, match="hubs_hub_letter_is_capital"), transaction.atomic():
        Hub.objects.filter(pk=hub.pk).update(letter=letter)


def test_a_letter_is_free(office):
    HubFactory(letter="W")
    said = "".join(errors(change(office, HubFactory(), letter="W")))
    assert "Een andere hub heeft deze letter al." in said


def test_a_colour_is_free_for_as_long_as_there_are_enough(office):
    first, *others = [HubFactory(colour=colour) for colour in HubColour.values[:-1]]
    said = "".join(errors(change(office, others[0], colour=first.colour)))
    assert f"{first} heeft deze kleur al. Nog vrij: blauw, magenta." in said
    HubFactory(colour=HubColour.values[-1])
    seventh = HubFactory(colour=others[0].colour)
    assert change(office, seventh, colour=first.colour).status_code == 302
    assert change(office, seventh, name="Anders").status_code == 302


# --- Photos and examples ---------------------------------------------------------------------------------------------


def jpeg(width=640, height=480):
    buffer = BytesIO()
    Image.new("RGB", (width, height), "#0b4dc2").save(buffer, "JPEG")
    return SimpleUploadedFile("../vakantie met namen.png", buffer.getvalue(), "image/png")


def test_a_photo_needs_its_description(office, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    programme = ProgrammeFactory()
    assert "Beschrijf wat er op de foto te zien is." in "".join(errors(change(office, programme, photo=jpeg())))
    assert list(tmp_path.rglob("*.jpg")) == []
    response = change(office, programme, photo=jpeg(), photo_alt="Een blauw vlak")
    assert response.status_code == 302
    programme.refresh_from_db()
    assert (programme.photo_width, programme.photo_height) == (640, 480)
    assert programme.photo.name.startswith("photos/programme/")
    assert "vakantie" not in programme.photo.name


def test_a_photo_that_does_not_come_back_is_asked_again_and_its_description_never_stays_alone(
    office, settings, tmp_path
):
    settings.MEDIA_ROOT = str(tmp_path)
    programme = ProgrammeFactory()
    answer = change(office, programme, photo=jpeg(), photo_alt="Een blauw vlak", title="")
    assert answer.content.decode().count("Kies je foto opnieuw") == 2, "on top and at the field"
    alone = change(office, programme, photo_alt="Een blauw vlak")
    assert "Kies de foto bij deze beschrijving" in "".join(errors(alone))
    assert change(office, programme, photo=jpeg(), photo_alt="Een blauw vlak").status_code == 302
    assert change(office, programme, **{"photo-clear": "on"}).status_code == 302
    programme.refresh_from_db()
    assert (programme.photo.name, programme.photo_alt) == ("", "")


@pytest.mark.parametrize("size", [(639, 480), (640, 359), (20, 20)])
def test_a_photo_that_is_too_small_is_refused_with_sizes(office, settings, tmp_path, size):
    settings.MEDIA_ROOT = str(tmp_path)
    said = "".join(errors(change(office, ProgrammeFactory(), photo=jpeg(*size), photo_alt="x")))
    assert f"Deze foto is {size[0]} bij {size[1]} pixels." in said
    assert "minstens 640 pixels breed en 360 pixels hoog" in said
    assert list(tmp_path.rglob("*.jpg")) == []


def test_a_photo_that_is_just_large_enough(office, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    assert change(office, ProgrammeFactory(), photo=jpeg(640, 360), photo_alt="x").status_code == 302


def test_a_file_that_lies_is_refused_in_the_form(office, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    lie = SimpleUploadedFile("foto.jpg", b"<svg><script>alert(1)</script></svg>", "image/jpeg")
    response = change(office, ProgrammeFactory(), photo=lie, photo_alt="x")
    assert "Dit bestand is geen foto" in "".join(errors(response))


def test_saving_a_photo_works_without_broker(
    office, settings, tmp_path, monkeypatch, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = str(tmp_path)

    def away(*args):
        raise ConnectionError

    monkeypatch.setattr("content.admin.illustrated.render_photo.delay", away)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        assert change(office, ProgrammeFactory(), photo=jpeg(), photo_alt="x").status_code == 302
    assert len(callbacks) == 1


def test_removing_the_examples_asks_first(office):
    example, real = ActivityFactory(is_example=True), ActivityFactory()
    page = office.get(address("Activity", "examples"))
    assert "datums van activiteiten: 1" in page.content.decode()
    assert Activity.objects.count() == 2
    office.post(address("Activity", "examples"))
    assert not Activity.objects.filter(pk=example.pk).exists()
    assert Activity.objects.filter(pk=real.pk).exists()
    assert Programme.objects.count() == 2


def test_examples_that_stay_are_told(office):
    SignUpFactory(activity=ActivityFactory(is_example=True))
    answer = office.post(address("Activity", "examples"), follow=True)
    assert "1 voorbeelddatum blijft staan" in answer.content.decode()


@pytest.mark.parametrize("name", ["Activity", "Programme"])
def test_the_lists_lead_to_the_removal_while_there_are_examples(office, name):
    link = f'href="{address(name, "examples")}"'
    assert link not in office.get(address(name, "changelist")).content.decode()
    ActivityFactory(is_example=True)
    assert link in office.get(address(name, "changelist")).content.decode()


def test_only_the_office_removes_examples(client):
    client.force_login(UserFactory())
    ActivityFactory(is_example=True)
    assert client.post(address("Activity", "examples")).status_code == 302
    assert Activity.objects.count() == 1


def test_the_list_of_dates_marks_and_finds_examples(office):
    example, _ = ActivityFactory(is_example=True), ActivityFactory()
    assert office.get(address("Activity", "changelist")).content.decode().count(">voorbeeld</td>") == 1
    page = office.get(address("Activity", "changelist"), {"is_example__exact": "1"})
    assert [row.pk for row in page.context["cl"].result_list] == [example.pk]
