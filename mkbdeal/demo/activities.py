"""Invented dates over twelve months around now, in every state that a date can have without sign-ups."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from content.clock import AMSTERDAM, local_date
from hubs.domain.example_times import Habit, example_activity, habit_of, is_teaching_day, meetings_on
from hubs.models import Activity, Meeting, Programme, ProgrammeKind
from mkbdeal.demo.chance import uuid_from
from mkbdeal.demo.words import CANCEL_REASONS, NOTES

MONTHS_BACK = 4
DELAYS = (0, 0, 0, 30, 60)  # minutes after the usual begin
WAITING_LIMITS = (None, 0, 5, 10, 20)


@dataclass(frozen=True)
class Planned:
    """An unsaved activity with its unsaved meetings."""

    activity: Activity
    meetings: list[Meeting]


Calendar = dict[int, list[date]]  # weekday → its teaching days


def make_calendar(now: datetime) -> Calendar:
    """Twelve whole months, four of them past: the same all month long, and never an empty agenda."""
    today = local_date(now)
    month = today.year * 12 + today.month - 1 - MONTHS_BACK
    first, last = (date(m // 12, m % 12 + 1, 1) for m in (month, month + 12))
    calendar: Calendar = defaultdict(list)
    for offset in range((last - first).days):
        day = first + timedelta(days=offset)
        if is_teaching_day(day):
            calendar[day.weekday()].append(day)
    return calendar


def plan_activities(
    number: int, programmes: Sequence[Programme], calendar: Calendar, now: datetime, chance: Random
) -> Iterator[Planned]:
    """One by one, so that 100,000 need no memory. The programmes are saved and carry their hub."""
    for turn in range(number):
        programme = chance.choice(programmes)
        habit = habit_of(programme)
        days = calendar[chance.choice(habit.weekdays)]
        start = chance.randrange(len(days))
        begin = _later(habit.begin, chance.choice(DELAYS))
        activity = example_activity(programme, habit, turn)
        activity.uuid = uuid_from(chance)
        meetings = meetings_on(days[start : start + habit.meetings], activity, begin, habit.minutes)
        _place(meetings, programme, chance)
        _vary_seats(activity, habit, chance)
        _vary_window(activity, meetings[0].starts_at, chance)
        _vary_state(activity, meetings[0].starts_at, now, chance)
        yield Planned(activity, meetings)


def _later(begin: time, minutes: int) -> time:
    total = begin.hour * 60 + begin.minute + minutes
    return time(total // 60, total % 60)


def _place(meetings: Sequence[Meeting], programme: Programme, chance: Random) -> None:
    """A company visit is at an invented company; the rest in a room of the hub, where it has named any."""
    rooms = list(programme.hub.rooms.all())
    visit = programme.kind == ProgrammeKind.COMPANY_VISIT
    place = f"Voorbeeldbedrijf {chance.randint(1, 15)}, {programme.hub.town}" if visit else ""
    room = chance.choice(rooms) if rooms and not visit else None
    for meeting in meetings:
        meeting.place, meeting.room = place, room


def _vary_seats(activity: Activity, habit: Habit, chance: Random) -> None:
    luck = chance.random()
    if luck < 0.03:
        activity.capacity = 0  # full from the start
    elif luck < 0.06:
        activity.capacity = None
    elif luck < 0.09 and habit.for_classes:
        activity.for_persons = True
    activity.waiting_limit = chance.choice(WAITING_LIMITS)


def _vary_window(activity: Activity, starts_at: datetime, chance: Random) -> None:
    day = starts_at.astimezone(AMSTERDAM).date()
    if chance.random() < 0.15:
        opens = day - timedelta(days=chance.randint(30, 90))
        activity.signup_opens_at = datetime.combine(opens, time(9), tzinfo=AMSTERDAM)
    if chance.random() < 0.4:
        closes = day - timedelta(days=chance.randint(1, 7))
        activity.signup_closes_at = datetime.combine(closes, time(17), tzinfo=AMSTERDAM)


def _vary_state(activity: Activity, starts_at: datetime, now: datetime, chance: Random) -> None:
    luck, ahead = chance.random(), timedelta(days=chance.randint(1, 5))
    if luck < 0.03:
        activity.cancelled_at = min(now, starts_at) - ahead
        activity.cancel_reason = chance.choice(CANCEL_REASONS)
    elif luck < 0.1 and not activity.note:
        activity.note, activity.note_en = chance.choice(NOTES)
