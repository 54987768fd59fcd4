"""More people than seats, all at once, at the domain's own functions. Through the web server: test_over_http.py."""

from functools import partial

import pytest

from signups.domain import seats
from signups.domain.errors import Reason
from signups.models import SignUp, State
from tests.factories.hubs import ActivityFactory
from tests.races import guards
from tests.races.crowd import at_once, deadlocks
from tests.signups.applying import a_class, person
from tests.signups.invariants import check

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("hesitant")]
NETS = (guards.NEVER_OVERSOLD, guards.ONE_PLACE_EACH)


def rush(activity, applications, now):
    calls = [partial(seats.sign_up, activity_id=activity.pk, application=form, now=now) for form in applications]
    return at_once(calls)


def people(number):
    return list(map(person, range(number)))


def twenty_seats():
    return ActivityFactory(capacity=20, waiting_limit=10)


@pytest.mark.parametrize(
    "number", [120, *(pytest.param(400, marks=pytest.mark.proof, id=f"400-{run}") for run in range(5))]
)
def test_twenty_seats_ten_places_and_a_refusal_for_the_others(now, number):
    activity, before = twenty_seats(), deadlocks()
    with guards.log_of_commits() as commits:
        crowd = rush(activity, people(number), now)
        entries = SignUp.objects.order_by("queue_number")
        assert crowd.count() == {State.REQUESTED: 20, State.WAITING: 10, Reason.FULL: number - 30}
        assert commits() == list(entries.values_list("queue_number", flat=True))
        assert [entry.state for entry in entries] == [State.REQUESTED] * 20 + [State.WAITING] * 10
    assert deadlocks() == before
    check(activity.pk)


def test_control_without_locks_and_nets_it_oversells(now, monkeypatch):
    activity = twenty_seats()
    guards.without_locks(monkeypatch)
    with guards.without_constraints(*NETS):
        rush(activity, people(120), now)
        assert guards.sold(activity) > 20


def test_control_without_locks_the_nets_hold_but_visitors_get_errors(now, monkeypatch):
    activity = twenty_seats()
    guards.without_locks(monkeypatch)
    crowd = rush(activity, people(120), now)
    assert crowd.errors()
    assert guards.sold(activity) <= 20


def test_forty_classes_for_a_hundred_seats_are_four_whole_ones(now):
    activity = ActivityFactory(capacity=100, for_classes=True, waiting_limit=0)
    crowd = rush(activity, [a_class(n, 25) for n in range(40)], now)
    assert crowd.count() == {State.REQUESTED: 4, Reason.FULL: 36}
    assert {entry.seats for entry in SignUp.objects.all()} == {25}
    check(activity.pk)


def test_control_without_locks_classes_oversell(now, monkeypatch):
    activity = ActivityFactory(capacity=100, for_classes=True, waiting_limit=0)
    guards.without_locks(monkeypatch)
    with guards.without_constraints(*NETS):
        rush(activity, [a_class(n, 25) for n in range(40)], now)
        assert guards.sold(activity) > 100


class TestStaleForm:
    """Staff opened the date before twenty people signed up, and save it after: save() writes every column."""

    def sell_twice(self, now):
        activity = ActivityFactory(capacity=20, waiting_limit=0)  # holds what it read: nobody has a seat
        first = rush(activity, people(20), now)
        activity.note = "met proefles"
        activity.save()
        second = rush(activity, list(map(person, range(20, 40))), now)
        return activity, first.count(), second.count()

    def test_it_sells_no_seat_twice(self, now):
        activity, first, second = self.sell_twice(now)
        assert (first, second) == ({State.REQUESTED: 20}, {Reason.FULL: 20})
        check(activity.pk)

    def test_control_without_the_trigger_every_seat_is_sold_twice(self, now):
        with guards.without_trigger(guards.KEEPS_COUNTERS, "hubs_activity"):
            activity, _first, second = self.sell_twice(now)
            assert (second, guards.sold(activity)) == ({State.REQUESTED: 20}, 40)
