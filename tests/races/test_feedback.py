"""One opinion, given many times at once."""

from datetime import timedelta
from functools import partial

import pytest

from signups.domain import feedback
from signups.models import Feedback
from tests.factories.hubs import ActivityFactory
from tests.factories.signups import SignUpFactory
from tests.races import guards
from tests.races.crowd import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("hesitant")]


def twelve(now):
    entry = SignUpFactory(activity=ActivityFactory(starts_at=now - timedelta(days=1)))
    give = partial(feedback.give, sign_up_id=entry.pk, liked=5, learned=4, wants_more=3, now=now)
    return at_once([give] * 12)


def test_twelve_at_once_are_one_opinion(now):
    assert twelve(now).count() == {"NoneType": 1, "no_longer": 11}
    assert Feedback.objects.count() == 1


def test_control_without_the_lock_there_are_more(now, monkeypatch):
    guards.without_locks(monkeypatch)
    twelve(now)
    assert Feedback.objects.count() > 1
