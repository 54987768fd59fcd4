"""The meetings of a date as cells: the first in columns of its own, the others in one text, a line for each."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext as _

from content.clock import AMSTERDAM
from content.domain.exchange.cells import moment_of, on_the_dutch_clock, quoted, time_of
from content.domain.exchange.errors import CellError
from hubs.models import Activity, Meeting, Room

_LINE: Final = re.compile(
    r"(?P<starts>\S+ +\S+?) *(?:-|–|tot) *(?P<ends>\d{1,2}[.:]\d{2})"
    r"(?: +(?:in (?P<room>.+)|op (?P<place>.+)|zonder plek))?"
)
_BETWEEN: Final = re.compile(r"\n|;\s*(?=\d)")


@dataclass(frozen=True)
class Slot:
    """When and where a meeting is."""

    starts_at: datetime
    ends_at: datetime
    room: Room | None = None
    place: str = ""


@dataclass(frozen=True)
class Told:
    """The same as the cells say it."""

    starts: datetime | None = None
    ends: datetime | None = None
    room: str = ""
    place: str = ""
    more: str = ""


def slots_of(meetings: Iterable[Meeting]) -> list[Slot]:
    return in_order(Slot(meeting.starts_at, meeting.ends_at, meeting.room, meeting.place) for meeting in meetings)


def in_order(slots: Iterable[Slot]) -> list[Slot]:
    return sorted(slots, key=lambda slot: slot.starts_at)


def told(slots: list[Slot]) -> Told:
    """What `read_more` and the columns understand."""
    if not slots:
        return Told()
    first, *others = slots
    more = "\n".join(_line(slot, first) for slot in others)
    return Told(first.starts_at, first.ends_at, first.room.name if first.room else "", first.place, more)


def _line(slot: Slot, first: Slot) -> str:
    text = _times(slot)
    if (slot.room, slot.place) == (first.room, first.place):
        return text
    return (
        f"{text} in {slot.room.name}"
        if slot.room
        else f"{text} op {slot.place}"
        if slot.place
        else f"{text} zonder plek"
    )


def _times(slot: Slot) -> str:
    return f"{_local(slot.starts_at):%d-%m-%Y %H.%M}-{_local(slot.ends_at):%H.%M}"


def read_more(text: str, first: Slot, room: Callable[[str], Room], others: Iterable[Slot] = ()) -> list[Slot]:
    """Where a line names no place it is that of the first meeting. Raises CellError.

    `others` are there already: times that are written as theirs mean theirs, also in the hour that comes twice.
    """
    lines = [line.strip() for line in _BETWEEN.split(text) if line.strip()]
    there = list(others)
    return [_slot(line, first, room, there) for line in lines]


def _slot(line: str, first: Slot, room: Callable[[str], Room], there: list[Slot]) -> Slot:
    """Takes what it finds out of those that are there."""
    found = _LINE.fullmatch(line)
    times = found and f"{found['starts']}-{found['ends']}"
    same = next((slot for slot in there if _times(slot) == times), None)
    if same:
        there.remove(same)
    starts_at, ends_at = (same.starts_at, same.ends_at) if same else _read_times(line, found)
    if found and found["room"]:
        return Slot(starts_at, ends_at, room(found["room"]))
    if found and found["place"]:
        return Slot(starts_at, ends_at, None, found["place"])
    if line.endswith("zonder plek"):
        return Slot(starts_at, ends_at)
    return Slot(starts_at, ends_at, first.room, first.place)


def _read_times(line: str, found: re.Match[str] | None) -> tuple[datetime, datetime]:
    starts_at = moment_of(found["starts"]) if found else None
    ends = time_of(found["ends"]) if found else None
    if not (found and starts_at and ends):
        sentence = _(
            "“%(line)s” is niet te lezen. Zet elke bijeenkomst op een eigen regel, zoals 09-07-2026 14.00-16.00."
        )
        raise CellError(sentence % {"line": quoted(line)})
    return starts_at, end_of(starts_at, ends)


def end_of(starts_at: datetime, ends: time) -> datetime:
    """A time alone is of the same day, or of the next where it would lie before the begin."""
    day = _local(starts_at).replace(tzinfo=None)
    end = datetime.combine(day, ends)
    return on_the_dutch_clock(end if end > day else end + timedelta(days=1))


def settle(activity: Activity, wanted: Iterable[Meeting]) -> None:
    """Writes the meetings of a date that exists: those at the same moment stay, others move, come or go."""
    new = {meeting.starts_at: meeting for meeting in wanted}
    spare = []
    for meeting in activity.meetings.order_by("starts_at"):
        target = new.pop(meeting.starts_at, None)
        if target is None:
            spare.append(meeting)
        else:
            _move(meeting, target)
    for target in new.values():
        if spare:
            _move(spare.pop(0), target)
        else:
            target.save()
    for meeting in spare:
        meeting.delete()


def _move(meeting: Meeting, target: Meeting) -> None:
    for name in ("starts_at", "ends_at", "room", "place"):
        setattr(meeting, name, getattr(target, name))
    meeting.save()


def _local(moment: datetime) -> datetime:
    return moment.astimezone(AMSTERDAM)
