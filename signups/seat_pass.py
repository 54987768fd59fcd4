"""The pass beside every page of a sign-up: what, when, where. Also of an activity that is no longer on the site."""

from dataclasses import dataclass
from datetime import datetime

from content import dates
from content.localised import localised
from hubs.availability import Seats, seats
from hubs.models import Activity, Hub


@dataclass(frozen=True)
class SeatPass:
    """Ready to print; `day` is empty while the activity has no date."""

    title: str
    title_lang: str | None
    url: str
    long_day: str
    weekday: str
    day: str
    month: str
    times: str
    starts_iso: str
    hub: Hub
    seats: Seats


def seat_pass(activity: Activity, now: datetime) -> SeatPass:
    """Makes no query when the programme's hub is loaded."""
    starts = activity.first_starts_at
    title, lang = localised(activity.programme, "title")
    return SeatPass(
        title=title,
        title_lang=lang,
        url=activity.get_absolute_url(),
        long_day=dates.day(starts) if starts else "",
        weekday=dates.weekday(starts) if starts else "",
        day=dates.day_number(starts) if starts else "",
        month=dates.short_month(starts) if starts else "",
        times=dates.hours(starts) if starts else "",
        starts_iso=starts.isoformat() if starts else "",
        hub=activity.programme.hub,
        seats=seats(activity, now),
    )
