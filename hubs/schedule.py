"""The meetings of one activity as a visitor reads them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from content import dates
from content.localised import localised
from hubs.models import Hub, Meeting


@dataclass(frozen=True)
class ScheduledMeeting:
    """Day, times and place, ready to print."""

    day: str
    times: str
    long_times: str
    starts_iso: str
    place: str


def schedule(meetings: Iterable[Meeting], hub: Hub) -> list[ScheduledMeeting]:
    """In order of time."""
    return [
        ScheduledMeeting(
            day=dates.day(meeting.starts_at),
            times=dates.time_range(meeting.starts_at, meeting.ends_at),
            long_times=dates.long_range(meeting.starts_at, meeting.ends_at),
            starts_iso=meeting.starts_at.isoformat(),
            place=place_of(meeting, hub),
        )
        for meeting in sorted(meetings, key=lambda meeting: meeting.starts_at)
    ]


def place_of(meeting: Meeting, hub: Hub) -> str:
    """The other place, else the room, else the hub."""
    return meeting.place or (localised(meeting.room, "name")[0] if meeting.room else str(hub))


def elsewhere(meetings: Iterable[Meeting]) -> str:
    """Where it all takes place when nothing of it is at the hub, such as a visit to a company; else nothing."""
    return none_at_the_hub([meeting.place for meeting in meetings])


def none_at_the_hub(places: Sequence[str]) -> str:
    """The same of the places of its meetings, empty for each that is at the hub."""
    return "; ".join(dict.fromkeys(places)) if all(places) else ""
