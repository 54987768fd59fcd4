"""Example dates: made once, labelled, at believable times; their removal leaves the rest untouched."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command

from content.clock import AMSTERDAM
from content.models import LoadedItem, NewsArticle, PublicationState
from hubs.domain.example_times import HABITS, is_teaching_day, teaching_days
from hubs.domain.examples import load_examples, remove_examples
from hubs.models import Activity, Audience, Hub, Meeting, Programme, ProgrammeKind
from partners.models import Partner
from tests.factories.content import NewsArticleFactory
from tests.factories.hubs import (
    ActivityFactory,
    HubFactory,
    HubPartnerFactory,
    ProgrammeFactory,
    ProgrammePartnerFactory,
)
from tests.factories.partners import PartnerFactory
from tests.factories.signups import SignUpFactory

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub() -> Hub:
    """A hub with a lesson, a workshop and a club for pupils and a workshop for employees."""
    hub = HubFactory()
    for kind in (ProgrammeKind.SCHOOL_LESSON, ProgrammeKind.WORKSHOP, ProgrammeKind.CLUB):
        ProgrammeFactory(hub=hub, kind=kind, audiences=[Audience.PUPIL])
    ProgrammeFactory(hub=hub, kind=ProgrammeKind.RETRAINING, audiences=[Audience.CAREER_CHANGER])
    return hub


def test_every_hub_gets_labelled_dates_in_the_coming_weeks(hub: Hub) -> None:
    other = ProgrammeFactory().hub

    made = load_examples(now=NOW)

    assert made == Activity.objects.count()
    for each in (hub, other):
        assert 3 <= Activity.objects.filter(programme__hub=each, is_example=True).count() <= 5
    assert not Activity.objects.filter(is_example=False).exists()
    for activity in Activity.objects.all():
        assert NOW + timedelta(days=2) < activity.first_starts_at < NOW + timedelta(weeks=6)


def test_the_dates_differ_in_kind_and_suit_who_comes(hub: Hub) -> None:
    load_examples(now=NOW)

    activities = Activity.objects.select_related("programme")
    assert len({activity.programme.kind for activity in activities}) == 4
    assert {activity.for_classes for activity in activities} == {True, False}
    for activity in activities.filter(programme__audiences=[Audience.CAREER_CHANGER]):
        assert activity.first_starts_at.astimezone(AMSTERDAM).hour >= 18
    for activity in activities.filter(programme__kind=ProgrammeKind.WORKSHOP):
        assert activity.first_starts_at.astimezone(AMSTERDAM).weekday() in {2, 5}
    assert activities.get(programme__kind=ProgrammeKind.CLUB).meetings.count() == 4


@pytest.mark.parametrize("kind", [ProgrammeKind.RETRAINING, ProgrammeKind.COURSE, ProgrammeKind.VOCATIONAL])
def test_what_adults_pay_is_not_made_up(kind: ProgrammeKind) -> None:
    ProgrammeFactory(kind=kind)
    load_examples(now=NOW)
    assert set(Activity.objects.values_list("price", flat=True)) == {None}


def test_it_happens_once_even_after_staff_removed_them(hub: Hub) -> None:
    assert load_examples(now=NOW) == 4
    assert load_examples(now=NOW) == 0
    remove_examples()
    assert load_examples(now=NOW) == 0
    assert not Activity.objects.exists()


def test_without_published_programmes_it_waits_for_them() -> None:
    hub = ProgrammeFactory(state=PublicationState.DRAFT).hub
    assert load_examples(now=NOW) == 0
    ProgrammeFactory(hub=hub)
    assert load_examples(now=NOW) > 0


@pytest.mark.parametrize("month", [7, 11, 12])
def test_a_hub_with_one_programme_has_no_two_dates_on_a_day(month: int) -> None:
    ProgrammeFactory()
    made = load_examples(now=NOW.replace(month=month))
    days = {start.date() for start in Meeting.objects.values_list("starts_at", flat=True)}
    assert len(days) == made


def test_removal_takes_examples_and_nothing_else(hub: Hub) -> None:
    load_examples(now=NOW)
    real = ActivityFactory(programme=hub.programmes.first())
    partner, news = PartnerFactory(), NewsArticleFactory()
    HubPartnerFactory(hub=hub, partner=partner)
    example = PartnerFactory(is_example=True)
    HubPartnerFactory(hub=hub, partner=example)
    ProgrammePartnerFactory(programme=real.programme, partner=example)
    ProgrammeFactory(hub=hub, is_example=True, leads_to=[real.programme])
    generated = NewsArticleFactory()
    LoadedItem.objects.create(kind="demo_news", key=generated.slug)

    removed = remove_examples()

    assert (removed.activities, removed.programmes, removed.partners, removed.news_articles) == (4, 1, 1, 1)
    assert removed.kept_programmes == 0
    assert list(Activity.objects.all()) == [real]
    assert real.meetings.count() == 1
    assert Programme.objects.count() == 4
    assert list(Partner.objects.all()) == [partner]
    assert list(hub.partners.all()) == [partner]
    assert list(NewsArticle.objects.all()) == [news]


def test_an_example_programme_with_a_real_date_stays() -> None:
    programme = ProgrammeFactory(is_example=True)
    ActivityFactory(programme=programme, is_example=True)
    real = ActivityFactory(programme=programme)

    removed = remove_examples()

    assert (removed.activities, removed.programmes, removed.kept_programmes) == (1, 0, 1)
    assert list(Activity.objects.all()) == [real]


def test_an_example_date_that_somebody_signed_up_for_stays() -> None:
    programme = ProgrammeFactory(is_example=True)
    taken = ActivityFactory(programme=programme, is_example=True)
    ActivityFactory(programme=programme, is_example=True)
    signed_up = SignUpFactory(activity=taken)

    removed = remove_examples()

    assert (removed.activities, removed.kept_activities, removed.kept_programmes) == (1, 1, 1)
    assert list(Activity.objects.all()) == [taken]
    signed_up.refresh_from_db()


def test_the_commands_say_what_they_did(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_examples")
    call_command("load_examples")
    call_command("remove_examples")
    call_command("remove_examples")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "4 example dates loaded."
    assert lines[1] == "No example dates to load."
    assert lines[2].startswith("Removed 4 example dates, 0 programmes")
    assert lines[3].startswith("Removed 0 example dates, 0 programmes")


def test_every_kind_has_a_habit() -> None:
    assert set(HABITS) == set(ProgrammeKind)


def test_school_holidays_and_sundays_are_no_teaching_days() -> None:
    assert is_teaching_day(date(2026, 11, 25))
    assert not is_teaching_day(date(2026, 11, 22))
    assert not is_teaching_day(date(2026, 12, 23))
    assert teaching_days(2, date(2026, 12, 16), 2) == [date(2026, 12, 16), date(2027, 1, 13)]
