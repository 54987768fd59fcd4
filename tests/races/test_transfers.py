"""Sign-ups that change places at the same moment, and walk-ins beside them: nobody's seat is sold twice or lost."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from signups.domain import locks, transfers, walk_ins
from signups.domain.errors import Reason
from signups.models import LIVE, SignUp, State
from tests.factories.hubs import ActivityFactory
from tests.factories.partners import UserFactory
from tests.races import guards
from tests.races.crowd import at_once, deadlocks
from tests.signups.applying import join, person
from tests.signups.invariants import check

pytestmark = pytest.mark.django_db(transaction=True)
SEATS = 8


@pytest.fixture
def staff(transactional_db):
    return UserFactory()


def move(entry, activity, now, staff):
    return partial(transfers.move, sign_up_id=entry.pk, to_activity_id=activity.pk, by=staff, now=now)


class TestTwoFullDates:
    """Everybody of each date asks for the other one, while newcomers sign up for both."""

    @pytest.fixture
    def dates(self, now):
        return [ActivityFactory(capacity=SEATS, waiting_limit=0) for _date in range(2)]

    def race(self, dates, now, staff, *, free):
        seated = [
            [join(date, person(number + 100 * at), now) for number in range(SEATS - free)]
            for at, date in enumerate(dates)
        ]
        calls = []
        for at, entries in enumerate(seated):
            calls += [move(entry, dates[1 - at], now, staff) for entry in entries]
            calls += [partial(join, dates[at], person(500 + 100 * at + number), now) for number in range(4)]
        return at_once(calls[::2] + calls[1::2])

    def test_without_a_free_seat_everybody_stays(self, dates, now, staff):
        crowd = self.race(dates, now, staff, free=0)
        assert crowd.count() == {Reason.FULL: len(crowd.answers)}
        assert [guards.sold(date) for date in dates] == [SEATS, SEATS]

    def test_with_a_few_seats_as_many_as_fit_and_nobody_is_lost(self, dates, now, staff):
        before = deadlocks()
        crowd = self.race(dates, now, staff, free=2)
        assert not crowd.errors()
        assert deadlocks() == before
        for date in dates:
            assert guards.sold(date) <= SEATS
            check(date.pk, tidied_at=now)
        moved_or_stayed = SignUp.objects.filter(
            name__in=[f"Leerling {n + 100 * at}" for at in (0, 1) for n in range(6)]
        )
        assert moved_or_stayed.filter(state__in=LIVE).count() == 12

    def test_control_without_locks_seats_are_sold_twice(self, dates, now, staff, hesitant, monkeypatch):
        guards.without_locks(monkeypatch)
        with guards.without_constraints(guards.NEVER_OVERSOLD, guards.ONE_PLACE_EACH):
            crowd = self.race(dates, now, staff, free=2)
            assert crowd.errors() or any(guards.sold(date) > SEATS or guards.doubled_places(date) for date in dates)

    def test_control_without_an_order_of_locks_they_wait_for_each_other(self, now, staff, monkeypatch):
        dates = [ActivityFactory(capacity=None) for _date in range(2)]
        seated = [
            [join(date, person(number + 100 * at), now) for number in range(SEATS)] for at, date in enumerate(dates)
        ]
        calls = [move(entry, dates[1 - at], now, staff) for at in (0, 1) for entry in seated[at]]
        monkeypatch.setattr(locks, "activities", lambda *keys: [locks.activity(key) for key in keys])
        before = deadlocks()
        crowd = at_once(calls[::2] + calls[1::2])
        assert crowd.errors() or deadlocks() > before


class TestTheDoor:
    """Sixteen pairs stand at the door of a date with room for five pairs; everybody taps twice."""

    def taps(self, now, staff):
        activity = ActivityFactory(capacity=10, starts_at=now + timedelta(hours=1))
        meeting, tokens = activity.meetings.get(), [uuid4() for _pair in range(16)]
        given = {"number": 2, "education_level_id": None, "by": staff, "now": now}
        return activity, [
            partial(walk_ins.add, meeting_id=meeting.pk, submit_token=token, **given) for token in tokens * 2
        ]

    def test_five_pairs_come_in(self, now, staff):
        activity, calls = self.taps(now, staff)
        crowd = at_once(calls)
        assert crowd.count() == {State.CONFIRMED: 10, Reason.FULL: 22}
        assert guards.sold(activity) == 10
        check(activity.pk)

    def test_control_without_locks(self, now, staff, hesitant, monkeypatch):
        guards.without_locks(monkeypatch)
        with guards.without_constraints(guards.NEVER_OVERSOLD, guards.ONE_PLACE_EACH):
            activity, calls = self.taps(now, staff)
            crowd = at_once(calls)
            assert crowd.errors() or guards.sold(activity) > 10 or guards.doubled_places(activity)
