"""Cancelling and moving dates: who is shown to hear of it, who does hear, and that it is closed to others."""

from datetime import timedelta

import pytest
from django.db.models import F

from content import clock
from hubs.models import Activity, Meeting
from signups.domain import moves
from signups.models import Ending, MailKind, OutboxMessage, SignUp, State
from tests.factories.hubs import ActivityFactory, ProgrammePartnerFactory, RoomFactory
from tests.factories.partners import MembershipFactory, SchoolFactory, SchoolHolidayFactory
from tests.factories.signups import SignUpFactory
from tests.mkbdeal.isolation import rival, snapshot
from tests.signups.test_notices import tell_all

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def activity(now):
    return ActivityFactory(starts_at=now + 30 * DAY, capacity=60, programme__title="Lassen")


def path(verb, *activities):
    return f"/beheer/signups/datums/{','.join(str(activity.pk) for activity in activities)}/{verb}/"


def crowd(activity):
    """Two persons and a class with a seat, one in the queue, and a caller without an address."""
    mailed = [SignUpFactory(activity=activity), SignUpFactory(activity=activity, class_of=24)]
    mailed += [SignUpFactory(activity=activity, state=state) for state in (State.REQUESTED, State.WAITING)]
    caller = SignUpFactory(activity=activity, name="Beller Bos", email="", phone="0348 123456", proof="staff")
    SignUpFactory(activity=activity, state=State.CANCELLED)
    return mailed, caller


def kinds():
    return sorted(OutboxMessage.objects.values_list("kind", flat=True))


class TestCancelling:
    def test_first_it_shows_who_hears_of_it(self, at_work, activity):
        mailed, _caller = crowd(activity)
        SignUpFactory(
            activity=activity, kind="walk_in", name="", email="", age_band="", pupils=3, seats=3, proof="staff"
        )
        before = snapshot()
        text = at_work.get(path("afgelasten", activity)).content.decode()
        assert "3 personen, 1 klas, 1 op de wachtlijst" in text
        assert "<b>4</b> aanmeldingen krijgen vanzelf een mail." in text
        assert "<b>1</b> aanmelding heeft geen mailadres. Bel zelf:" in text
        assert "Beller Bos" in text
        assert "0348 123456" in text
        assert not any(entry.name in text for entry in mailed)
        assert snapshot() == before

    def test_then_everyone_is_told_and_staff_read_whom_to_call(self, at_work, activity, now):
        mailed, caller = crowd(activity)
        answer = at_work.post(path("afgelasten", activity), {"reason": "De docent is ziek."}, follow=True)
        text = answer.content.decode()
        assert "1 datum is afgelast. 4 aanmeldingen krijgen een mail." in text
        assert "Bel zelf nog 1 aanmelding zonder mailadres:" in text
        activity.refresh_from_db()
        assert (activity.cancel_reason, activity.version) == ("De docent is ziek.", 2)
        assert "<h2>Hadden een plek (" in text  # until each is told
        assert "<h2>Komen (" not in text
        tell_all(now + DAY)
        assert kinds() == [MailKind.DATE_CANCELLED] * len(mailed)
        ended = SignUp.objects.filter(ending=Ending.ACTIVITY_CANCELLED)
        assert set(ended) == {*mailed, caller}

    def test_a_reason_is_asked(self, at_work, activity):
        answer = at_work.post(path("afgelasten", activity), {"reason": " "})
        assert "Er is nog niets bewaard." in answer.content.decode()
        activity.refresh_from_db()
        assert activity.cancelled_at is None

    def test_of_many_those_that_are_over_or_cancelled_stay(self, at_work, activity, now):
        over = ActivityFactory(programme=activity.programme, starts_at=now - DAY)
        gone = ActivityFactory(programme=activity.programme, cancelled_at=now, cancel_reason="Ziek")
        text = at_work.get(path("afgelasten", activity, over, gone)).content.decode()
        assert "is al geweest" in text
        assert "is al afgelast" in text
        at_work.post(path("afgelasten", activity, over, gone), {"reason": "Storm"})
        assert list(Activity.objects.filter(cancel_reason="Storm")) == [activity]
        assert "Hier valt niets af te gelasten." in at_work.get(path("afgelasten", over, gone)).content.decode()

    def test_it_stands_in_the_history(self, at_work, activity):
        at_work.post(path("afgelasten", activity), {"reason": "Storm"})
        history = at_work.get(f"/beheer/hubs/activity/{activity.pk}/history/").content.decode()
        assert "1 datum is afgelast." in history

    def test_a_form_that_was_open_does_not_undo_it(self, at_work, activity):
        at_work.post(path("afgelasten", activity), {"reason": "Storm"})
        at_work.post(f"/beheer/hubs/activity/{activity.pk}/change/", {"opened_version": "1", "counts": "heads"})
        activity.refresh_from_db()
        assert activity.cancelled_at is not None


class TestAfterAll:
    def test_says_what_does_not_come_back(self, at_work, activity, now):
        crowd(activity)
        at_work.post(path("afgelasten", activity), {"reason": "Storm"})
        tell_all(now + DAY)
        text = at_work.get(path("toch-door", activity)).content.decode()
        assert "<b>5</b> aanmeldingen zijn door het afgelasten beëindigd en komen niet terug." in text
        at_work.post(path("toch-door", activity))
        activity.refresh_from_db()
        assert (activity.cancelled_at, activity.cancel_reason, activity.taken) == (None, "", 0)

    def test_what_was_not_cancelled(self, at_work, activity):
        assert "is niet afgelast" in at_work.get(path("toch-door", activity)).content.decode()


def look(client, *activities, **fields):
    return client.post(path("verplaatsen", *activities), {**fields, "_look": "1"})


def confirm(client, shown, *activities, **fields):
    preview = shown.context["preview"]
    ticked = [row.key for row in preview.rows if row.is_ticked]
    fields = {"day": ticked, "seen": preview.seen, "_make": "1", **fields}
    return client.post(path("verplaatsen", *activities), fields)


def later(activity, days):
    return (clock.local_date(activity.first_starts_at) + timedelta(days=days)).isoformat()


class TestMoving:
    def test_shows_where_it_goes_and_who_hears_and_then_everyone_is_told(self, at_work, activity, now):
        mailed, _caller = crowd(activity)
        fields = {"first_on": later(activity, 14), "begins": "09:30"}
        shown = look(at_work, activity, **fields)
        text = shown.content.decode()
        assert "1 datum verhuist" in text
        assert "<b>4</b> aanmeldingen krijgen vanzelf een mail." in text
        assert Meeting.objects.get().starts_at == activity.first_starts_at
        confirm(at_work, shown, activity, **fields)
        activity.refresh_from_db()
        assert clock.local_date(activity.first_starts_at).isoformat() == fields["first_on"]
        assert activity.first_starts_at.astimezone(clock.AMSTERDAM).strftime("%H:%M") == "09:30"
        assert activity.last_ends_at - activity.first_starts_at == timedelta(hours=2.5)
        tell_all(now + DAY)
        assert [kind for kind in kinds() if kind != MailKind.REMINDER] == [MailKind.DATE_MOVED] * len(mailed)

    def test_a_weekly_course_a_week_later_and_back(self, at_work, now):
        course = ActivityFactory(starts_at=now + 30 * DAY, meetings=3)
        ProgrammePartnerFactory(programme=course.programme, partner=MembershipFactory(user=_user(at_work)).partner)
        first = course.first_starts_at
        for days in (7, -7):
            course.refresh_from_db()
            fields = {"first_on": later(course, days)}
            assert confirm(at_work, look(at_work, course, **fields), course, **fields).status_code == 302
        course.refresh_from_db()
        assert course.first_starts_at == first
        assert course.meetings.count() == 3

    def test_many_keep_their_distance_and_sign_up_closes_along(self, at_work, activity, now):
        other = ActivityFactory(
            programme=activity.programme, starts_at=now + 40 * DAY, signup_closes_at=now + 38 * DAY, capacity=3
        )
        fields = {"first_on": later(activity, 7)}
        confirm(at_work, look(at_work, activity, other, **fields), activity, other, **fields)
        starts = other.first_starts_at
        other.refresh_from_db()
        assert (clock.local_date(other.first_starts_at) - clock.local_date(starts)).days == 7
        assert clock.local_date(other.signup_closes_at) == clock.local_date(now + 45 * DAY)

    def test_to_a_room_that_is_taken_asks_for_a_tick(self, at_work, activity):
        room = RoomFactory(hub=activity.programme.hub, name="Lokaal 3")
        other = ActivityFactory(programme=activity.programme, starts_at=activity.first_starts_at)
        other.meetings.update(room=room)
        fields = {"first_on": later(activity, 0), "room": room.pk}
        shown = look(at_work, activity, **fields)
        assert "Lokaal 3 is dan bezet: Lassen" in shown.content.decode()
        assert confirm(at_work, shown, activity, **fields).status_code == 200
        assert confirm(at_work, shown, activity, **fields, sure="on").status_code == 302
        assert activity.meetings.get().room == room

    def test_into_a_school_holiday_asks_for_a_tick(self, at_work, activity):
        hub, day = activity.programme.hub, later(activity, 7)
        region = SchoolFactory(town=hub.town).holiday_region
        SchoolHolidayFactory(region=region, name="Herfstvakantie", from_on=day, until_on=day)
        shown = look(at_work, activity, first_on=day)
        assert "Dit valt in een schoolvakantie: Herfstvakantie" in shown.content.decode()
        assert confirm(at_work, shown, activity, first_on=day).status_code == 200
        assert confirm(at_work, shown, activity, first_on=day, sure="on").status_code == 302
        again = look(at_work, activity, first_on=day, begins="13:00")
        assert "1 datum verhuist" in again.content.decode()
        assert "schoolvakantie" not in again.content.decode(), "it is there already"

    def test_the_room_of_a_date_that_stays_is_taken(self, at_work, activity):
        """Of three weekly dates in one room two move a week; without its tick the last stays where it is."""
        room = RoomFactory(hub=activity.programme.hub, name="Lokaal 3")
        weekly = [
            activity,
            *(
                ActivityFactory(programme=activity.programme, starts_at=activity.first_starts_at + days * DAY)
                for days in (7, 14)
            ),
        ]
        Meeting.objects.update(room=room)
        first, second, last = weekly
        fields = {"first_on": later(first, 7)}
        shown = look(at_work, *weekly, **fields)
        assert shown.context["preview"].warned == 0
        again = confirm(at_work, shown, *weekly, **fields, day=[first.pk, second.pk])
        assert "Lokaal 3 is dan bezet" in again.content.decode()
        assert again.context["preview"].chosen == {str(first.pk), str(second.pk)}
        assert confirm(at_work, again, *weekly, **fields).status_code == 200
        assert confirm(at_work, again, *weekly, **fields, sure="on").status_code == 302
        assert last.meetings.get().starts_at == second.meetings.get().starts_at

    def test_of_one_date_a_warning_asks_for_the_one_tick_that_is_there(self, at_work, activity):
        room = RoomFactory(hub=activity.programme.hub)
        other = ActivityFactory(programme=activity.programme, starts_at=activity.first_starts_at)
        other.meetings.update(room=room)
        fields = {"first_on": later(activity, 0), "room": room.pk}
        answer = confirm(at_work, look(at_work, activity, **fields), activity, **fields)
        text = answer.content.decode()
        assert "Klopt het zo? Zet dan onder de lijst het vinkje." in text
        assert "Haal daar het vinkje weg" not in text
        assert 'type="checkbox" name="day"' not in text

    def test_what_has_begun_or_was_cancelled_stays(self, at_work, activity, now):
        begun = ActivityFactory(programme=activity.programme, starts_at=now - DAY, meetings=3)
        gone = ActivityFactory(programme=activity.programme, cancelled_at=now, cancel_reason="Ziek")
        text = at_work.get(path("verplaatsen", activity, begun, gone)).content.decode()
        assert "is al begonnen" in text
        assert "is afgelast" in text
        assert "niets te verplaatsen" in at_work.get(path("verplaatsen", begun, gone)).content.decode()

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"first_on": "2020-01-01"}, "Kies een dag vanaf vandaag."),
            ({"first_on": ""}, "Vul dit in."),
            ({"first_on": "same"}, "Er verandert niets."),
            ({"first_on": "2099-03-29", "begins": "02:30"}, "bestaat dan niet"),
            ({"first_on": "same", "begins": "elf"}, "Vul een tijd in"),
            ({"first_on": "9999-01-01"}, "Vul een jaar tussen"),
        ],
    )
    def test_what_does_not_fit_is_said(self, at_work, activity, fields, sentence):
        if fields["first_on"] == "same":
            fields = {**fields, "first_on": later(activity, 0)}
        assert sentence in look(at_work, activity, **fields).content.decode()

    def test_nothing_is_moved_to_what_is_over(self, at_work, activity, now):
        """Nobody would be told of it."""
        SignUpFactory(activity=activity)
        midnight = now.astimezone(clock.AMSTERDAM).replace(hour=0, minute=0, second=0, microsecond=0)
        Meeting.objects.update(ends_at=F("starts_at") + timedelta(microseconds=1))
        answer = look(at_work, activity, first_on=f"{midnight:%Y-%m-%d}", begins="00:00").content.decode()
        assert "Dan is het al geweest." in answer
        assert "vanzelf een mail" not in answer

    def test_of_many_what_would_be_over_stays_and_the_others_move(self, at_work, activity, now):
        """It cannot be ticked, nor does a post take it along that was made up."""
        other = ActivityFactory(programme=activity.programme, starts_at=now + 40 * DAY)
        Meeting.objects.filter(activity=activity).update(ends_at=F("starts_at") + timedelta(microseconds=1))
        change = {"first_on": clock.local_date(now).isoformat(), "begins": "00:00"}
        shown = look(at_work, activity, other, **change)
        text = shown.content.decode()
        assert "1 datum verhuist, 1 niet" in text
        assert "Dan is het al geweest. Deze datum blijft zoals hij is.<p>Lassen. Nu: " in text
        assert 'name="sure"' not in text
        both = [activity.pk, other.pk]
        assert confirm(at_work, shown, activity, other, **change, day=both).status_code == 302
        starts = [activity.first_starts_at, other.first_starts_at]
        activity.refresh_from_db()
        other.refresh_from_db()
        assert [activity.first_starts_at == starts[0], other.first_starts_at < starts[1]] == [True, True]
        shift = moves.Move(days=-31)
        versions = {activity.pk: activity.version}
        assert moves.carry_out(versions=versions, move=shift, by=_user(at_work), now=now + 30 * DAY) == []

    def test_two_meetings_of_one_day_cannot_begin_at_once(self, at_work, activity):
        morning = activity.meetings.get()
        Meeting.objects.filter(pk=morning.pk).update(starts_at=noon(morning) - 2 * HOUR, ends_at=noon(morning) - HOUR)
        Meeting.objects.create(activity=activity, starts_at=noon(morning), ends_at=noon(morning) + HOUR)
        fields = {"first_on": later(activity, 7), "begins": "10:00"}
        assert "twee bijeenkomsten tegelijk" in look(at_work, activity, **fields).content.decode()


def noon(meeting):
    return meeting.starts_at.astimezone(clock.AMSTERDAM).replace(hour=12, minute=0)


def _user(client):
    return client.get("/beheer/").wsgi_request.user


@pytest.mark.parametrize("verb", ["afgelasten", "toch-door", "verplaatsen"])
def test_one_foreign_date_closes_the_whole_page(at_work, activity, verb):
    """Also among one's own; and it answers as a number that does not exist."""
    _partner, (foreign, _nobodys) = rival()
    before = snapshot()
    fields = {"reason": "x", "first_on": later(activity, 7), "_make": "1"}
    for key in (foreign.pk, 987654321, "x", "", "1" * 40, "²"):
        for numbers in (f"{key}", f"{activity.pk},{key}"):
            for method in (at_work.get, at_work.post):
                answer = method(f"/beheer/signups/datums/{numbers}/{verb}/", fields)
                assert answer.status_code == 404, (numbers, verb)
    many = ",".join(map(str, range(1, 63)))
    assert at_work.get(f"/beheer/signups/datums/{many}/{verb}/").status_code == 404
    assert snapshot() == before
