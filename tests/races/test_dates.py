"""Buttons of the back office pressed many times at once: no date is made twice, a date moves once."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from threading import Barrier

import pytest

from hubs.domain import duplicates, series
from hubs.domain.series import Rhythm
from hubs.models import Activity
from signups.domain import moves
from signups.domain.moves import Move
from tests.exchanging import confirm, csv, upload
from tests.factories.hubs import ActivityFactory, ProgrammePartnerFactory
from tests.factories.partners import MembershipFactory, OfficeUserFactory, UserFactory
from tests.hubs.test_date_form import new_date
from tests.logging_in import StaffClient
from tests.mkbdeal.test_admin_site import address, shown_values
from tests.races import guards
from tests.races.crowd import at_once
from tests.races.meanwhile import Meanwhile, until_they_give_up

pytestmark = pytest.mark.django_db(transaction=True)
EVENING = datetime(2027, 10, 5, 17, tzinfo=UTC)
TIMES = 16
AT_ONCE = 12


def repeat(source, now):
    days = [(EVENING + timedelta(weeks=week)).date() for week in (1, 2)]
    rhythm = Rhythm(from_on=days[0], weekdays=frozenset([1]), until_on=days[1])
    write = {"rhythm": rhythm, "as_meetings": False, "days": days, "by": UserFactory(), "now": now}
    return partial(pressed, series.write, source_id=source.pk, **write)


def copy(source, now):
    days = (EVENING + timedelta(weeks=1) - source.first_starts_at).days
    return partial(pressed, duplicates.duplicate_date, source=source, days=days, by=UserFactory(), now=now)


def pressed(make, **given):
    with suppress(series.ChangedMeanwhileError, duplicates.ThereAlreadyError):
        make(**given)


def made(*buttons):
    """How many dates there are more."""
    before = Activity.objects.count()
    assert at_once([*buttons] * (TIMES // len(buttons))).errors() == []
    return Activity.objects.count() - before


def files():
    """How many dates come of one file that many colleagues confirm at once, and what each of them sees."""
    member = MembershipFactory()
    programme = ProgrammePartnerFactory(partner=member.partner).programme
    content = csv(["Nummer", "Programma", "Begin", "Einde"], ["", programme.slug, "05-10-2027 19.00", "21.00"])
    pages = []
    for _number in range(AT_ONCE):
        colleague = StaffClient()
        colleague.force_login(MembershipFactory(partner=member.partner).user)
        pages.append(partial(confirm, colleague, upload(colleague, Activity, content, "datums.csv")))
    told = [answer.content.decode() for answer in at_once(pages).answers]
    return Activity.objects.count(), sum("Dit programma heeft dan al een datum" in text for text in told)


def forms():
    """How many dates come of a button that is pressed many times."""
    member = MembershipFactory()
    programme = ProgrammePartnerFactory(partner=member.partner).programme
    browsers = [StaffClient() for _number in range(AT_ONCE)]
    for browser in browsers:
        browser.force_login(member.user)
    fields = new_date(programme, "2099-11-28")
    answers = at_once([partial(browser.post, address("Activity", "add"), fields) for browser in browsers]).answers
    assert {answer.status_code for answer in answers} <= {200, 302}
    return Activity.objects.count()


def move(now):
    activity = ActivityFactory(starts_at=EVENING, meetings=3)
    carry_out = partial(
        moves.carry_out, versions={activity.pk: activity.version}, move=Move(days=7), by=UserFactory(), now=now
    )
    at_once([carry_out] * TIMES)
    activity.refresh_from_db()
    return (activity.first_starts_at - EVENING) // timedelta(weeks=1)


@pytest.fixture
def unguarded(monkeypatch):
    """Nobody waits, and nobody looks at what there is before all of these have come so far."""
    guards.without_locks(monkeypatch)
    together, came = Barrier(AT_ONCE, timeout=20), count()
    hold = lambda *_programmes: next(came) < AT_ONCE and together.wait()  # noqa: E731
    monkeypatch.setattr(duplicates, "hold_dates_of", hold)


def test_a_series_is_made_once(now):
    assert made(repeat(ActivityFactory(starts_at=EVENING), now)) == 2


@pytest.mark.usefixtures("unguarded")
def test_control_without_the_lock_there_are_more(now):
    assert made(repeat(ActivityFactory(starts_at=EVENING), now)) > 2


def several_ways(now):
    """Series and copies of different dates of a programme to the same evenings: none locks the source of another."""
    last = ActivityFactory(starts_at=EVENING)
    weeks = [timedelta(weeks=week) for week in (1, 2, 3)]
    sources = [last, *(ActivityFactory(programme=last.programme, starts_at=EVENING - before) for before in weeks)]
    return [*(repeat(source, now) for source in sources[:2]), *(copy(source, now) for source in sources[2:])]


def doubled():
    starts = list(Activity.objects.values_list("first_starts_at", flat=True))
    return len(starts) - len(set(starts))


def test_an_evening_is_made_once_in_whichever_way(now):
    assert made(*several_ways(now)) > 0
    assert doubled() == 0


@pytest.mark.usefixtures("unguarded")
def test_control_without_the_lock_an_evening_is_made_in_several_ways(now):
    made(*several_ways(now))
    assert doubled() > 0


def test_files_make_a_date_once_and_say_why():
    assert files() == (1, AT_ONCE - 1)


@pytest.mark.usefixtures("unguarded")
def test_control_without_the_lock_files_make_more():
    assert files()[0] > 1


def test_a_form_makes_a_date_once():
    assert forms() == 1


@pytest.mark.usefixtures("unguarded")
def test_control_without_the_lock_a_form_makes_more():
    assert forms() > 1


def test_a_date_moves_once(now):
    assert move(now) == 1


def test_control_without_looking_at_the_version_it_moves_on(now, monkeypatch):
    class Whatever(dict):
        def __getitem__(self, pk):
            return Activity.objects.values_list("version", flat=True).get(pk=pk)

    carry_out = moves.carry_out
    monkeypatch.setattr(moves, "carry_out", lambda versions, **given: carry_out(versions=Whatever(versions), **given))
    assert move(now) == TIMES


def test_a_form_that_waits_in_vain_for_a_file_comes_back_as_typed(client, impatient):
    """The dates of its programme, or its own row, are held until the file is in."""
    client.force_login(OfficeUserFactory())
    activity = ActivityFactory()
    programme, page = activity.programme, address("Activity", "change", activity.pk)
    changed = {**shown_values(client.get(page)), "note": "Neem je bril mee"}
    new = new_date(programme, "2099-12-05", note="Neem je bril mee")
    hold_dates = partial(duplicates.hold_dates_of, programme.pk)
    hold_row = partial(list, Activity.objects.filter(pk=activity.pk).select_for_update(no_key=True))
    for held, path, fields, said in (
        (hold_dates, address("Activity", "add"), new, "Er worden net datums van dit programma ingelezen"),
        (hold_row, page, changed, "Iemand anders is hier net mee bezig"),
    ):
        with Meanwhile(held, until_they_give_up):
            html = client.post(path, fields).content.decode()
        assert said in html
        assert "Neem je bril mee" in html
        assert client.post(path, fields).status_code == 302
