"""When and for how many invented dates take place: a believable habit for each kind of programme. No real timetable."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from content.clock import AMSTERDAM
from hubs.models import Activity, Audience, Counting, Meeting, Programme, ProgrammeKind

MON, TUE, WED, THU, FRI, SAT = range(6)
FREE = Decimal(0)
UNKNOWN: tuple[None] = (None,)  # what adults pay depends on who they are and on their company: the hub says so later
ADULTS = {Audience.CAREER_CHANGER, Audience.EMPLOYEE, Audience.TEACHER, Audience.PARENT}

# ISO weeks in which the schools of region Midden are usually closed. Near enough for invented dates.
HOLIDAY_WEEKS = {1, 8, 17, 18, *range(29, 36), 43, 52, 53}


@dataclass(frozen=True)
class Habit:
    """The usual days (0 is Monday), begin and length; where several seats or prices stand, dates take turns."""

    weekdays: tuple[int, ...]
    begin: time
    minutes: int
    capacities: tuple[int | None, ...]
    prices: tuple[Decimal | None, ...] = (FREE,)
    meetings: int = 1
    for_classes: bool = False
    counts: Counting = Counting.HEADS
    note: tuple[str, str] = ("", "")  # Dutch, English


EVENING = time(19)
HABITS = {
    ProgrammeKind.SCHOOL_LESSON: Habit((TUE, THU), time(9), 150, (30, 60, 32), for_classes=True),
    ProgrammeKind.GUEST_LESSON: Habit(
        (MON, FRI), time(10, 30), 90, (2, 1, 3), for_classes=True, counts=Counting.CLASSES
    ),
    ProgrammeKind.WORKSHOP: Habit((SAT, WED), time(13, 30), 150, (12, 16, 20), (FREE, Decimal(5))),
    ProgrammeKind.CLUB: Habit((WED,), time(14), 120, (12, 10), meetings=4),
    ProgrammeKind.COURSE: Habit((TUE, THU), time(18, 30), 180, (8, 12), UNKNOWN, meetings=3),
    ProgrammeKind.VOCATIONAL: Habit(
        (WED,), EVENING, 90, (None, 25), UNKNOWN, note=("kennismaking met rondleiding", "introduction with a tour")
    ),
    ProgrammeKind.RETRAINING: Habit(
        (MON, THU),
        EVENING,
        120,
        (15, 20),
        UNKNOWN,
        note=("avond voor wie wil overstappen", "evening for those who want to switch"),
    ),
    ProgrammeKind.COMPANY_VISIT: Habit((FRI,), time(13), 120, (20, 24)),
    ProgrammeKind.OPEN_EVENING: Habit((THU,), EVENING, 120, (None, 60)),
    ProgrammeKind.CONTEST: Habit((SAT,), time(10), 330, (40, 48), (FREE, Decimal("2.50"))),
}


def habit_of(programme: Programme) -> Habit:
    """The habit of its kind; what is for adults alone moves to the evening."""
    habit = HABITS[ProgrammeKind(programme.kind)]
    if programme.audiences and set(programme.audiences) <= ADULTS and habit.begin < time(17):
        return replace(habit, weekdays=(TUE, THU), begin=EVENING, minutes=120, for_classes=False, counts=Counting.HEADS)
    return habit


def is_teaching_day(day: date) -> bool:
    """No Sunday, no school holiday."""
    iso = day.isocalendar()
    return iso.weekday != 7 and iso.week not in HOLIDAY_WEEKS


def teaching_days(weekday: int, first: date, number: int) -> list[date]:
    """This many days on that weekday, a week apart, from the first day on; weeks of holiday are passed over."""
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    days: list[date] = []
    while len(days) < number:
        if is_teaching_day(day):
            days.append(day)
        day += timedelta(weeks=1)
    return days


def example_activity(programme: Programme, habit: Habit, turn: int) -> Activity:
    """An unsaved activity, labelled as an example. Several meetings have one price together."""
    return Activity(
        programme=programme,
        note=habit.note[0],
        note_en=habit.note[1],
        for_persons=not habit.for_classes,
        for_classes=habit.for_classes,
        counts=habit.counts,
        capacity=habit.capacities[turn % len(habit.capacities)],
        class_size_min=10 if habit.for_classes else None,
        class_size_max=30 if habit.for_classes else None,
        waiting_limit=(None, 10, 0)[turn % 3],
        price=habit.prices[turn % len(habit.prices)],
        is_example=True,
    )


def meetings_on(days: Iterable[date], activity: Activity, begin: time, minutes: int) -> list[Meeting]:
    """Unsaved meetings at the same Dutch clock time on each of the days."""
    starts = [datetime.combine(day, begin, tzinfo=AMSTERDAM) for day in days]
    return [Meeting(activity=activity, starts_at=start, ends_at=start + timedelta(minutes=minutes)) for start in starts]
