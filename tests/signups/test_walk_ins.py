"""Who comes to the door without having signed up: room, the day itself, nothing personal, and taking it back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from content import clock, dates
from hubs.models import Activity, Meeting
from signups.domain import attendance, overdue, presence, retention, seats, walk_ins
from signups.domain.errors import RefusedError
from signups.models import Attendance, Kind, OutboxMessage, Proof, SignUp, State, Total
from tests.factories.hubs import ActivityFactory, EducationLevelFactory, MeetingFactory, ProgrammePartnerFactory
from tests.factories.partners import MembershipFactory, UserFactory
from tests.factories.signups import SignUpFactory
from tests.signups.applying import join, person
from tests.signups.joining import counters

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def activity(now):
    return ActivityFactory(starts_at=now + HOUR, capacity=10)


def add(activity, number=1, *, now, token=None, level=None, meeting=None):
    return walk_ins.add(
        meeting_id=(meeting or activity.meetings.first()).pk,
        number=number,
        education_level_id=level and level.pk,
        submit_token=token or uuid4(),
        by=UserFactory(),
        now=now,
    )


def refused(activity, number=1, **given):
    with pytest.raises(RefusedError) as caught:
        add(activity, number, **given)
    return caught.value.sentence


class TestTheDecision:
    def test_they_have_a_seat_and_are_there_at_once(self, activity, now):
        level = EducationLevelFactory()
        entry = add(activity, 3, now=now, level=level)
        assert (entry.kind, entry.state, entry.proof, entry.education_level) == (
            Kind.WALK_IN,
            State.CONFIRMED,
            Proof.STAFF,
            level,
        )
        assert counters(activity) == (3, 0)
        assert Attendance.objects.get().number == 3
        assert attendance.counts(activity.meetings.get()) == (0, 0, 3)
        assert not OutboxMessage.objects.exists()

    def test_as_long_as_there_is_room(self, activity, now):
        for number in range(6):
            SignUpFactory(activity=activity, name=f"Leerling {number}")
        add(activity, 3, now=now)
        assert refused(activity, 2, now=now) == "Er is nog maar 1 plek vrij."
        add(activity, 1, now=now)
        assert refused(activity, 1, now=now) == "Er is geen plek meer vrij."
        assert counters(activity) == (10, 0)

    def test_the_same_tap_twice_is_one(self, activity, now):
        token = uuid4()
        assert add(activity, 2, now=now, token=token) == add(activity, 2, now=now, token=token)
        assert SignUp.objects.count() == Attendance.objects.count() == 1

    def test_who_can_still_be_offered_a_seat_goes_first(self, now):
        activity = ActivityFactory(starts_at=now + 6 * HOUR, capacity=2, for_classes=True)
        seated = join(activity, person(1), now)
        waiting = SignUpFactory(activity=activity, state=State.WAITING, class_of=2)
        assert refused(activity, now=now) == "Er staan nog mensen op de wachtlijst. Zij gaan voor."
        add(activity, 1, now=now + 3 * HOUR)  # too late for an offer
        assert (SignUp.objects.get(pk=waiting.pk).state, seated.is_live) == (State.EXPIRED, True)

    def test_where_classes_are_counted_they_are_one(self, now):
        activity = ActivityFactory(starts_at=now + HOUR, capacity=2, counts="classes", for_classes=True)
        add(activity, 12, now=now)
        assert counters(activity) == (1, 0)

    @pytest.mark.parametrize(("after", "said"), [(-14, "vanaf"), (16, "Dat kan nu niet meer.")])
    def test_on_the_day_only(self, activity, now, after, said):
        assert said in refused(activity, now=now + after * HOUR)

    def test_not_when_it_does_not_take_place(self, activity, now):
        Activity.objects.filter(pk=activity.pk).update(cancelled_at=now, cancel_reason="Ziek.")
        assert refused(activity, now=now) == "Deze activiteit gaat niet door."

    def test_they_are_of_the_meeting_to_which_they_came(self, now):
        activity = ActivityFactory(starts_at=now - 7 * DAY, meetings=2, capacity=9)
        first, second = activity.meetings.all()
        add(activity, 2, now=now, meeting=second)
        assert (attendance.counts(first), attendance.counts(second)) == ((0, 0, 0), (0, 0, 2))

    def test_full_by_who_is_at_another_meeting_says_so(self, now):
        activity = ActivityFactory(starts_at=now - HOUR, meetings=0, capacity=5)
        first, second = (MeetingFactory(activity=activity, starts_at=now + hours * HOUR) for hours in (-1, 3))
        add(activity, 5, now=now, meeting=first)
        assert "houdt de plek tot die voorbij is." in refused(activity, now=now, meeting=second)

    def test_taking_it_back_frees_the_seats(self, activity, now):
        entry = add(activity, 3, now=now)
        for _time in range(2):
            walk_ins.undo(sign_up_id=entry.pk, now=now)
            assert counters(activity) == (0, 0)
        assert not Attendance.objects.exists()


class TestTheirMeetingIsOver:
    """A course of two evenings, full with one who signed up and those who came to the first evening."""

    @pytest.fixture
    def course(self, now):
        activity = ActivityFactory(starts_at=now - HOUR, meetings=2, capacity=5)
        SignUpFactory(activity=activity)
        return activity

    @pytest.fixture
    def evenings(self, course):
        return list(course.meetings.all())

    def test_their_seats_are_for_who_comes_to_the_next(self, course, evenings, now):
        first, second = evenings
        came = add(course, 4, now=now, meeting=first)
        assert refused(course, now=now, meeting=first) == "Er is geen plek meer vrij."
        assert counters(course) == (5, 0)
        add(course, 4, now=second.starts_at, meeting=second)
        assert counters(course) == (5, 0)
        assert (attendance.counts(first), attendance.counts(second)) == ((0, 1, 4), (0, 1, 4))
        assert SignUp.objects.get(pk=came.pk).state == State.CONFIRMED

    def test_the_sweep_frees_them_where_nobody_calls(self, course, evenings, now):
        add(course, 4, now=now, meeting=evenings[0])
        for moment, held in ((evenings[0].ends_at - timedelta(seconds=1), 5), (evenings[0].ends_at, 1)):
            for activity_id in overdue.activities(moment):
                seats.tidy(activity_id=activity_id, now=moment)
            assert counters(course) == (held, 0)
        assert overdue.activities(evenings[0].ends_at) == []

    def test_who_was_there_is_noted_without_a_seat(self, course, evenings, now):
        entry = add(course, 9, now=evenings[0].ends_at, meeting=evenings[0])
        assert (entry.seats, counters(course)) == (0, (1, 0))
        assert attendance.counts(evenings[0]) == (0, 1, 9)

    def test_it_can_still_be_taken_back(self, course, evenings, now):
        entry = add(course, 4, now=now, meeting=evenings[0])
        walk_ins.undo(sign_up_id=entry.pk, now=evenings[0].ends_at)
        assert counters(course) == (1, 0)
        assert not Attendance.objects.exists()

    def test_totals_count_the_seats_that_they_had(self, course, evenings, now):
        add(course, 4, now=now, meeting=evenings[0])
        seats.tidy(activity_id=course.pk, now=evenings[0].ends_at)
        retention.run(now=now + 60 * DAY)
        total = Total.objects.get(kind=Kind.WALK_IN)
        assert (total.seats, total.people, total.attended) == (4, 4, 4)


class TestAfterwards:
    def test_they_are_counted_and_emptied_as_everybody(self, activity, now):
        level = EducationLevelFactory()
        add(activity, 3, now=now, level=level)
        retention.run(now=now + 40 * DAY)
        total = Total.objects.get()
        assert (total.kind, total.education_level, total.people, total.attended) == (Kind.WALK_IN, level, 3, 3)
        assert SignUp.objects.get().taken_by is None

    def test_noting_them_is_no_list_of_who_came(self, activity, now):
        """The control is test_presence.py: with another person noted, who was not noted did not come."""
        signed_up = SignUpFactory(activity=activity)
        add(activity, 2, now=now)
        later = now + 2 * DAY
        assert presence.presence(signed_up, later)
        SignUp.objects.filter(kind=Kind.WALK_IN).update(education_level=None, taken_by=None)
        retention.empty(SignUp.objects.filter(kind=Kind.WALK_IN), later)
        assert presence.presence(signed_up, later)


class TestTheDatabase:
    @pytest.mark.parametrize(
        "fields", [{"name": "Zoë"}, {"email": "zoe@voorbeeld.example"}, {"remarks": "x"}, {"age_band": "under_16"}]
    )
    def test_a_walk_in_names_nobody(self, activity, now, fields):
        entry = add(activity, now=now)
        with pytest.raises(IntegrityError, match="walk_in"), transaction.atomic():
            SignUp.objects.filter(pk=entry.pk).update(**fields)

    def test_a_walk_in_is_certain_or_taken_back(self, activity, now):
        entry = add(activity, now=now)
        with pytest.raises(IntegrityError, match="walk_in_is_certain"), transaction.atomic():
            SignUp.objects.filter(pk=entry.pk).update(state=State.WAITING)


@pytest.fixture
def at_the_door(client, activity):
    member = MembershipFactory()
    ProgrammePartnerFactory(programme=activity.programme, partner=member.partner)
    client.force_login(member.user)
    return client


class TestThePage:
    def path(self, activity):
        return f"/beheer/signups/deur/{activity.meetings.first().pk}/"

    def post(self, client, activity, **fields):
        given = {"number": "2", "submit_token": str(uuid4()), **fields}
        return client.post(self.path(activity), given, follow=True)

    def test_one_is_let_in_and_taken_back(self, at_the_door, activity):
        level = EducationLevelFactory(name="havo")
        activity.programme.levels.add(level)
        assert "Nog 10 plekken vrij." in at_the_door.get(self.path(activity)).content.decode()
        answer = self.post(at_the_door, activity, education_level=level.code)
        assert answer.redirect_chain[0][0].endswith("#zonder-aanmelding")
        page = answer.content.decode()
        for said in (
            "Genoteerd.",
            "2 personen",
            "havo",
            "Nog 8 plekken vrij.",
            "Aanwezig: <b>2</b>, zonder aanmelding",
        ):
            assert said in page
        undo = {"meeting": activity.meetings.get().pk, "undo": "1", "from_list": "1"}
        page = at_the_door.post(f"/beheer/deur/{SignUp.objects.get().uuid}/", undo, follow=True).content.decode()
        assert "Nog 10 plekken vrij." in page

    def test_they_stand_apart_from_who_signed_up(self, at_the_door, activity):
        SignUpFactory(activity=activity)
        assert "Aanwezig: <b>0</b> van 1, en <b>3</b> zonder aanmelding" in " ".join(
            self.post(at_the_door, activity, number="3").content.decode().split()
        )

    def test_a_full_house_says_so_and_asks_for_nobody(self, at_the_door, activity):
        page = self.post(at_the_door, activity, number="10").content.decode()
        assert "Er is geen plek meer vrij." in page
        assert 'class="door-walk-in"' not in page
        assert "Meld die dan af" in page
        assert self.post(at_the_door, activity).content.decode().count("Er is geen plek meer vrij.") == 1

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"number": ""}, "Vul in hoeveel mensen er zijn."),
            ({"number": "11"}, "Er zijn nog maar 10 plekken vrij."),
            ({"number": "veel"}, "Vul een getal in, bijvoorbeeld 24."),
            ({"education_level": "x"}, "Kies een niveau uit de lijst."),
        ],
    )
    def test_what_is_wrong_is_said_and_kept(self, at_the_door, activity, fields, said):
        answer = self.post(at_the_door, activity, **fields)
        page = answer.content.decode()
        assert (answer.status_code, answer.redirect_chain) == (200, [])
        assert said in page
        assert f'value="{fields.get("number", "2")}"' in page or not fields.get("number", "2")
        assert not SignUp.objects.exists()

    def test_the_participants_say_what_they_are(self, at_the_door, activity, now):
        add(activity, 2, now=now)
        page = at_the_door.get(f"/beheer/signups/deelnemers/{activity.pk}/").content.decode()
        assert "<b>Zonder aanmelding</b>" in page
        assert "2 personen" in page
        assert f"Bij de bijeenkomst van {dates.short_day(activity.first_starts_at)}." in page

    def test_after_the_meeting_it_asks_who_was_there(self, at_the_door, activity, now):
        Meeting.objects.update(starts_at=now - 3 * HOUR, ends_at=now - HOUR)
        page = at_the_door.get(self.path(activity)).content.decode()
        assert "Deze bijeenkomst is voorbij. Was er nog iemand zonder aanmelding?" in page
        assert "Genoteerd." in self.post(at_the_door, activity, number="30").content.decode()

    def test_not_of_another(self, at_the_door, now):
        foreign = ActivityFactory(starts_at=now + HOUR)
        assert self.post(at_the_door, foreign).status_code == 404
        assert not SignUp.objects.exists()
