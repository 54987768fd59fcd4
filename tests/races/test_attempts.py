"""Many guess at once, or ask at once for a new password: an account has its share and no more."""

from functools import partial
from itertools import count
from threading import Barrier

import pytest

from content.domain import named_locks
from partners.domain import attempts
from partners.models import Attempt
from tests.factories.partners import OfficeUserFactory
from tests.logging_in import StaffClient, add_app, mails
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 12
PASSWORD = "een-lang-wachtwoord"
WRONG = ("horen niet bij elkaar", "Deze code klopt niet", "Dit is niet je wachtwoord van nu")


def ask(now):
    take = partial(attempts.take, attempts.PASSWORD_MAILS, of="iemand@voorbeeld.example", now=now)
    return sum(answer is not None for answer in at_once([take] * AT_ONCE).answers)


def test_no_more_than_the_share(now):
    assert ask(now) == Attempt.objects.count() == attempts.PASSWORD_MAILS.most


@pytest.fixture(autouse=True)
def _without_limits_in_the_cache(settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "change_password": "100/m/user"}


def without_the_lock(monkeypatch):
    """All have counted before one is noted."""
    together, came, save = Barrier(AT_ONCE, timeout=20), count(), Attempt.save

    def save_together(self, *args, **kwargs):
        if next(came) < AT_ONCE:
            together.wait()
        save(self, *args, **kwargs)

    monkeypatch.setattr(named_locks, "hold", lambda _name: None)
    monkeypatch.setattr(Attempt, "save", save_together)


def test_control_without_the_lock_there_are_more(now, monkeypatch):
    without_the_lock(monkeypatch)
    assert ask(now) > attempts.PASSWORD_MAILS.most


def guess_passwords():
    fields = {"login": OfficeUserFactory().email, "password": "verkeerd-wachtwoord"}
    return [partial(is_looked_at, StaffClient(), "/account/login/", fields) for _number in range(AT_ONCE)]


def guess_codes():
    """Each in a session of its own that passed the password."""
    user, visitors = OfficeUserFactory(password=PASSWORD), [StaffClient() for _number in range(AT_ONCE)]
    add_app(user)
    for visitor in visitors:
        visitor.post("/account/login/", {"login": user.email, "password": PASSWORD})
    fields = {"code": "000000"}
    return [partial(is_looked_at, visitor, "/account/tweede-stap/code/", fields) for visitor in visitors]


def guess_old_passwords():
    """At screens that were left open."""
    user, visitors = OfficeUserFactory(password=PASSWORD), [StaffClient() for _number in range(AT_ONCE)]
    for visitor in visitors:
        visitor.force_login(user)
    new = "een-heel-ander-wachtwoord"
    fields = {"oldpassword": "verkeerd-wachtwoord", "password1": new, "password2": new}
    return [partial(is_looked_at, visitor, "/account/wachtwoord/", fields) for visitor in visitors]


def is_looked_at(visitor, path, fields):
    said = visitor.post(path, fields).content.decode()
    answer = any(wrong in said for wrong in WRONG)
    assert answer != ("Te veel verkeerde pogingen" in said)
    return answer


@pytest.mark.parametrize("guess", [guess_passwords, guess_old_passwords, guess_codes])
def test_of_many_guesses_at_once_five_are_looked_at_and_the_owner_is_told_once(guess):
    assert at_once(guess()).answers.count(True) == 5
    mails(1)


@pytest.mark.parametrize("guess", [guess_passwords, guess_old_passwords, guess_codes])
def test_control_without_the_lock_more_guesses_are_looked_at(guess, monkeypatch):
    calls = guess()
    without_the_lock(monkeypatch)
    assert at_once(calls).answers.count(True) > 5
