"""Why an entry waits: each sentence beside what the queue then really does."""

from datetime import timedelta

import pytest

from content import clock
from hubs.models import Activity
from signups.domain import seats
from signups.domain.turns import Verdict, turns
from signups.models import Ending, SignUp, State
from signups.why_waiting import why_waiting
from tests.factories.hubs import ActivityFactory
from tests.signups.applying import a_class, join, person, state

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def now():
    return clock.now()


def on_date(now, days=30, **fields):
    return ActivityFactory(**{"starts_at": now + days * DAY, "for_classes": True, "capacity": 20, **fields})


def joined(activity, now, *applications):
    return [join(activity, application, now) for application in applications]


def people(numbers):
    return [person(number) for number in numbers]


def cancel(entry, now):
    seats.cancel(sign_up_id=entry.pk, ending=Ending.OWN, now=now)


def told(activity, now):
    """By key, the verdict and the sentence of each that waits."""
    activity = Activity.objects.get(pk=activity.pk)
    found = turns(activity, SignUp.objects.filter(activity=activity).queued(), now)
    return {
        turn.entry.pk: (turn.verdict, why_waiting(turn, activity, now, is_first=number == 0))
        for number, turn in enumerate(found)
    }


def test_full_the_first_is_offered_what_comes_free(now):
    activity = on_date(now, capacity=1)
    seated, first, second = joined(activity, now, *people(range(3)))
    said = told(activity, now)
    assert said[first.pk] == (
        Verdict.FULL,
        "Alle plekken zijn bezet. Komt er 1 plek vrij, dan gaat het aanbod hierheen.",
    )
    assert said[second.pk] == (Verdict.FULL, "Alle plekken zijn bezet. Wie hoger op de lijst staat, gaat voor.")
    cancel(seated, now)
    assert (state(first), state(second)) == (State.OFFERED, State.WAITING)


@pytest.fixture
def large(now):
    """Twenty sit, a class of fifteen waits in front, six persons behind; `days` until the date."""

    def stage(days):
        activity = on_date(now, days)
        seated = joined(activity, now, *people(range(20)))
        waiting_class, *behind = joined(activity, now, a_class(1, 15), *people(range(20, 26)))
        return activity, seated, waiting_class, behind

    return stage


def test_does_not_fit_is_counted_and_then_seats_gather(now, large):
    activity, seated, waiting_class, behind = large(30)
    cancel(seated.pop(), now)
    assert state(behind[0]) == State.OFFERED
    Activity.objects.filter(pk=activity.pk).update(capacity=22)
    verdict, said = told(activity, now)[waiting_class.pk]
    assert verdict == Verdict.GATHERING  # offers to the next two would make it three: the round is counted
    seats.tidy(activity_id=activity.pk, now=now)
    assert [state(entry) for entry in behind] == [State.OFFERED] * 3 + [State.WAITING] * 3
    cancel(seated.pop(), now)
    said = told(activity, now)
    assert said[waiting_class.pk] == (
        Verdict.GATHERING,
        (
            "Past nog niet: 15 plekken nodig en 1 vrij. Al vaak genoeg overgeslagen. "
            "Alles wat vrijkomt, houden we hiervoor vast, tot een week voor de datum."
        ),
    )
    assert said[behind[3].pk] == (
        Verdict.BEHIND,
        "Een grotere groep vooraan gaat voor: daarvoor houden we plekken vast tot een week voor de datum.",
    )
    cancel(seated.pop(), now)
    assert state(behind[3]) == State.WAITING  # kept, as it says


def test_passed_over_so_many_times(now, large):
    activity, seated, waiting_class, behind = large(30)
    cancel(seated.pop(), now)
    for entry in behind[1:]:
        cancel(entry, now)
    cancel(seated.pop(), now)
    assert told(activity, now)[waiting_class.pk] == (
        Verdict.DOES_NOT_FIT,
        "Past nog niet: 15 plekken nodig en 1 vrij. Overgeslagen: 1 van de 3 keer. Daarna houden we plekken vast.",
    )


def test_in_the_last_week_passing_over_is_free(now, large):
    activity, seated, waiting_class, behind = large(7)
    for entry in behind[1:]:
        cancel(entry, now)
    for _time in range(2):
        cancel(seated.pop(), now)
    assert state(behind[0]) == State.OFFERED
    assert told(activity, now)[waiting_class.pk] == (
        Verdict.DOES_NOT_FIT,
        "Past nog niet: 15 plekken nodig en 1 vrij. In de laatste week voor de datum gaat voor wie wel past.",
    )


def test_too_large_for_a_lowered_capacity(now):
    activity = on_date(now, capacity=30)
    seated, large, small = joined(activity, now, a_class(1, 20), a_class(2, 28), person(1))
    cancel(seated, now)
    assert state(large) == State.OFFERED
    SignUp.objects.filter(pk=large.pk).update(state=State.WAITING, offer_expires_at=None)
    Activity.objects.filter(pk=activity.pk).update(capacity=24)
    said = told(activity, now)
    assert said[large.pk] == (
        Verdict.TOO_LARGE,
        "Te groot: 28 plekken nodig, en er zijn er in totaal 24. Wie erachter staat, gaat voor.",
    )
    assert said.get(small.pk, (Verdict.OFFER,))[0] == Verdict.OFFER
    seats.tidy(activity_id=activity.pk, now=now)
    assert (state(large), state(small)) == (State.WAITING, State.OFFERED)


def test_who_is_not_proven_does_not_count_yet(now):
    activity = on_date(now, capacity=1)
    (seated,) = joined(activity, now, person(1))
    unproven = join(activity, person(2), now, proven=False)
    (later,) = joined(activity, now, person(3))
    assert told(activity, now)[unproven.pk] == (Verdict.UNPROVEN, "Nog niet bevestigd, en telt daarom nog niet mee.")
    cancel(seated, now)
    assert (state(unproven), state(later)) == (State.WAITING, State.OFFERED)


def test_no_time_for_an_offer(now):
    activity = on_date(now, capacity=1, signup_closes_at=now + 5 * HOUR)
    _seated, first = joined(activity, now, *people(range(2)))
    now += 2 * HOUR
    sentence = "Er is geen tijd meer voor een aanbod. De wachtlijst sluit."
    assert told(activity, now)[first.pk] == (Verdict.TOO_LATE, sentence)


def test_a_cancelled_date_offers_nothing(now):
    activity = on_date(now, capacity=1)
    seated, first = joined(activity, now, *people(range(2)))
    Activity.objects.filter(pk=activity.pk).update(cancelled_at=now, cancel_reason="De docent is ziek.")
    verdict, sentence = told(activity, now)[first.pk]
    assert (verdict, sentence.startswith("De activiteit gaat niet door.")) == (Verdict.CANCELLED, True)
    cancel(seated, now)
    assert state(first) == State.WAITING


def test_room_is_offered_within_seconds(now):
    activity = on_date(now, capacity=1)
    first, second = joined(activity, now, *people(range(2)))
    Activity.objects.filter(pk=activity.pk).update(capacity=2)
    assert told(activity, now)[second.pk] == (
        Verdict.OFFER,
        "Er is plek: het aanbod gaat er binnen een paar tellen uit.",
    )
    seats.tidy(activity_id=activity.pk, now=now)
    assert (state(first), state(second)) == (State.CONFIRMED, State.OFFERED)


def test_every_verdict_has_its_words(now):
    """Whatever the queue decides, staff read why."""
    activity = on_date(now, capacity=1)
    joined(activity, now, *people(range(2)))
    activity.refresh_from_db()
    (turn,) = turns(activity, SignUp.objects.filter(activity=activity).queued(), now)
    for verdict in Verdict:
        turn.verdict = verdict
        assert why_waiting(turn, activity, now, is_first=True)
