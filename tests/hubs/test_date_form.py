"""The form of a date: what is probably a mistake is asked once, and the list leads to the pages for many dates."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content import clock
from content.models import PublicationState
from hubs.models import Activity
from signups.models import SignUp
from tests.factories.hubs import ActivityFactory, HubFactory, MeetingFactory, ProgrammeFactory, RoomFactory
from tests.factories.partners import OfficeUserFactory
from tests.factories.signups import SignUpFactory
from tests.mkbdeal.test_admin_site import address, shown_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(OfficeUserFactory())
    return client


def page_of(activity):
    return address("Activity", "change", activity.pk)


def change(office, activity, **fields):
    page = page_of(activity)
    return office.post(page, {**shown_values(office.get(page)), **fields})


def asked(response):
    """The warnings, and the value of the tick that overrules them."""
    assert response.status_code == 200
    text = response.content.decode()
    return text, re.search(r'name="sure" id="zeker" value="(\w+)"', text)[1]


def new_date(programme, day, **fields):
    return {
        "programme": str(programme.pk), "counts": "heads", "for_persons": "on", "meetings-TOTAL_FORMS": "1",
        "meetings-INITIAL_FORMS": "0", "meetings-0-starts_at": f"{day}T10:00", "meetings-0-ends_at": f"{day}T12:00",
        **fields,
    }  # fmt: skip


class TestTheTick:
    def test_a_room_that_is_taken(self, office):
        activity, other = ActivityFactory(), ActivityFactory(programme__title="Robots", meetings=0)
        other.programme.hub = activity.programme.hub
        other.programme.save()
        room = RoomFactory(hub=activity.programme.hub, name="Lokaal 3")
        MeetingFactory(activity=other, room=room, starts_at=activity.first_starts_at + timedelta(hours=1))
        fields = {"meetings-0-room": str(room.pk)}
        text, tick = asked(change(office, activity, **fields))
        assert "Lokaal 3 is dan bezet: Robots, za 28 november, 11.00-13.30." in text
        assert change(office, activity, **fields, sure="iets anders").status_code == 200
        assert change(office, activity, **fields, sure=tick).status_code == 302
        assert change(office, activity, note="Niets over de tijd").status_code == 302

    def test_beside_each_other_is_no_clash_and_a_cancelled_date_has_no_room(self, office):
        room = RoomFactory()
        programme = ProgrammeFactory(hub=room.hub)
        before, after, gone = (ActivityFactory(programme=programme, meetings=0) for _ in range(3))
        MeetingFactory(activity=before, room=room)
        MeetingFactory(activity=after, room=room, starts_at=before.meetings.get().ends_at + timedelta(hours=2))
        MeetingFactory(activity=gone, room=room, starts_at=before.meetings.get().ends_at)
        Activity.objects.filter(pk=gone.pk).update(cancelled_at=clock.now(), cancel_reason="Ziek")
        fields = {"meetings-0-starts_at": "2099-11-28T12:30", "meetings-0-ends_at": "2099-11-28T14:30"}
        fields |= {"meetings-0-room": str(room.pk)}
        assert office.post(address("Activity", "add"), {**new_date(programme, "2099-11-28"), **fields})

    def test_a_new_date_in_the_past(self, office):
        programme = ProgrammeFactory()
        fields = new_date(programme, "2020-11-28")
        text, tick = asked(office.post(address("Activity", "add"), fields))
        assert "Het begin is al geweest." in text
        both = office.post(address("Activity", "add"), {**fields, "capacity": "-1"}).content.decode()
        assert "Verbeter eerst deze fout:" in both, "a warning is not counted along"
        assert "En klopt dit?" in both
        assert "<title>Fout: " in both
        assert office.post(address("Activity", "add"), {**fields, "sure": tick}).status_code == 302

    def test_a_date_that_is_there_already(self, office):
        programme = ProgrammeFactory()
        fields = new_date(programme, "2099-11-28")
        assert office.post(address("Activity", "add"), fields).status_code == 302
        text, tick = asked(office.post(address("Activity", "add"), fields))
        assert "Dit programma heeft dan al een datum." in text
        assert office.post(address("Activity", "add"), {**fields, "sure": tick}).status_code == 302
        assert programme.activities.count() == 2

    def test_who_signed_up_will_be_mailed(self, office):
        activity = ActivityFactory()
        SignUpFactory(activity=activity)
        fields = {"meetings-0-starts_at": "2099-11-28T09:30"}
        text, tick = asked(change(office, activity, **fields))
        assert "Wie zich aanmeldde, krijgt een mail dat tijd of plek veranderd is." in text
        assert "Nog niet opgeslagen. Klopt dit?" in text
        assert "Verbeter eerst" not in text, "nothing is wrong"
        assert "<title>Klopt dit? " in text
        assert "Fout:" not in text
        assert change(office, activity, **fields, sure=tick).status_code == 302

    @pytest.mark.parametrize(("days", "is_told"), [(-4, False), (4, True)])
    def test_of_a_day_that_is_over_nobody_is_mailed(self, office, days, is_told):
        activity = ActivityFactory(starts_at=clock.now() - timedelta(days=2))
        SignUpFactory(activity=activity)
        begins = clock.now() + timedelta(days=days)
        fields = {
            "meetings-0-starts_at": f"{begins:%Y-%m-%d}T10:00", "meetings-0-ends_at": f"{begins:%Y-%m-%d}T12:00",
        }  # fmt: skip
        answer = change(office, activity, **fields).content.decode()
        assert ("krijgt een mail dat tijd of plek veranderd is" in answer) == is_told

    @pytest.mark.parametrize(("place", "said"), [(0, None), (1, "Hierna komt er geen bijeenkomst meer.")])
    def test_taking_the_last_one_to_come_out_of_a_course_is_asked(self, office, place, said):
        """Everybody is mailed, though what is left has been; what has been is tidied without a question."""
        activity = ActivityFactory(starts_at=clock.now() - timedelta(days=3), meetings=2)
        SignUpFactory(activity=activity)
        fields = {f"meetings-{place}-DELETE": "on"}
        answer = change(office, activity, **fields)
        if said:
            text, tick = asked(answer)
            assert said in text
            assert "krijgt een mail dat het niet doorgaat" in text
            answer = change(office, activity, **fields, sure=tick)
        assert answer.status_code == 302
        assert activity.meetings.count() == 1

    def test_the_last_meeting_stays_while_people_signed_up(self, office):
        """The sweep has nothing to tell of a date without a day."""
        activity = ActivityFactory()
        entry = SignUpFactory(activity=activity)
        answer = change(office, activity, **{"meetings-0-DELETE": "on"}).content.decode()
        assert "gelast de datum af: dan krijgt iedereen een mail." in answer
        assert 'name="sure"' not in answer, "no tick overrules it"
        assert activity.meetings.count() == 1
        entry.delete()
        assert change(office, activity, **{"meetings-0-DELETE": "on"}).status_code == 302
        assert not activity.meetings.exists()

    @pytest.mark.parametrize(("days", "is_refused"), [(29, False), (31, True)])
    def test_no_new_day_for_a_date_whose_people_are_forgotten(self, office, days, is_refused):
        activity = ActivityFactory(starts_at=clock.now() - timedelta(days=days))
        SignUpFactory(activity=activity)
        fields = {"meetings-0-starts_at": "2099-11-28T09:30", "meetings-0-ends_at": "2099-11-28T12:00"}
        answer = change(office, activity, **fields)
        assert ("Maak een nieuwe datum." in answer.content.decode()) == is_refused
        assert ('name="sure"' in answer.content.decode()) != is_refused, "no tick overrules it"

    def test_the_hour_that_is_missing_is_an_error_of_the_field(self, office):
        fields = new_date(ProgrammeFactory(), "2027-03-28", **{"meetings-0-starts_at": "2027-03-28T02:30"})
        answer = office.post(address("Activity", "add"), fields)
        assert "gaat de klok een uur vooruit: 02.30 uur bestaat dan niet" in answer.content.decode()

    @pytest.mark.parametrize("hour", [0, 1])
    def test_the_hour_that_comes_twice_stays_as_it_is_and_is_not_typed(self, office, hour):
        """A file can bring in either of the two."""
        begins = datetime(2099, 10, 25, hour, 30, tzinfo=UTC)
        activity = ActivityFactory(starts_at=begins, signup_closes_at=begins)
        assert change(office, activity, note="Nachtwerk").status_code == 302
        activity.refresh_from_db()
        assert (activity.first_starts_at, activity.signup_closes_at, activity.revision) == (begins, begins, 0)
        answer = change(office, activity, **{"meetings-0-starts_at": "2099-10-25T02:15"}).content.decode()
        assert "02.15 uur komt dan twee keer. Kies een andere tijd." in answer


def test_what_takes_a_seat_is_fixed_once_somebody_has_one(office):
    activity = ActivityFactory(counts="classes", capacity=100, for_classes=True)
    SignUpFactory(activity=activity, class_of=30, seats=1)
    answer = change(office, activity, counts="heads", note="Neem werkkleding mee")
    assert "bezette plekken: 1, op de wachtlijst: 0" in answer.content.decode()
    assert "Neem werkkleding mee" in answer.content.decode()
    assert change(office, activity, note="Neem werkkleding mee").status_code == 302
    SignUp.objects.all().delete()
    assert change(office, activity, counts="heads").status_code == 302


class TestCancelled:
    def test_only_what_was_cancelled_shows_its_reason_which_stays(self, office):
        activity = ActivityFactory()
        assert 'name="cancel_reason"' not in office.get(address("Activity", "change", activity.pk)).content.decode()
        change(office, activity, cancel_reason="De machine is stuk.")
        activity.refresh_from_db()
        assert activity.cancelled_at is None
        Activity.objects.update(cancelled_at=clock.now(), cancel_reason="De machine is stuk.")
        assert "Laat de reden staan" in change(office, activity, cancel_reason="").content.decode()
        assert change(office, activity, cancel_reason="De docent is ziek.").status_code == 302
        activity.refresh_from_db()
        assert (activity.cancel_reason, activity.cancelled_at is None) == ("De docent is ziek.", False)


@pytest.mark.parametrize(("action", "page"), [("cancel_dates", "afgelasten"), ("move_dates", "verplaatsen")])
def test_ticked_rows_lead_to_one_page(office, action, page):
    first, second = ActivityFactory(), ActivityFactory()
    fields = {"action": action, "_selected_action": [second.pk, first.pk]}
    answer = office.post(address("Activity", "changelist"), fields)
    assert answer["Location"] == f"/beheer/signups/datums/{first.pk},{second.pk}/{page}/"


def test_the_list_opens_at_what_is_coming(office):
    """The nearest on top, what has no day below it, and then the past, the latest on top."""
    now = clock.now()
    days = {"gisteren": -1, "morgen": 1, "vorige maand": -30, "volgende maand": 30}
    for note, number in days.items():
        ActivityFactory(note=note, starts_at=now + timedelta(days=number))
    ActivityFactory(note="ooit", meetings=0)
    ActivityFactory(note="nu bezig", starts_at=now - timedelta(minutes=20))

    def notes(**query):
        found = office.get(address("Activity", "changelist"), query).context["cl"].result_list
        return [activity.note for activity in found]

    assert notes() == ["nu bezig", "morgen", "volgende maand", "ooit", "gisteren", "vorige maand"]
    assert notes(wanneer="geweest") == ["gisteren", "vorige maand"]
    assert notes(o="2")[0] == "vorige maand"


def test_of_a_long_list_only_the_keys_are_sorted(office):
    """No index has its order: with whole rows a hundred thousand dates took a second."""
    Activity.objects.bulk_create(Activity(programme=programme) for programme in [ProgrammeFactory()] * 60)
    with CaptureQueriesContext(connection) as queries:
        listed = office.get(address("Activity", "changelist"), {"p": "2"}).context["cl"].result_list
    assert [date.pk for date in listed] == list(Activity.objects.order_by("pk").values_list("pk", flat=True)[50:])
    cut = [query["sql"] for query in queries if "OFFSET" in query["sql"]]
    assert [sql for sql in cut if '"note"' in sql] == []
    assert cut


class TestThePrice:
    @pytest.mark.parametrize("typed", ["12,50", "12.50", " 12,5 "])
    def test_with_a_comma_or_a_point(self, office, typed):
        activity = ActivityFactory(price=None)
        assert change(office, activity, price=typed).status_code == 302
        activity.refresh_from_db()
        assert activity.price == Decimal("12.50")
        field = re.search(r'<input[^>]*name="price"[^>]*>', office.get(page_of(activity)).content.decode())[0]
        assert 'value="12,50"' in field
        assert 'inputmode="decimal"' in field
        assert 'type="text"' in field, "a number field drops the comma in an English browser"

    @pytest.mark.parametrize(
        ("typed", "said"),
        [("1.250,00", "zoals 12 of 12,50"), ("1.250", "2 cijfers achter de komma"), ("tien", "zoals 12 of 12,50")],
    )
    def test_what_is_no_price_is_refused_and_kept(self, office, typed, said):
        activity = ActivityFactory(price=7)
        text = change(office, activity, price=typed).content.decode()
        assert said in text
        assert f'value="{typed}"' in text
        assert Activity.objects.get(pk=activity.pk).price == 7


def test_where_a_hub_lies_takes_a_comma_too(office):
    hub = HubFactory(state=PublicationState.DRAFT)
    page = address("Hub", "change", hub.pk)
    fields = {"latitude": "52,08667", "longitude": "4.88333"}
    assert office.post(page, {**shown_values(office.get(page)), **fields}).status_code == 302
    hub.refresh_from_db()
    assert (hub.latitude, hub.longitude) == (Decimal("52.08667"), Decimal("4.88333"))
    assert 'value="52,08667"' in office.get(page).content.decode()


@pytest.mark.parametrize("typed", ["sNaN", "NaN", "-Infinity", "1e400"])
def test_what_is_no_number_is_refused_and_kept(office, typed):
    hub = HubFactory(state=PublicationState.DRAFT, latitude="52.1", longitude="4.9")
    page = address("Hub", "change", hub.pk)
    answer = office.post(page, {**shown_values(office.get(page)), "latitude": typed})
    assert answer.status_code == 200
    assert f'value="{typed}"' in answer.content.decode()


class TestWhatHasNoEffect:
    def test_signing_up_until_after_the_begin_is_asked(self, office):
        fields = new_date(ProgrammeFactory(), "2099-11-28", signup_closes_at="2099-11-28T10:30")
        text, tick = asked(office.post(address("Activity", "add"), fields))
        assert "“Aanmelden tot” is later dan het begin." in text
        assert office.post(address("Activity", "add"), {**fields, "sure": tick}).status_code == 302

    def test_until_the_begin_is_not(self, office):
        fields = new_date(ProgrammeFactory(), "2099-11-28", signup_closes_at="2099-11-28T10:00")
        assert office.post(address("Activity", "add"), fields).status_code == 302

    def test_no_class_fits_is_asked_also_when_no_meeting_changes(self, office):
        activity = ActivityFactory(for_classes=True, capacity=20, class_size_min=15)
        text, tick = asked(change(office, activity, class_size_min="30"))
        assert "De kleinste klas is 30 en er zijn 20 plekken: er past geen klas." in text
        assert change(office, activity, class_size_min="30", sure=tick).status_code == 302

    def test_what_stood_already_is_not_asked_again(self, office):
        activity = ActivityFactory(for_classes=True, capacity=20, class_size_min=30)
        assert change(office, activity, note="met proefles").status_code == 302

    @pytest.mark.parametrize(
        "fields", [{"counts": "classes"}, {"capacity": "0"}, {"capacity": ""}, {"for_classes": ""}]
    )
    def test_where_a_class_can_come_or_is_not_meant_to_nothing_is_asked(self, office, fields):
        activity = ActivityFactory(for_classes=True, capacity=20)
        values = {**shown_values(office.get(page_of(activity))), "class_size_min": "30", **fields}
        if not fields.get("for_classes", "on"):
            values.pop("for_classes")
        assert office.post(page_of(activity), values).status_code == 302
