"""Is a room free? A warning for staff, never a refusal: two groups in one room is their business.

Who may not see the other date reads that there is one, not which.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from content import dates
from hubs.models import Activity, Meeting


def clashes(planned: Sequence[Sequence[Meeting]], *, user: Any, leaving_out: Collection[int] = ()) -> list[list[str]]:
    """For each planned date, the meetings that are in one of its rooms at the same time, in words. Two queries.

    Compared with all meetings but those of the activities to leave out, and with the other planned dates.
    """
    others = _meetings_there([meeting for meetings in planned for meeting in meetings], leaving_out)
    named = _named(others, user)
    found = []
    for meetings in planned:
        met = [(mine, other) for mine in meetings for other in others if _overlap(mine, other)]
        said = [_said(other, named.get(other.activity_id, "")) for _mine, other in met]
        said += [
            _twice(mine)
            for mine in meetings
            if any(_overlap(mine, other) for rest in planned if rest is not meetings for other in rest)
        ]
        found.append(list(dict.fromkeys(said)))
    return found


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
