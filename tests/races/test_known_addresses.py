"""A5: over HTTP nothing tells whether an address is known: neither the answer nor, in the proof, how long it takes."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

import pytest
from django.contrib.auth.hashers import make_password

from content import clock
from hubs.models import Activity
from partners.models import User
from tests.factories.hubs import ActivityFactory, EducationLevelFactory
from tests.factories.signups import DateInterestFactory, SignUpFactory
from tests.races.site import FILL_SECONDS, HIDDEN, Visitor, running_site

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
KNOWN, UNKNOWN = "bekend", "vreemd"
MOST_APART = 0.010  # seconds
numbers = itertools.count(40_000)  # of visitors: each has an address of its own, also for the limits


@pytest.fixture(scope="module")
def telling_site(servers, django_db_setup):
    with running_site(servers, entrance="tests.races.telling:application") as port:
        yield port


def address(who, number):
    return f"{who}{number:03d}@school.example"


def name(who, number):
    return f"Leerling {who} {number:03d}"


@dataclass
class Form:
    """Where it is, the status of its answer, what an address fills in, and the seats left once it was opened."""

    path: str
    status: int
    given: Callable[[str, int], dict]
    activity: Activity | None = None
    seats: dict = field(default_factory=dict)

    def opened(self):
        if self.activity:
            Activity.objects.filter(pk=self.activity.pk).update(**self.seats)


# Each makes so many known addresses.


def lost_links(number):
    for n in range(number):
        SignUpFactory(email=address(KNOWN, n))
    return Form("/aanmelding/", 303, lambda who, n: {"email": address(who, n)})


def open_date(number):
    return _sign_up(number)


def full_date(number):
    return _sign_up(number, status=200, capacity=number, waiting_limit=0)


def full_date_with_a_queue(number):
    return _sign_up(number, capacity=number)


def date_wish(number):
    level = EducationLevelFactory(code="havo")
    month = f"{clock.local_date(clock.now()):%Y-%m}"
    for n in range(number):
        SignUpFactory(email=address(KNOWN, n))
        DateInterestFactory(email=address(KNOWN, n), education_level=level)
    answers = {"education_level": "havo", "people": 1, "from_month": month, "until_month": month}
    return Form("/agenda/wens/", 303, lambda who, n: answers | {"email": address(who, n)})


def login(number):
    _accounts(number)
    return Form("/account/login/", 200, lambda who, n: {"login": address(who, n), "password": "verkeerd-wachtwoord"})


def forgotten_password(number):
    _accounts(number)
    return Form("/account/wachtwoord/vergeten/", 302, lambda who, n: {"email": address(who, n)})


def _sign_up(number, status=303, **seats):
    activity = ActivityFactory(capacity=None)
    for n in range(number):
        SignUpFactory(activity=activity, email=address(KNOWN, n), name=name(KNOWN, n))
    answers = {"age_band": "from_16"}
    return Form(
        f"/agenda/{activity.pk}/aanmelden/",
        status,
        lambda who, n: answers | {"participant_name": name(who, n), "email": address(who, n)},
        activity,
        seats,
    )


def _accounts(number):
    password = make_password("een-lang-wachtwoord")
    User.objects.bulk_create(User(email=address(KNOWN, n), name="", password=password) for n in range(number))


FORMS = pytest.mark.parametrize(
    "make", [lost_links, open_date, full_date, full_date_with_a_queue, date_wish, login, forgotten_password]
)


def ask(port, make, number):
    """Known and unknown addresses by turns: what each is told, and the median of the seconds that it takes."""
    form, first = make(number), Visitor(port, next(numbers))
    first.open_form(form.path)
    form.opened()
    time.sleep(FILL_SECONDS if "submit_token" in first.fields else 0)
    told, seconds = {KNOWN: set(), UNKNOWN: set()}, {KNOWN: [], UNKNOWN: []}
    for n in range(number):
        for who in (KNOWN, UNKNOWN) if n % 2 else (UNKNOWN, KNOWN):
            visitor = Visitor(port, next(numbers))
            visitor.cookies, visitor.fields = dict(first.cookies), first.fields
            answer = visitor.post(form.path, form.given(who, n))
            assert answer.status == form.status
            seconds[who].append(answer.seconds)
            after = visitor.get(answer.location).text if answer.location else ""
            told[who].add((answer.location, *visitor.cookies, plain(answer.text + after, who, n)))
    return told, {who: median(taken) for who, taken in seconds.items()}


def plain(html, who, number):
    """Without tokens, and without what this visitor filled in."""
    return HIDDEN.sub(r"\1", html).replace(f"{who}{number:03d}", "").replace(f"{who} {number:03d}", "")


@FORMS
def test_everybody_is_told_the_same(site, make):
    told, _seconds = ask(site, make, 3)
    assert told[KNOWN] == told[UNKNOWN]
    assert len(told[KNOWN]) == 1


@pytest.mark.proof("A5")
@FORMS
def test_everybody_is_told_the_same_as_quickly(site, make):
    """200 known and 200 unknown addresses: the same answers, medians less than 10 ms apart"""
    told, seconds = ask(site, make, 200)
    assert told[KNOWN] == told[UNKNOWN]
    assert len(told[KNOWN]) == 1
    assert abs(seconds[KNOWN] - seconds[UNKNOWN]) < MOST_APART


@pytest.mark.proof("A5")
class TestControls:
    """A portal that tells who is known."""

    def test_by_its_answer(self, telling_site):
        """the control: a portal whose answer to a double differs"""
        told, _seconds = ask(telling_site, open_date, 3)
        assert told[KNOWN] != told[UNKNOWN]

    def test_by_its_time(self, telling_site):
        """the control: a portal that takes 20 ms more for an address that it knows"""
        _told, seconds = ask(telling_site, lost_links, 200)
        assert seconds[KNOWN] - seconds[UNKNOWN] > MOST_APART
