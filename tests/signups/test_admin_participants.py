"""The participants of a date in the back office: who is shown how, what staff do, and that it is closed to others."""

import re
from datetime import timedelta

import pytest

from content import clock, dates
from hubs.models import Activity
from signups.admin.participant_rows import moment
from signups.domain import seats
from signups.models import Attendance, Ending, MailKind, OutboxMessage, SignUp, State
from tests.factories.hubs import ActivityFactory, EducationLevelFactory, ProgrammePartnerFactory
from tests.factories.partners import MembershipFactory, OfficeUserFactory, SchoolFactory, UserFactory
from tests.factories.signups import SignUpFactory
from tests.mkbdeal.isolation import MARK, rival, snapshot
from tests.signups.applying import a_class, join, person

pytestmark = pytest.mark.django_db
DATES = "/beheer/signups/signup/"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def activity(now):
    return ActivityFactory(starts_at=now + HOUR, capacity=60, for_classes=True, programme__title="Lassen")


@pytest.fixture
def staff(activity):
    member = MembershipFactory()
    ProgrammePartnerFactory(programme=activity.programme, partner=member.partner)
    return member.user


@pytest.fixture
def at_work(client, staff):
    client.force_login(staff)
    return client


def path(activity):
    return f"/beheer/signups/deelnemers/{activity.pk}/"


def shown(client, address, **data):
    response = client.get(address, data)
    assert response.status_code == 200, address
    return response.content.decode()


def section(page, heading):
    """What stands below a heading, without tags."""
    found = re.search(rf"<h2>{heading} \((\d+)\)</h2>(.*?)</section>", page, re.DOTALL)
    return (int(found[1]), re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", found[2]))) if found else None


class TestTheList:
    def test_who_comes_stands_by_name_with_what_staff_need(self, at_work, activity):
        level, school = EducationLevelFactory(name="havo"), SchoolFactory(name="Het Anker")
        SignUpFactory(activity=activity, name="Zoë", email="zoe@voorbeeld.example", education_level=level)
        SignUpFactory(
            activity=activity,
            name="2B",
            class_of=24,
            contact_name="Docent Bos",
            email="bos@school.example",
            phone="0348 123456",
            school=school,
            remarks="We komen met de bus.",
        )
        number, text = section(shown(at_work, path(activity)), "Komen")
        assert number == 2
        assert text.index("2B") < text.index("Zoë")
        for part in ("24 leerlingen en 2 begeleiders", "Het Anker", "Docent Bos", "bos@school.example", "0348 123456"):
            assert part in text
        for part in ("We komen met de bus.", "1 persoon", "havo", "zoe@voorbeeld.example"):
            assert part in text

    def test_of_a_guardian_the_name_alone(self, at_work, activity):
        SignUpFactory(activity=activity, under_16=True, contact_name="Ouder Vos", email="vos@voorbeeld.example")
        _number, text = section(shown(at_work, path(activity)), "Komen")
        assert "Ouder Vos" in text
        assert "vos@voorbeeld.example" not in text

    @pytest.mark.parametrize("state", [State.REQUESTED, State.WAITING, State.EXPIRED])
    @pytest.mark.parametrize("under_16", [True, False])
    def test_who_is_not_proven_has_no_name_on_any_page(self, at_work, activity, state, under_16):
        level = EducationLevelFactory(name="vmbo-tl")
        hidden = {
            "name": f"{MARK} kind",
            "contact_name": f"{MARK} ouder" if under_16 else "",
            "email": f"{MARK}@voorbeeld.example".lower(),
            "school_other": f"{MARK} school",
            "remarks": f"{MARK} opmerking",
            "proven_at": None,
            "proof": "",
            "consent_version": "",
        }
        entry = SignUpFactory(activity=activity, state=state, under_16=under_16, education_level=level, **hidden)
        page = shown(at_work, path(activity))
        heading = "Afgemeld of verlopen" if state == State.EXPIRED else "Nog niet bevestigd"
        assert section(page, heading)[0] == 1
        assert "vmbo-tl" in page
        addresses = [f"/beheer/signups/aanmelding/{entry.uuid}/{verb}/" for verb in ("afmelden", "mailen")]
        pages = [page, *(shown(at_work, address) for address in [*addresses, f"/beheer/deur/{entry.uuid}/"])]
        assert not any(MARK.casefold() in each.casefold() for each in pages)

    def test_who_waits_stands_in_order_with_why(self, at_work, activity, now):
        Activity.objects.filter(pk=activity.pk).update(capacity=1)
        activity = ActivityFactory(starts_at=now + 30 * DAY, capacity=1, programme=activity.programme, for_classes=True)
        for number in (9, 8, 7):
            join(activity, person(number), now)
        unproven = join(activity, person(6), now, proven=False)
        page = shown(at_work, path(activity))
        number, text = section(page, "Wachten op een plek")
        assert number == 2
        first, second = text.index("Leerling 8"), text.index("Leerling 7")
        assert first < text.index("dan gaat het aanbod hierheen.") < second < text.index("gaat voor.")
        assert "telt daarom nog niet mee" in section(page, "Nog niet bevestigd")[1]
        assert unproven.name not in page

    def test_an_offer_says_until_when_and_an_ending_why(self, at_work, activity):
        SignUpFactory(activity=activity, state=State.OFFERED, name="Mohamed")
        SignUpFactory(activity=activity, state=State.CANCELLED, name="Boukje", ending=Ending.STAFF)
        page = shown(at_work, path(activity))
        until = moment(activity.first_starts_at)  # whatever was promised
        assert f"Kan de plek aannemen tot {until}." in section(page, "Wachten op een plek")[1]
        assert "Door een medewerker" in section(page, "Afgemeld of verlopen")[1]

    def test_an_erased_row_says_so(self, at_work, activity, now):
        entry = SignUpFactory(activity=activity, state=State.CANCELLED)
        empty = {"name": "", "email": "", "age_band": "", "audience": "", "submit_token": None, "fields_digest": ""}
        SignUp.objects.filter(pk=entry.pk).update(**empty, emptied_at=now)
        assert "Naam gewist" in section(shown(at_work, path(activity)), "Afgemeld of verlopen")[1]

    def test_nobody_yet(self, at_work, activity):
        assert "Nog niemand meldde zich aan." in shown(at_work, path(activity))

    def test_what_people_typed_is_text(self, at_work, activity):
        SignUpFactory(activity=activity, name="<b>Jo</b>", remarks="<script>alert(1)</script>")
        page = shown(at_work, path(activity))
        assert "<b>Jo</b>" not in page
        assert "<script>alert(1)" not in page

    def test_a_hundred_to_a_page(self, at_work, activity):
        Activity.objects.filter(pk=activity.pk).update(capacity=None)
        for _number in range(101):
            SignUpFactory(activity=activity)
        assert section(shown(at_work, path(activity)), "Komen")[0] == 101
        assert shown(at_work, path(activity)).count('class="participant"') == 100
        assert shown(at_work, path(activity), pagina="2").count('class="participant"') == 1

    def test_no_more_queries_for_more_rows(self, at_work, now, activity, django_assert_max_num_queries):
        full = ActivityFactory(starts_at=now + 30 * DAY, capacity=1, programme=activity.programme, for_classes=True)
        for number in range(3):
            join(full, person(number), now)
        with django_assert_max_num_queries(16) as few:
            shown(at_work, path(full))
        for number in range(10, 30):
            join(full, person(number), now)
        join(full, a_class(1, 1), now)
        with django_assert_max_num_queries(len(few)):
            shown(at_work, path(full))


class TestTheDates:
    def test_what_is_coming_and_what_has_been(self, at_work, activity, now):
        past = ActivityFactory(programme=activity.programme, starts_at=now - 7 * DAY)
        gone = ActivityFactory(programme=activity.programme, starts_at=now - 60 * DAY)
        running = ActivityFactory(programme=activity.programme, starts_at=now - 7 * DAY, meetings=3)
        coming, been = shown(at_work, DATES), shown(at_work, DATES, wanneer="geweest")
        assert (path(activity) in coming, path(past) in coming) == (True, False)
        assert (path(running) in coming, path(running) in been) == (True, False)
        assert (path(activity) in been, path(past) in been, path(gone) in been) == (False, True, False)

    def test_without_dates_it_says_what_to_do(self, client):
        client.force_login(MembershipFactory().user)
        assert "/beheer/hubs/activity/add/" in shown(client, DATES)
        assert "was er niets" in shown(client, DATES, wanneer="geweest")

    def test_the_date_itself_leads_there(self, at_work, activity):
        assert path(activity) in shown(at_work, f"/beheer/hubs/activity/{activity.pk}/change/")


class TestCancelling:
    def address(self, entry):
        return f"/beheer/signups/aanmelding/{entry.uuid}/afmelden/"

    def test_asks_first(self, at_work, activity):
        entry = SignUpFactory(activity=activity, name="Mohamed")
        assert "Mohamed" in shown(at_work, self.address(entry))
        entry.refresh_from_db()
        assert entry.state == State.CONFIRMED

    def test_gives_the_seat_to_who_waits_and_mails(self, at_work, activity, now):
        activity = ActivityFactory(starts_at=now + 30 * DAY, capacity=1, programme=activity.programme)
        seated, waiting = (join(activity, person(number), now) for number in range(2))
        answer = at_work.post(self.address(seated), follow=True)
        assert "Afgemeld. De plek komt vrij." in answer.content.decode()
        seated.refresh_from_db()
        waiting.refresh_from_db()
        assert (seated.ending, waiting.state) == (Ending.STAFF, State.OFFERED)
        assert OutboxMessage.objects.filter(sign_up=seated, kind=MailKind.CANCELLED).exists()
        assert "al voorbij" in at_work.post(self.address(seated), follow=True).content.decode()

    def test_who_waits_frees_no_seat(self, at_work, activity, now):
        waiting = SignUpFactory(activity=activity, state=State.WAITING)
        assert "Deze aanmelding gaat van de wachtlijst." in shown(at_work, self.address(waiting))
        answer = at_work.post(self.address(waiting), follow=True).content.decode()
        assert "Afgemeld. Deze aanmelding staat niet meer op de wachtlijst." in answer
        assert "De plek komt vrij" not in answer

    def test_not_of_a_date_that_has_been(self, at_work, activity, now):
        over = ActivityFactory(starts_at=now - 3 * DAY, programme=activity.programme)
        entry = SignUpFactory(activity=over)
        assert self.address(entry) not in shown(at_work, path(over))
        answer = at_work.post(self.address(entry), follow=True)
        assert "Deze datum is geweest: afmelden kan niet meer." in answer.content.decode()
        entry.refresh_from_db()
        assert entry.state == State.CONFIRMED


class TestMailing:
    def address(self, entry):
        return f"/beheer/signups/aanmelding/{entry.uuid}/mailen/"

    def test_sends_the_mail_that_fits_once_an_hour(self, at_work, activity, now):
        entry = seats.sign_up(
            activity_id=ActivityFactory(starts_at=now + DAY, programme=activity.programme).pk,
            application=person(1),
            now=now,
        )
        OutboxMessage.objects.all().delete()
        assert "opnieuw sturen?" in shown(at_work, self.address(entry))
        assert not OutboxMessage.objects.exists()
        assert "gaat opnieuw uit" in at_work.post(self.address(entry), follow=True).content.decode()
        said = at_work.post(self.address(entry), follow=True).content.decode()
        assert "Die mail is dit uur al gevraagd. Het kan weer vanaf " in said and "gaat opnieuw uit" not in said
        assert OutboxMessage.objects.get().kind == MailKind.PROVE

    def test_tells_the_nameless_apart_by_when_they_signed_up(self, at_work, activity):
        entries = SignUpFactory.create_batch(2, activity=activity, state=State.REQUESTED, name="Geheim")
        SignUp.objects.filter(pk=entries[1].pk).update(created_at=entries[1].created_at - timedelta(minutes=5))
        listed = shown(at_work, path(activity))
        for entry in SignUp.objects.all():
            apart = f"angemeld op {dates.short_day(entry.created_at)}, {dates.clock_time(entry.created_at)}"
            question = shown(at_work, self.address(entry))
            assert apart in question and apart in listed and "Geheim" not in question

    def test_not_to_who_left_or_has_no_address(self, at_work, activity):
        for entry in (
            SignUpFactory(activity=activity, state=State.CANCELLED),
            SignUpFactory(activity=activity, email=""),
        ):
            answer = at_work.post(self.address(entry), follow=True)
            assert "Er ging geen mail uit." in answer.content.decode()
        assert not OutboxMessage.objects.exists()


def addresses(activity, entry):
    """Every page that hangs from one date or one sign-up."""
    meeting = activity.meetings.first()
    one = f"/beheer/signups/aanmelding/{entry.uuid}/"
    return [
        path(activity),
        f"{path(activity)}beller/",
        f"{path(activity)}klas/",
        f"{one}aannemen/",
        f"{one}afmelden/",
        f"{one}mailen/",
        f"/beheer/deur/{entry.uuid}/",
        f"/beheer/deur/{entry.uuid}/?bijeenkomst={meeting.pk}",
        f"/beheer/signups/deur/{meeting.pk}/",
    ]


NOBODY = "00000000-0000-4000-8000-000000000000"


class TestIsolation:
    def test_anothers_answers_like_none_and_nothing_changes(self, at_work):
        _partner, worlds = rival()
        before = snapshot()
        asked = 0
        for activity in worlds:
            for address in addresses(activity, activity.sign_ups.get()):
                none = re.sub(r"\b\d+\b(?=/|$)", "987654321", re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", NOBODY, address))
                meeting = activity.meetings.get()
                for call in (
                    at_work.get,
                    lambda to, at=meeting: at_work.post(to, {"meeting": at.pk, "number": 1, "post": "yes"}),
                ):
                    theirs, nothing = call(address), call(none)
                    assert (theirs.status_code, nothing.status_code) == (404, 404), address
                    assert MARK.casefold() not in theirs.content.decode().casefold()
                    asked += 1
        assert asked == 36
        assert snapshot() == before
        assert not Attendance.objects.exists()

    def test_own_entry_at_anothers_meeting(self, at_work, activity):
        entry, foreign = SignUpFactory(activity=activity), ActivityFactory()
        at_work.post(f"/beheer/deur/{entry.uuid}/", {"meeting": foreign.meetings.get().pk, "number": 1})
        assert not Attendance.objects.exists()
        assert at_work.get(f"/beheer/deur/{entry.uuid}/?bijeenkomst={foreign.meetings.get().pk}").status_code == 404

    def test_who_no_longer_runs_it_is_out(self, at_work, activity):
        entry = SignUpFactory(activity=activity)
        assert {at_work.get(address).status_code for address in addresses(activity, entry)} == {200}
        activity.programme.partner_roles.all().delete()
        assert {at_work.get(address).status_code for address in addresses(activity, entry)} == {404}

    def test_closed_to_who_is_not_staff(self, client, activity):
        entry = SignUpFactory(activity=activity)
        for address in [DATES, *addresses(activity, entry)]:
            assert "/beheer/login/" in client.get(address)["Location"]
        client.force_login(UserFactory())
        assert {client.get(address).status_code for address in [DATES, *addresses(activity, entry)]} == {302}

    def test_the_office_sees_all(self, client, activity):
        client.force_login(OfficeUserFactory())
        entry = SignUpFactory(activity=activity)
        assert {client.get(address).status_code for address in addresses(activity, entry)} == {200}
