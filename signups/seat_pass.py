"""The pass beside every page of a sign-up: what, when, where, what it costs. Also of what is no longer on the site."""

from collections.abc import Sequence
from dataclasses import dataclass

from content import dates
from content.localised import localised
from hubs.facts import price_text
from hubs.models import Activity, Hub
from hubs.schedule import none_at_the_hub


@dataclass(frozen=True)
class SeatPass:
    """Ready to print; empty are `day` without a date, `place` at the hub, `price` where there is none to tell."""

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
    place: str
    price: str
    is_example: bool


def seat_pass(activity: Activity, places: Sequence[str] | None = None, *, is_decided: bool = False) -> SeatPass:
    """Makes no query when the programme's hub is loaded and the places of its meetings are known, else one.

    Where it is decided whether one comes, a price that is not known is left out.
    """
    if places is None:
        places = list(activity.meetings.values_list("place", flat=True))
    starts = activity.first_starts_at
    title, lang = localised(activity.programme, "title")
    is_untold = activity.cancelled_at is not None or (is_decided and activity.price is None)
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
        place=none_at_the_hub(places),
        price="" if is_untold else price_text(activity.price),
        is_example=activity.is_made_up,
    )
