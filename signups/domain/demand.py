"""How many people miss a date: by level and month, and by hub and programme. Counts, which name nobody.

All staff read them, of every partner: a number that is too small to show is None.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Q, Sum

from content import clock
from hubs.models import EducationLevel, Hub, Programme
from signups.domain.small_numbers import Together, shown, shown_together
from signups.models import DateInterest

MONTHS: Final = 13  # this one, and the year that the form offers


@dataclass(frozen=True)
class LevelDemand:
    """People of one level, in each of the months. Somebody who can come in three months counts in all three.

    No level is of those who are not at school.
    """

    level: EducationLevel | None
    people: Together
    by_month: tuple[int | None, ...]


@dataclass(frozen=True)
class PlaceDemand:
    """People who want a date of this programme, or anything at this hub."""

    place: Hub | Programme
    people: int | None


@dataclass(frozen=True)
class Demand:
    """Of the wishes whose period is not over. Levels in their order, none last; places by number, the largest first."""

    months: tuple[date, ...]
    levels: list[LevelDemand]
    places: list[PlaceDemand]


def demand(now: datetime) -> Demand:
    """Four queries, however many wishes there are."""
    today = clock.local_date(now)
    named = tuple(months(now))
    return Demand(named, _levels(today, named), _places(today))


def people_by_month(now: datetime) -> list[tuple[date, Together]]:
    """For each month how many people could come then and have no date, of all levels together. One query."""
    named = months(now)
    _people, by_month = _counted(clock.local_date(now), named)
    levels = [[row[place] for row in by_month.values()] for place in range(len(named))]
    return [(month, shown_together(sum(parts), parts)) for month, parts in zip(named, levels, strict=True)]


def months(now: datetime) -> list[date]:
    """The first day of each month that the form offers: this one and the next twelve."""
    today = clock.local_date(now)
    numbers = [today.year * 12 + today.month - 1 + ahead for ahead in range(MONTHS)]
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _counted(today: date, named: Sequence[date]) -> tuple[dict[int | None, int], dict[int | None, list[int]]]:
    """By the key of the level: all people, and those of each month."""
    people: defaultdict[int | None, int] = defaultdict(int)
    by_month: defaultdict[int | None, list[int]] = defaultdict(lambda: [0] * len(named))
    wishes = DateInterest.objects.order_by().filter(until_on__gte=today)
    grouped = wishes.values_list("education_level", "from_on", "until_on")
    for level, first, last, number in grouped.annotate(number=Sum("people")):
        people[level] += number
        for place, month in enumerate(named):
            if first.replace(day=1) <= month <= last:
                by_month[level][place] += number
    return people, by_month


def _levels(today: date, named: Sequence[date]) -> list[LevelDemand]:
    people, by_month = _counted(today, named)
    levels: list[EducationLevel | None] = [*EducationLevel.objects.filter(pk__in=[key for key in people if key])]
    if None in people:
        levels.append(None)
    keyed = [(level.pk if level else None, level) for level in levels]
    return [
        LevelDemand(level, shown_together(people[key], by_month[key], overlap=True), tuple(map(shown, by_month[key])))
        for key, level in keyed
    ]


def _places(today: date) -> list[PlaceDemand]:
    wanted = Sum("date_interests__people", filter=Q(date_interests__until_on__gte=today))
    places: list[Hub | Programme] = [
        *Programme.objects.annotate(people=wanted).filter(people__gt=0),
        *Hub.objects.annotate(people=wanted).filter(people__gt=0),
    ]
    found = [PlaceDemand(place, shown(place.people)) for place in places]  # type: ignore[union-attr]  # annotated
    return sorted(found, key=lambda place: (-(place.people or 0), str(place.place)))
