"""Many ask at once for a new password of one address: it gets its share of mails and no more."""

from functools import partial
from threading import Barrier

import pytest

from content.domain import named_locks
from partners.domain import password_mails
from partners.models import PasswordMail
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 12


def ask(now):
    take = partial(password_mails.take, email="iemand@voorbeeld.example", now=now)
    return at_once([take] * AT_ONCE).answers.count(True)


def test_no_more_than_the_share(now):
    assert ask(now) == PasswordMail.objects.count() == password_mails.MOST


def test_control_without_the_lock_there_are_more(now, monkeypatch):
    together = Barrier(AT_ONCE, timeout=20)
    monkeypatch.setattr(named_locks, "hold", lambda _name: together.wait())
    assert ask(now) > password_mails.MOST
