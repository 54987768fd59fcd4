"""Examples: the few dates that make a fresh portal look alive, and the removal of all that carries the label."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import Any

from django.db import transaction
from django.db.models import PROTECT, Q, QuerySet

from content.clock import local_date
from content.models import LoadedItem, NewsArticle
from hubs.domain.example_times import (
    example_activity,
    habit_of,
    meetings_on,
    teaching_days,
)
from hubs.models import Activity, Hub, HubPartner, Meeting, Programme, ProgrammePartner
from partners.models import Partner

DATES_PER_HUB = 4
FIRST_AFTER_DAYS = 3

# Kinds in the ledger LoadedItem. The example dates are remembered for ever; a generated year may be made again.
DATES, GENERATED_YEAR, GENERATED_NEWS = "example_dates", "demo_year", "demo_news"


@dataclass(frozen=True)
class Removed:
    """How many rows went, and which examples stay because they became real.

    `kept_activities` are dates that somebody signed up for; `kept_programmes` carry those, or dates of staff.
    """

    activities: int
    programmes: int
    partners: int
    news_articles: int
    kept_activities: int
    kept_programmes: int


@transaction.atomic
def load_examples(*, now: datetime) -> int:
    """Put a few example dates per hub on real programmes in the coming weeks; the number of dates made.

    Happens once per database, also when staff removed them since. Without published programmes nothing happens yet.
    """
    if not Programme.objects.published(now).filter(is_example=False).exists():
        return 0
    # The unique row makes whoever comes second wait here, and then see that it is done.
    if not LoadedItem.objects.get_or_create(kind=DATES, key="once")[1]:
        return 0
    return sum(_load_dates(hub, offset, now) for offset, hub in enumerate(Hub.objects.published(now)))


def _load_dates(hub: Hub, offset: int, now: datetime) -> int:
    programmes = _varied(hub.programmes.published(now).filter(is_example=False).order_by("pk"))
    first = local_date(now) + timedelta(days=FIRST_AFTER_DAYS + offset)  # so not all hubs begin on one day
    dates = list(islice(cycle(programmes), DATES_PER_HUB))
    for turn, programme in enumerate(dates):
        habit = habit_of(programme)
        weekday = habit.weekdays[turn % len(habit.weekdays)]
        days = teaching_days(weekday, first, habit.meetings)
        first = days[0] + timedelta(days=1)
        activity = example_activity(programme, habit, turn + offset)
        activity.save()
        Meeting.objects.bulk_create(meetings_on(days, activity, habit.begin, habit.minutes))
    return len(dates)


def _varied(programmes: Iterable[Programme]) -> list[Programme]:
    """One of each kind before a second of any."""
    seen: Counter[str] = Counter()
    ranked = []
    for programme in programmes:
        ranked.append((seen[programme.kind], programme))
        seen[programme.kind] += 1
    return [programme for _, programme in sorted(ranked, key=lambda pair: pair[0])]


@transaction.atomic
def remove_examples() -> Removed:
    """Remove every example date, programme, partner and generated news item, and nothing else.

    An example date that somebody signed up for stays; so does an example programme with such a date or with a real one.
    A removed partner takes its roles along.
    """
    examples = Activity.objects.filter(is_example=True)
    # Whoever signs up locks the date: from here on nobody can sign up for what is about to go.
    list(examples.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    activities = _delete(examples.exclude(_in_use()))
    unused = Programme.objects.filter(is_example=True).exclude(pk__in=Activity.objects.values("programme"))
    programmes = _delete(unused)
    partners = Partner.objects.filter(is_example=True)
    for roles in (HubPartner, ProgrammePartner):
        roles.objects.filter(partner__in=partners).delete()
    ledger = LoadedItem.objects.filter(kind=GENERATED_NEWS)
    removed = Removed(
        activities=activities,
        programmes=programmes,
        partners=_delete(partners),
        news_articles=_delete(NewsArticle.objects.filter(slug__in=ledger.values("key"))),
        kept_activities=examples.count(),
        kept_programmes=Programme.objects.filter(is_example=True).count(),
    )
    LoadedItem.objects.filter(kind__in=[GENERATED_YEAR, GENERATED_NEWS]).delete()
    return removed


def _in_use() -> Q:
    """Activities that a row of an app above, such as a sign-up, holds on to. This app knows none of those by name."""
    used = Q(pk__in=[])
    for relation in Activity._meta.related_objects:
        if relation.on_delete is PROTECT:
            used |= Q(pk__in=relation.related_model._base_manager.values(relation.field.name))
    return used


def _delete(rows: QuerySet[Any]) -> int:
    """The number of these rows alone, without what went along."""
    return rows.delete()[1].get(rows.model._meta.label, 0)
