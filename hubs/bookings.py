"""Is a room free? A warning for staff, never a refusal: two groups in one room is their business.

Who may not see the other date reads that there is one, not which.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from content import dates
from hubs.models import Activity, Meeting

_SECONDS: Final = 24 * 60 * 60


def clashes(
    planned: Sequence[Sequence[Meeting]],
    *,
    user: Any,
    leaving_out: Collection[int] = (),
    not_chosen: Collection[int] = (),
) -> list[list[str]]:
    """For each planned date, the meetings that are in one of its rooms at the same time, in words. Two queries.

    Compared with all meetings but those of the activities to leave out, and with the other planned dates but those at
    the places `not_chosen`. A date is never in its own way.
    """
    others = _meetings_there([meeting for meetings in planned for meeting in meetings], leaving_out)
    named, there = _named(others, user), _Rooms(others)
    chosen = [meetings for place, meetings in enumerate(planned) if place not in not_chosen]
    listed = _Rooms([meeting for meetings in chosen for meeting in meetings])
    found = []
    for meetings in planned:
        met = [other for mine in meetings for other in there.met_by(mine) if other.activity_id != mine.activity_id]
        said = [_said(other, named.get(other.activity_id, "")) for other in met]
        own = set(map(id, meetings))
        said += [_twice(mine) for mine in meetings if any(id(other) not in own for other in listed.met_by(mine))]
        found.append(list(dict.fromkeys(said)))
    return found


class _Rooms:
    """Meetings by room and day, so that a file of thousands is not compared each with each: none lasts a whole day."""

    def __init__(self, meetings: Sequence[Meeting]) -> None:
        self._found: dict[tuple[int | None, int], list[Meeting]] = defaultdict(list)
        for meeting in meetings:
            self._found[meeting.room_id, _day(meeting)].append(meeting)

    def met_by(self, mine: Meeting) -> Iterator[Meeting]:
        """In the same room at the same time."""
        for day in range(_day(mine) - 1, _day(mine) + 2):
            yield from (other for other in self._found.get((mine.room_id, day), ()) if _overlap(mine, other))


def _day(meeting: Meeting) -> int:
    return int(meeting.starts_at.timestamp() // _SECONDS)


def _meetings_there(planned: list[Meeting], leaving_out: Collection[int]) -> list[Meeting]:
    in_rooms = [meeting for meeting in planned if meeting.room_id]
    if not in_rooms:
        return []
    near: QuerySet[Meeting] = Meeting.objects.filter(
        room__in={meeting.room_id for meeting in in_rooms},
        starts_at__lt=max(meeting.ends_at for meeting in in_rooms),
        ends_at__gt=min(meeting.starts_at for meeting in in_rooms),
        activity__cancelled_at=None,
    )
    return list(near.exclude(activity__in=leaving_out).select_related("room").order_by("starts_at", "pk"))


def _overlap(one: Meeting, other: Meeting) -> bool:
    is_same_room = one.room_id is not None and one.room_id == other.room_id
    return is_same_room and one.starts_at < other.ends_at and one.ends_at > other.starts_at


def _named(meetings: list[Meeting], user: Any) -> dict[int, str]:
    """Titles of the programmes that this user may know of."""
    concerned = Activity.objects.filter(pk__in={meeting.activity_id for meeting in meetings})
    known = concerned.filter(pk__in=Activity.objects.managed_by(user).values("pk")) | concerned.filter(
        pk__in=Activity.objects.public().values("pk")
    )
    return dict(known.values_list("pk", "programme__title")) if meetings else {}


def _said(meeting: Meeting, title: str) -> str:
    when = f"{dates.short_day(meeting.starts_at)}, {dates.time_range(meeting.starts_at, meeting.ends_at)}"
    told = {"room": meeting.room, "what": title or _("een andere activiteit"), "when": when}
    return _("%(room)s is dan bezet: %(what)s, %(when)s.") % told


def _twice(meeting: Meeting) -> str:
    told = {"room": meeting.room, "day": dates.short_day(meeting.starts_at)}
    return _("%(room)s staat op %(day)s twee keer in deze lijst, op dezelfde tijd.") % told
