"""A date repeated: which days, what is left out and why, that nothing is written before it was shown, and by whom."""

from datetime import UTC, date, datetime, timedelta

import pytest

from content.clock import AMSTERDAM
from content.domain import history
from content.models import Deed
from hubs.domain import series
from hubs.domain.series import Rhythm
from hubs.models import Activity, Meeting
from signups.models import MailKind, OutboxMessage
from tests.factories.hubs import ActivityFactory, MeetingFactory, ProgrammePartnerFactory, RoomFactory
from tests.factories.partners import MembershipFactory, SchoolFactory, SchoolHolidayFactory, UserFactory
from tests.factories.signups import SignUpFactory
from tests.mkbdeal.isolation import rival
from tests.signups.test_notices import tell_all

pytestmark = pytest.mark.django_db
TUESDAY = date(2027, 10, 5)
SEVEN_IN_THE_EVENING = datetime(2027, 10, 5, 17, tzinfo=UTC)
TUESDAYS = frozenset([1])
EMAIL = "iemand@voorbeeld.example"


@pytest.fixture
def source():
    return ActivityFactory(starts_at=SEVEN_IN_THE_EVENING, capacity=8, price=5, note="met soep")


@pytest.fixture
def at_work(client, source):
    member = MembershipFactory(user__email=EMAIL)
    ProgrammePartnerFactory(programme=source.programme, partner=member.partner)
    client.force_login(member.user)
    return client


def page(activity):
    return f"/beheer/hubs/activity/{activity.pk}/herhalen/"


def fields(**given):
    wanted = {"what": "dates", "weekdays": ["1"], "every": "1", "from_on": "2027-10-06", "times": "3", "region": ""}
    return {**wanted, **given}


def look(client, activity, **given):
    return client.post(page(activity), {**fields(**given), "_look": "1"})


def confirm(client, activity, shown, **given):
    """Post what was shown, with every tick that stands."""
    preview = shown.context["preview"]
    ticked = [row.key for row in preview.rows if row.is_ticked]
    return client.post(page(activity), {**fields(), "day": ticked, "seen": preview.seen, "_make": "1", **given})


def planned(source, *, as_meetings=False, **rhythm):
    rhythm = Rhythm(**{"from_on": TUESDAY + timedelta(days=1), "weekdays": TUESDAYS, **rhythm})
    return series.plan(source=source, rhythm=rhythm, as_meetings=as_meetings)


class TestWhichDays:
    def test_so_many_times(self, source):
        days = [day.day for day in planned(source, times=3)]
        assert days == [date(2027, 10, 12), date(2027, 10, 19), date(2027, 10, 26)]

    def test_until_a_day_on_two_weekdays(self, source):
        days = [day.day for day in planned(source, weekdays=frozenset([1, 3]), until_on=date(2027, 10, 19))]
        assert days == [date(2027, 10, 7), date(2027, 10, 12), date(2027, 10, 14), date(2027, 10, 19)]

    def test_every_other_week_counts_from_the_first(self, source):
        days = [day.day for day in planned(source, from_on=date(2027, 10, 12), every=2, times=2)]
        assert days == [date(2027, 10, 12), date(2027, 10, 26)]

    def test_a_holiday_of_the_region_is_left_out_with_its_name_and_not_counted(self, source):
        SchoolHolidayFactory(from_on=date(2027, 10, 16), until_on=date(2027, 10, 24))
        found = planned(source, times=2, region="midden")
        assert [(day.day, bool(day.copy)) for day in found] == [
            (date(2027, 10, 12), True),
            (date(2027, 10, 19), False),
            (date(2027, 10, 26), True),
        ]
        assert "Herfstvakantie" in found[1].why_not
        assert all(day.copy for day in planned(source, times=2, region="zuid"))

    def test_the_clock_time_stays_over_a_clock_change(self, source):
        starts = [day.copy.meetings[0].starts_at for day in planned(source, times=4)]
        assert {start.astimezone(AMSTERDAM).hour for start in starts} == {19}
        assert {start.astimezone(UTC).hour for start in starts} == {17, 18}

    def test_an_hour_that_comes_twice_is_left_out_and_says_so(self, source):
        night = ActivityFactory(starts_at=datetime(2027, 10, 24, 0, 30, tzinfo=UTC))
        [day] = planned(night, from_on=date(2027, 10, 31), weekdays=frozenset([6]), times=1)[:1]
        assert day.copy is None
        assert "gaat de klok een uur terug" in day.why_not

    def test_what_is_there_is_not_made_again(self, source):
        ActivityFactory(programme=source.programme, starts_at=SEVEN_IN_THE_EVENING + timedelta(weeks=1))
        assert [day.why_not for day in planned(source, times=1)] == ["staat er al", ""]

    def test_more_than_sixty_is_refused(self, source):
        with pytest.raises(series.TooManyError):
            planned(source, weekdays=frozenset(range(7)), until_on=date(2028, 1, 31))

    def test_the_likely_region(self, source):
        hub = source.programme.hub
        assert series.likely_region(hub) == ""
        SchoolFactory(holiday_region="zuid", municipality="Elders")
        assert series.likely_region(hub) == "zuid"
        SchoolFactory(holiday_region="midden", town=hub.town)
        assert series.likely_region(hub) == "midden"


class TestThePage:
    def test_looking_writes_nothing(self, at_work, source):
        SchoolHolidayFactory(from_on=date(2027, 10, 16), until_on=date(2027, 10, 24))
        shown = look(at_work, source, region="midden")
        text = shown.content.decode()
        assert "3 datums komen erbij" in text
        assert "Herfstvakantie, tot en met" in text
        assert Activity.objects.count() == 1

    def test_making_copies_everything_but_what_is_of_one_date(self, at_work, source):
        Activity.objects.update(signup_closes_at=SEVEN_IN_THE_EVENING - timedelta(days=2))
        SignUpFactory(activity=source)
        shown = look(at_work, source)
        confirm(at_work, source, shown)
        made = list(Activity.objects.exclude(pk=source.pk))
        assert len(made) == 3
        for activity in made:
            assert (activity.capacity, activity.price, activity.note, activity.taken) == (8, 5, "met soep", 0)
            assert activity.first_starts_at - activity.signup_closes_at >= timedelta(days=2)
            assert activity.uuid != source.uuid

    def test_a_tick_that_is_gone_makes_no_date(self, at_work, source):
        confirm(at_work, source, look(at_work, source), day=["2027-10-12"])
        made = Activity.objects.exclude(pk=source.pk).get()
        assert made.first_starts_at == SEVEN_IN_THE_EVENING + timedelta(weeks=1)

    def test_posted_twice_it_is_made_once(self, at_work, source):
        shown = look(at_work, source)
        confirm(at_work, source, shown)
        again = confirm(at_work, source, shown)
        assert "anders dan de lijst die je zag" in again.content.decode()
        assert Activity.objects.count() == 4

    def test_what_came_there_in_the_same_second_is_shown_and_nothing_is_made(self, at_work, source, monkeypatch):
        """Between comparing the list and the lock."""
        shown, write = look(at_work, source), series.write

        def write_later(**given):
            ActivityFactory(programme=source.programme, starts_at=SEVEN_IN_THE_EVENING + timedelta(weeks=1))
            return write(**given)

        monkeypatch.setattr(series, "write", write_later)
        text = confirm(at_work, source, shown).content.decode()
        assert "anders dan de lijst die je zag" in text
        assert "staat er al" in text
        assert Activity.objects.count() == 2

    def test_each_date_begins_its_history(self, at_work, source):
        confirm(at_work, source, look(at_work, source))
        for activity in Activity.objects.exclude(pk=source.pk):
            made = history.of(activity).get()
            assert (made.deed, made.by.email, len(made.values["meetings"])) == (Deed.MADE, EMAIL, 1)

    def test_a_list_that_was_not_seen_is_not_made(self, at_work, source):
        shown = look(at_work, source)
        other = confirm(at_work, source, shown, times="4")
        assert "anders dan de lijst die je zag" in other.content.decode()
        assert Activity.objects.count() == 1

    def test_a_room_that_is_taken_asks_for_a_tick(self, at_work, source):
        room = RoomFactory(hub=source.programme.hub, name="Lokaal 3")
        Meeting.objects.filter(activity=source).update(room=room)
        other = ActivityFactory(programme__hub=source.programme.hub, programme__title="Robots", meetings=0)
        MeetingFactory(activity=other, room=room, starts_at=SEVEN_IN_THE_EVENING + timedelta(days=7, hours=1))
        shown = look(at_work, source)
        assert "Lokaal 3 is dan bezet: Robots" in shown.content.decode()
        assert "staat een waarschuwing" in confirm(at_work, source, shown).content.decode()
        assert Activity.objects.count() == 2
        assert confirm(at_work, source, shown, sure="on").status_code == 302
        assert Activity.objects.count() == 5

    def test_a_row_without_a_tick_is_in_nobodys_way(self, at_work, source):
        """Of a course of two evenings, repeated every week, each meets the next one; every other week none does."""
        MeetingFactory(activity=source, starts_at=SEVEN_IN_THE_EVENING + timedelta(weeks=1))
        source.meetings.update(room=RoomFactory(hub=source.programme.hub))
        shown = look(at_work, source, from_on="2027-10-19")
        assert [bool(row.warnings) for row in shown.context["preview"].rows] == [True, True, True]
        given = {"from_on": "2027-10-19", "day": ["2027-10-19", "2027-11-02"]}
        assert confirm(at_work, source, shown, **given).status_code == 302
        assert Activity.objects.count() == 3

    def test_of_a_draft_of_another_the_title_is_not_told(self, at_work, source):
        room = RoomFactory(hub=source.programme.hub)
        Meeting.objects.filter(activity=source).update(room=room)
        hidden = ActivityFactory(
            programme__hub=source.programme.hub, programme__title="Geheim", programme__state="draft", meetings=0
        )
        MeetingFactory(activity=hidden, room=room, starts_at=SEVEN_IN_THE_EVENING + timedelta(weeks=1))
        text = look(at_work, source).content.decode()
        assert "is dan bezet: een andere activiteit" in text
        assert "Geheim" not in text

    def test_a_series_of_courses_meets_itself(self, at_work):
        course = ActivityFactory(starts_at=SEVEN_IN_THE_EVENING, meetings=2)
        room = RoomFactory(hub=course.programme.hub)
        course.meetings.update(room=room)
        rhythm = Rhythm(from_on=TUESDAY + timedelta(weeks=2), weekdays=TUESDAYS, times=2)
        made = series.write(
            source_id=course.pk,
            rhythm=rhythm,
            as_meetings=False,
            by=UserFactory(),
            now=SEVEN_IN_THE_EVENING,
            days=[TUESDAY + timedelta(weeks=n) for n in (2, 3)],
        )
        assert [activity.meetings.count() for activity in made] == [2, 2]

    def test_without_known_holidays_it_says_so(self, at_work, source):
        assert "nog geen schoolvakanties" in look(at_work, source, region="midden").content.decode()

    def test_days_that_are_over_ask_for_a_tick(self, at_work, source):
        shown = look(at_work, source, from_on="2020-10-06")
        assert "Deze dag is al geweest." in shown.content.decode()
        assert "staat een waarschuwing" in confirm(at_work, source, shown, from_on="2020-10-06").content.decode()

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"times": ""}, "Vul één van de twee in"),
            ({"until_on": "2027-12-01"}, "Vul één van de twee in"),
            ({"times": "", "until_on": "2027-01-01"}, "De laatste dag ligt vóór de eerste dag."),
            ({"times": "", "until_on": "2040-01-01"}, "binnen twee jaar"),
            ({"times": "", "until_on": "2028-12-01", "weekdays": list("0123456")}, "meer dan 60 datums"),
            ({"times": "", "until_on": "2027-10-07"}, "geen van deze dagen"),
            ({"times": "61"}, "60"),
            ({"weekdays": []}, "Kies ten minste één dag."),
            ({"from_on": "9999-12-31"}, "Vul een jaar tussen"),
            ({"from_on": "morgen"}, "Vul een dag in"),
            ({"weekdays": ["9"], "every": "x", "what": "y", "region": "z"}, "Kies opnieuw"),
        ],
    )
    def test_what_does_not_fit_is_said_and_nothing_is_lost(self, at_work, source, given, sentence):
        text = look(at_work, source, **given).content.decode()
        assert sentence.lower() in text.lower()
        assert 'name="from_on"' in text
        assert "preview" not in text

    def test_without_a_meeting_there_is_nothing_to_repeat(self, at_work, source):
        empty = ActivityFactory(programme=source.programme, meetings=0)
        assert "eerst een bijeenkomst" in at_work.get(page(empty), follow=True).content.decode()

    def test_a_foreign_date_is_like_none(self, at_work):
        _partner, (foreign, _nobodys) = rival()
        for key in (foreign.pk, 987654321):
            for method in (at_work.get, at_work.post):
                assert method(f"/beheer/hubs/activity/{key}/herhalen/", fields()).status_code == 404


class TestOneCourse:
    def test_evenings_become_meetings_of_this_date(self, at_work, source):
        confirm(at_work, source, look(at_work, source, what="meetings"), what="meetings")
        assert Activity.objects.count() == 1
        assert source.meetings.count() == 4
        source.refresh_from_db()
        assert source.version == 2

    def test_who_signed_up_is_told_and_the_page_says_so_before(self, at_work, source):
        entry = SignUpFactory(activity=source)
        shown = look(at_work, source, what="meetings")
        assert "krijgt een mail dat deze datum veranderd is" in shown.content.decode()
        confirm(at_work, source, shown, what="meetings")
        tell_all(datetime(2027, 1, 1, tzinfo=UTC))
        assert OutboxMessage.objects.get(sign_up=entry).kind == MailKind.DATE_MOVED

    def test_of_a_course_that_is_over_nobody_is_told(self, at_work, source):
        source.meetings.update(
            starts_at=datetime(2020, 10, 5, 17, tzinfo=UTC), ends_at=datetime(2020, 10, 5, 19, tzinfo=UTC)
        )
        SignUpFactory(activity=source)
        said = "krijgt een mail dat deze datum veranderd is"
        for first, is_told in (("2020-10-06", False), ("2027-10-06", True)):
            assert (said in look(at_work, source, what="meetings", from_on=first).content.decode()) == is_told
