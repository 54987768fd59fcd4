"""One wish that many workers tell of at once, and one form that arrives many times at once."""

import time
from functools import partial
from itertools import count

import pytest
from django.db.models import QuerySet

from signups import suiting
from signups.domain import interests
from signups.models import DateInterest, MailKind, OutboxMessage
from tests.factories.signups import DateInterestFactory
from tests.races.crowd import at_once
from tests.signups.wishing import suiting_date, wish

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 12


@pytest.fixture
def interest():
    interest = DateInterestFactory()
    suiting_date(interest)
    return interest


@pytest.fixture
def slow(monkeypatch):
    """A moment between reading what is new and writing it, so that all have read before one writes."""
    occasion = suiting.occasion

    def later(*args):
        found = occasion(*args)
        time.sleep(0.2)
        return found

    monkeypatch.setattr(suiting, "occasion", later)


def told(now):
    crowd = at_once([partial(interests.tell, now=now)] * WORKERS, connections=WORKERS)
    assert not crowd.errors()
    return OutboxMessage.objects.filter(kind=MailKind.INTEREST_MATCH).count(), sum(crowd.answers)


def test_many_workers_write_one_mail(interest, now, slow):
    assert told(now) == (1, 1)


def test_control_without_lock_and_key_each_writes_one(interest, now, monkeypatch):
    numbers = count()

    def other_each_time(*_):
        time.sleep(0.2)
        return str(next(numbers))

    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, *_, **__: self.all())
    monkeypatch.setattr(suiting, "occasion", other_each_time)
    mails, answers = told(now)
    assert mails > 1
    assert answers > 1


def test_one_form_at_once_is_one_row_and_one_mail(now):
    for posted in (wish(), wish(email="")):
        crowd = at_once([partial(interests.ask, wish=posted, now=now)] * WORKERS, connections=WORKERS)
        assert not crowd.errors()
    assert (DateInterest.objects.count(), OutboxMessage.objects.count()) == (2, 1)


def test_five_unproven_ones_also_when_they_come_at_once(now):
    at_once([partial(interests.ask, wish=wish(), now=now) for _ in range(WORKERS)], connections=WORKERS)
    assert DateInterest.objects.count() == interests.MOST_UNPROVEN


def test_control_without_the_lock_of_the_address_there_are_more(now, monkeypatch):
    monkeypatch.setattr("signups.domain.locks.address", lambda _: None)
    check = interests._check_unproven

    def hesitant(*args):
        check(*args)
        time.sleep(0.2)

    monkeypatch.setattr(interests, "_check_unproven", hesitant)
    at_once([partial(interests.ask, wish=wish(), now=now) for _ in range(WORKERS)], connections=WORKERS)
    assert DateInterest.objects.count() > interests.MOST_UNPROVEN
