"""The same form, the same person, the same address, many times at once."""

from functools import partial

import pytest

from signups.domain import seats
from signups.domain.errors import Reason
from signups.models import MailKind, OutboxMessage, SignUp, State
from tests.factories.hubs import ActivityFactory
from tests.races import guards
from tests.races.crowd import at_once
from tests.signups.applying import join, person
from tests.signups.invariants import check

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("hesitant")]


def post(activity, application, now):
    return partial(seats.sign_up, activity_id=activity.pk, application=application, now=now)


def mails():
    return list(OutboxMessage.objects.order_by("pk").values_list("kind", flat=True))


class TestOneFormFiftyTimes:
    def fifty(self, now):
        activity, form = ActivityFactory(capacity=99), person()
        return activity, at_once([post(activity, form, now) for _ in range(50)])

    def test_one_row_one_mail_one_answer(self, now):
        activity, crowd = self.fifty(now)
        assert crowd.count() == {State.REQUESTED: 50}
        assert len({answer.pk for answer in crowd.answers}) == SignUp.objects.count() == 1
        assert mails() == [MailKind.PROVE]
        check(activity.pk)

    def test_control_without_locks_and_indexes_there_are_more(self, now, monkeypatch):
        guards.without_locks(monkeypatch)
        with guards.without_constraints(guards.ONE_PER_FORM, guards.NO_DOUBLES, guards.ONE_PLACE_EACH):
            self.fifty(now)
            assert SignUp.objects.count() > 1

    def test_control_without_locks_the_indexes_keep_it_one_but_visitors_get_errors(self, now, monkeypatch):
        guards.without_locks(monkeypatch)
        _activity, crowd = self.fifty(now)
        assert (SignUp.objects.count(), bool(crowd.errors())) == (1, True)


class TestOnePersonInFiftyWindows:
    def fifty(self, now):
        activity = ActivityFactory(capacity=99)
        return activity, at_once([post(activity, person(), now) for _ in range(50)])

    def test_one_row_and_one_mail_that_it_was_there(self, now):
        activity, crowd = self.fifty(now)
        assert (crowd.count(), SignUp.objects.count()) == ({State.REQUESTED: 50}, 1)
        assert mails() == [MailKind.PROVE, MailKind.ALREADY]
        check(activity.pk)

    def test_control_without_locks_and_index_there_are_more(self, now, monkeypatch):
        guards.without_locks(monkeypatch)
        with guards.without_constraints(guards.NO_DOUBLES, guards.ONE_PLACE_EACH):
            self.fifty(now)
            assert SignUp.objects.count() > 1


class TestOneAddressForManyDates:
    """Every date has a lock of its own, so here the lock on the address decides."""

    def twelve(self, now):
        return at_once([post(ActivityFactory(), person(), now) for _ in range(12)])

    def test_five_unproven(self, now):
        assert self.twelve(now).count() == {State.REQUESTED: 5, Reason.TOO_MANY_UNPROVEN: 7}

    def test_control_without_the_lock_on_the_address_there_are_more(self, now, monkeypatch):
        monkeypatch.setattr("signups.domain.locks.address", lambda _: None)
        assert self.twelve(now).count()[State.REQUESTED] > 5


@pytest.mark.parametrize(("first", "again"), [("İrem", "irem"), ("STRAẞE", "straße"), ("ÉVA", "éva")])
def test_the_domain_sees_doubles_as_the_index_sees_them(now, first, again):
    """PostgreSQL's upper() and lower() pair other letters; the index has lower()."""
    activity = ActivityFactory()
    entry = join(activity, person(name=first), now, proven=False)
    assert join(activity, person(name=again), now, proven=False).pk == entry.pk
