"""The races as visitors run them: the form's own page, through the real web server with sixteen requests at a time."""

from collections import Counter
from contextlib import suppress
from functools import partial

import pytest
from django.db import IntegrityError, connection

from hubs.models import Activity
from signups.domain import seats
from signups.models import MailKind, OutboxMessage, SignUp, State
from tests.factories.hubs import ActivityFactory
from tests.races import guards
from tests.races.crowd import deadlocks
from tests.races.site import UNGUARDED, Visitor, connections_of_site, fill_in, running_site, rush, together
from tests.races.watcher import Watcher
from tests.signups.applying import join, person
from tests.signups.invariants import check

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
NETS = (guards.NEVER_OVERSOLD, guards.ONE_PLACE_EACH)


@pytest.fixture(scope="session")
def unguarded_site(servers, django_db_setup):
    with running_site(servers, entrance=UNGUARDED) as port:
        yield port


def persons(number):
    return [
        {"participant_name": f"Leerling {n}", "age_band": "from_16", "email": f"leerling{n}@school.example"}
        for n in range(number)
    ]


def classes(number, pupils=25):
    return [
        {
            "school_other": "Voorbeeldschool",
            "class_name": f"Klas {n}",
            "pupils": pupils,
            "adults": 2,
            "contact_name": f"Docent {n}",
            "email": f"docent{n}@school.example",
        }
        for n in range(number)
    ]


def send(port, activity, forms, *, of="", one_form=False):
    path = f"/agenda/{activity.pk}/aanmelden/{of}"
    first = Visitor(port, 0)
    visitors = [first] * len(forms) if one_form else [Visitor(port, n) for n in range(len(forms))]
    return rush(visitors, path, forms)


def statuses(answers):
    return Counter(answer.status for answer in answers)


@pytest.mark.parametrize(
    "number", [120, *(pytest.param(400, marks=pytest.mark.proof, id=f"400-{run}") for run in range(5))]
)
def test_twenty_seats_ten_places_and_a_refusal_for_the_others(site, number):
    activity, before = ActivityFactory(capacity=20, waiting_limit=10), deadlocks()
    with guards.log_of_commits() as commits:
        answers = send(site, activity, persons(number))
        entries = SignUp.objects.order_by("queue_number")
        assert statuses(answers) == {303: 30, 200: number - 30}
        assert sum(answer.is_seat_or_place for answer in answers) == 30
        assert sum(answer.is_polite_refusal for answer in answers) == number - 30
        assert [entry.state for entry in entries] == [State.REQUESTED] * 20 + [State.WAITING] * 10
        assert commits() == [entry.queue_number for entry in entries]
    assert connections_of_site() >= 12
    assert deadlocks() == before
    if number == 400:
        assert max(answer.seconds for answer in answers) <= 10
    check(activity.pk)


def test_forty_classes_for_a_hundred_seats_are_four_whole_ones(site):
    activity = ActivityFactory(capacity=100, for_classes=True, for_persons=False, waiting_limit=0)
    answers = send(site, activity, classes(40), of="klas/")
    assert statuses(answers) == {303: 4, 200: 36}
    assert list(SignUp.objects.values_list("state", "seats")) == [(State.REQUESTED, 25)] * 4
    check(activity.pk)


def test_one_form_posted_fifty_times_is_one_row_one_mail_one_answer(site):
    activity = ActivityFactory(capacity=99)
    answers = send(site, activity, persons(1) * 50, one_form=True)
    assert {(answer.status, answer.location) for answer in answers} == {
        (303, f"/agenda/{activity.pk}/aanmelden/ontvangen/")
    }
    assert (SignUp.objects.count(), OutboxMessage.objects.count()) == (1, 1)
    check(activity.pk)


class TestCancellationsSignUpsAndEdits:
    """Twenty seats, all certain, ten wait: twenty leave, fifty sign up, staff edit 20 → 25 → 15."""

    def race(self, port, now):
        activity = ActivityFactory(capacity=20)
        entries = [join(activity, person(n), now) for n in range(1000, 1030)]
        leaving = [Visitor(port, n) for n in range(20)]
        coming = [Visitor(port, n) for n in range(20, 70)]
        path = f"/agenda/{activity.pk}/aanmelden/"
        for visitor, entry in zip(leaving, entries, strict=False):
            visitor.open_own_page(entry)
        fill_in(coming, path)
        calls = [
            partial(visitor.post, f"/aanmelding/s/{entry.uuid}/afmelden/", {})
            for visitor, entry in zip(leaving, entries, strict=False)
        ]
        calls += [partial(visitor.post, path, form) for visitor, form in zip(coming, persons(50), strict=True)]
        calls.insert(20, partial(self.edit, activity, 25))
        calls.insert(50, partial(self.edit, activity, 15))
        with Watcher(activity) as watcher:
            answers = together(calls)
        return activity, entries[20:], [answer for answer in answers if answer], watcher.seen

    def edit(self, activity, capacity):
        with suppress(IntegrityError):  # below what is taken at that moment
            Activity.objects.filter(pk=activity.pk).update(capacity=capacity)
        connection.close()

    def test_never_above_capacity_and_offers_in_order(self, site, now):
        before = deadlocks()
        activity, waiting, answers, seen = self.race(site, now)
        assert statuses(answers) == {303: 70}
        assert all(taken == held <= capacity for capacity, taken, held in seen)
        seats.tidy(activity_id=activity.pk, now=now)
        check(activity.pk, tidied_at=now)
        assert deadlocks() == before
        offers = OutboxMessage.objects.filter(kind=MailKind.OFFER).order_by("pk").values_list("sign_up", flat=True)
        assert list(offers) == [entry.pk for entry in waiting]

    @pytest.mark.proof
    def test_control_without_locks_and_nets_places_are_given_twice(self, unguarded_site, now):
        with guards.without_constraints(*NETS):
            activity, _waiting, _answers, _seen = self.race(unguarded_site, now)
            assert guards.doubled_places(activity)


class TestStaleForm:
    """Staff opened the date before twenty people signed up, and save it after: save() writes every column."""

    def sell_twice(self, port):
        activity = ActivityFactory(capacity=20, waiting_limit=0)  # holds what it read: nobody has a seat
        path = f"/agenda/{activity.pk}/aanmelden/"
        visitors = [Visitor(port, n) for n in range(40)]
        fill_in(visitors, path)
        calls = [partial(visitor.post, path, form) for visitor, form in zip(visitors, persons(40), strict=True)]
        assert statuses(together(calls[:20])) == {303: 20}
        activity.note = "met proefles"
        activity.save()
        return activity, statuses(together(calls[20:]))

    def test_it_sells_no_seat_twice(self, site):
        activity, second = self.sell_twice(site)
        assert (second, guards.sold(activity)) == ({200: 20}, 20)
        check(activity.pk)

    def test_control_without_the_trigger_every_seat_is_sold_twice(self, site):
        with guards.without_trigger(guards.KEEPS_COUNTERS, "hubs_activity"):
            activity, second = self.sell_twice(site)
            assert (second, guards.sold(activity)) == ({303: 20}, 40)


@pytest.mark.proof
class TestControls:
    """The same through a server without locks, on a database without its nets."""

    def test_it_oversells(self, unguarded_site):
        activity = ActivityFactory(capacity=20, waiting_limit=10)
        with guards.without_constraints(*NETS):
            send(unguarded_site, activity, persons(120))
            assert guards.sold(activity) > 20

    def test_classes_oversell(self, unguarded_site):
        activity = ActivityFactory(capacity=100, for_classes=True, for_persons=False, waiting_limit=0)
        with guards.without_constraints(*NETS):
            send(unguarded_site, activity, classes(40), of="klas/")
            assert guards.sold(activity) > 100

    def test_one_form_is_several_rows(self, unguarded_site):
        activity = ActivityFactory(capacity=99)
        with guards.without_constraints(guards.ONE_PER_FORM, guards.NO_DOUBLES, guards.ONE_PLACE_EACH):
            send(unguarded_site, activity, persons(1) * 50, one_form=True)
            assert SignUp.objects.count() > 1
