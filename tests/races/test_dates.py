"""One button of the back office pressed many times at once: a series is made once, a date moves once."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from hubs.domain import duplicates, series
from hubs.domain.series import Rhythm
from hubs.models import Activity
from signups.domain import moves
from signups.domain.moves import Move
from tests.factories.hubs import ActivityFactory
from tests.factories.partners import UserFactory
from tests.races import guards
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)
EVENING = datetime(2027, 10, 5, 17, tzinfo=UTC)
TIMES = 16


def repeat(now):
    source = ActivityFactory(starts_at=EVENING)
    days = [(EVENING + timedelta(weeks=week)).date() for week in (1, 2)]
    rhythm = Rhythm(from_on=days[0], weekdays=frozenset([1]), until_on=days[1])
    write = partial(
        series.write, source_id=source.pk, rhythm=rhythm, as_meetings=False, days=days, by=UserFactory(), now=now
    )
    return at_once([write] * TIMES)


def copy():
    source = ActivityFactory(starts_at=EVENING)

    def press():
        with suppress(duplicates.ThereAlreadyError):
            duplicates.duplicate_date(source=source, days=7)

    at_once([press] * TIMES)
    return Activity.objects.count() - 1


def move(now):
    activity = ActivityFactory(starts_at=EVENING, meetings=3)
    carry_out = partial(
        moves.carry_out, versions={activity.pk: activity.version}, move=Move(days=7), by=UserFactory(), now=now
    )
    at_once([carry_out] * TIMES)
    activity.refresh_from_db()
    return (activity.first_starts_at - EVENING) // timedelta(weeks=1)


def test_a_series_is_made_once(now):
    assert repeat(now).errors() == []
    assert Activity.objects.count() == 3


def test_control_without_the_lock_there_are_more(now, monkeypatch):
    guards.without_locks(monkeypatch)
    repeat(now)
    assert Activity.objects.count() > 3


def test_a_date_is_copied_once():
    assert copy() == 1


def test_control_without_the_lock_there_are_more_copies(monkeypatch):
    guards.without_locks(monkeypatch)
    assert copy() > 1


def test_a_date_moves_once(now):
    assert move(now) == 1


def test_control_without_looking_at_the_version_it_moves_on(now, monkeypatch):
    class Whatever(dict):
        def __getitem__(self, pk):
            return Activity.objects.values_list("version", flat=True).get(pk=pk)

    carry_out = moves.carry_out
    monkeypatch.setattr(moves, "carry_out", lambda versions, **given: carry_out(versions=Whatever(versions), **given))
    assert move(now) == TIMES
