"""Opinions: once for each who came, and averages only of enough answers."""

from datetime import UTC, datetime, timedelta

import pytest

from signups.domain import feedback
from signups.domain.errors import Reason, RefusedError
from signups.models import Feedback, SignUp, State
from tests.factories.hubs import ActivityFactory
from tests.factories.signups import AttendanceFactory, SignUpFactory

pytestmark = pytest.mark.django_db
STARTS = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=2.5)
ANSWERS = {"liked": 5, "learned": 4, "wants_more": 3}


@pytest.fixture
def activity():
    return ActivityFactory(starts_at=STARTS)


def refused(entry, now=ENDS):
    with pytest.raises(RefusedError) as caught:
        feedback.give(sign_up_id=entry.pk, **ANSWERS, now=now)
    return caught.value.reason, Feedback.objects.count()


def test_once(activity):
    entry = SignUpFactory(activity=activity)
    feedback.give(sign_up_id=entry.pk, **ANSWERS, now=ENDS)
    assert Feedback.objects.values("activity", *ANSWERS).get() == {"activity": activity.pk, **ANSWERS}
    assert SignUp.objects.get().gave_feedback
    assert refused(entry) == (Reason.NO_LONGER, 1)


def test_only_who_came_after_the_date(activity):
    entry = SignUpFactory(activity=activity)
    waiting = SignUpFactory(activity=activity, state=State.WAITING)
    assert refused(entry, ENDS - timedelta(seconds=1)) == (Reason.NO_LONGER, 0)
    assert refused(waiting) == (Reason.NO_LONGER, 0)
    AttendanceFactory(sign_up=entry, number=0)
    assert refused(entry) == (Reason.NO_LONGER, 0)
    assert not SignUp.objects.filter(gave_feedback=True).exists()


def test_nothing_leads_to_the_person():
    names = {field.name for field in Feedback._meta.get_fields()}
    assert names == {"uuid", "activity", *ANSWERS}


@pytest.mark.parametrize(("answers", "is_told"), [(4, False), (5, True)])
def test_averages_from_five_answers_on(activity, answers, is_told):
    Feedback.objects.bulk_create(
        [Feedback(activity=activity, liked=1 + number % 5, learned=4, wants_more=2) for number in range(answers)]
    )
    Feedback.objects.create(activity=ActivityFactory(), **ANSWERS)
    told = feedback.opinions(activity)
    assert told == (feedback.Opinions(answers=5, liked=3, learned=4, wants_more=2) if is_told else None)
