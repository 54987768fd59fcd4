"""A seat that several decisions are about at the same moment: accepting, declining, running out, leaving, editing."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError

from hubs.models import Activity
from signups.domain import seats
from signups.domain.errors import Reason
from signups.models import Ending, MailKind, OutboxMessage, State
from tests.factories.hubs import ActivityFactory
from tests.races import guards
from tests.races.crowd import at_once, deadlocks
from tests.races.watcher import Watcher
from tests.signups.applying import join, mails, person
from tests.signups.invariants import check

pytestmark = pytest.mark.django_db(transaction=True)
LATER = timedelta(days=3)


def cancel(entry, now, ending=Ending.OWN):
    return partial(seats.cancel, sign_up_id=entry.pk, ending=ending, now=now)


def accept(entry, now):
    return partial(seats.accept, sign_up_id=entry.pk, now=now)


class TestCancellationsSignUpsAndEdits:
    """Twenty seats, all certain, ten wait: twenty cancel, fifty sign up and prove, staff edit 20 → 25 → 15."""

    @pytest.fixture
    def activity(self, now):
        activity = ActivityFactory(capacity=20)
        self.seated = [join(activity, person(n), now) for n in range(20)]
        self.waiting = [join(activity, person(n), now) for n in range(20, 30)]
        return activity

    def race(self, activity, now):
        calls = []
        for n in range(50):
            calls.append(partial(join, activity, person(100 + n), now))
            if n < 20:
                calls.append(cancel(self.seated[n], now))
            if n in {10, 25}:
                calls.append(partial(self.edit, activity, {10: 25, 25: 15}[n]))
        with Watcher(activity) as watcher:
            crowd = at_once(calls)
        return crowd, watcher.seen

    def edit(self, activity, capacity):
        Activity.objects.filter(pk=activity.pk).update(capacity=capacity)

    def test_never_above_capacity_and_offers_in_order(self, activity, now):
        before = deadlocks()
        crowd, seen = self.race(activity, now)
        assert all(taken == held <= capacity for capacity, taken, held in seen)
        assert not [error for error in crowd.errors() if "never_oversold" not in str(error)]
        seats.tidy(activity_id=activity.pk, now=now)
        check(activity.pk, tidied_at=now)
        assert deadlocks() == before
        offers = OutboxMessage.objects.filter(kind=MailKind.OFFER, sign_up__in=[entry.pk for entry in self.waiting])
        assert list(offers.order_by("pk").values_list("sign_up", flat=True)) == [entry.pk for entry in self.waiting]

    def test_an_edit_below_what_is_taken_is_refused(self, activity, now):
        with pytest.raises(IntegrityError, match=guards.NEVER_OVERSOLD):
            self.edit(activity, 15)

    def test_control_without_locks_and_nets_places_are_given_twice(self, activity, now, hesitant, monkeypatch):
        guards.without_locks(monkeypatch)
        with guards.without_constraints(guards.NEVER_OVERSOLD, guards.ONE_PLACE_EACH):
            self.race(activity, now)
            assert guards.doubled_places(activity)


class TestOneOffer:
    """Two windows accept, a third declines, and the sweep finds that it ran out."""

    @pytest.fixture
    def offered(self, now):
        activity = ActivityFactory(capacity=1)
        seated, first, _second = (join(activity, person(n), now) for n in range(3))
        cancel(seated, now)()
        return first

    def all_at_once(self, offered, now):
        calls = [accept(offered, now), accept(offered, now), cancel(offered, now, Ending.DECLINED)] * 3
        calls += [partial(seats.tidy, activity_id=offered.activity_id, now=now + LATER)] * 3
        return at_once(calls)

    def test_one_of_them_wins(self, offered, now, hesitant):
        crowd = self.all_at_once(offered, now)
        assert not crowd.errors()
        check(offered.activity_id)
        assert mails(offered).count(MailKind.CONFIRMED) <= 1
        assert guards.sold(offered.activity) <= 1

    def test_accepting_in_twelve_windows_is_accepting_once(self, offered, now, hesitant):
        crowd = at_once([accept(offered, now)] * 12)
        assert crowd.count() == {State.CONFIRMED: 12}
        assert mails(offered).count(MailKind.CONFIRMED) == 1

    def test_who_accepts_while_it_runs_out_has_the_seat_or_a_refusal(self, offered, now, hesitant):
        late = offered.activity.first_starts_at  # both at a moment at which nothing is open any more
        crowd = at_once(
            [accept(offered, late)] * 6 + [partial(seats.tidy, activity_id=offered.activity_id, now=late)] * 6
        )
        assert crowd.count() == {Reason.NO_LONGER: 6, "NoneType": 6}
        check(offered.activity_id, tidied_at=late)

    def test_control_without_locks_two_decisions_contradict(self, offered, now, hesitant, monkeypatch):
        guards.without_locks(monkeypatch)
        crowd = at_once([accept(offered, now), cancel(offered, now, Ending.DECLINED)] * 6)
        told = set(mails(offered)) & {MailKind.CONFIRMED, MailKind.CANCELLED}
        assert crowd.errors() or (len(told) == 2 and crowd.count()[State.CONFIRMED] and crowd.count()[State.CANCELLED])
