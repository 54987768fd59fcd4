"""Activities as rows of the departure board: every text ready to print, so that the template stays cheap and plain."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import dates
from content.localised import localised
from hubs.availability import Seats, seats
from hubs.models import Activity, Audience, Hub, Meeting, Programme, Theme
from hubs.taxonomy import Taxonomy

WithRowData = Any  # an Activity with what with_row_data() annotated, for which Django has no type


@dataclass(frozen=True)
class DepartureRow:
    """One activity on the board; `title_lang` is set when the text is in another language than the page.

    Without `url` where its page is not on the site yet.
    """

    url: str
    title: str
    title_lang: str | None
    starts_iso: str
    ends_iso: str
    day: str
    month: str
    month_heading: str
    weekday: str
    times: str
    long_day: str
    long_times: str
    spoken: str
    for_whom: str
    is_for_classes: bool
    note: str
    hub: Hub
    seats: Seats
    is_example: bool
    meeting_count: int


def with_row_data(activities: models.QuerySet[Activity]) -> models.QuerySet[Activity]:
    """Adds what a row prints, in the same query for any number of rows."""
    levels = Programme.levels.through.objects.filter(programme=OuterRef("programme")).values("educationlevel_id")
    themes = Theme.objects.filter(programmes=OuterRef("programme")).values("pk")
    meetings = Meeting.objects.filter(activity=OuterRef("pk")).order_by().values("activity").annotate(n=Count("pk"))
    return activities.select_related("programme").annotate(
        level_ids=ArraySubquery(levels), theme_ids=ArraySubquery(themes), meeting_count=Subquery(meetings.values("n"))
    )


def departures(
    activities: Iterable[WithRowData], taxonomy: Taxonomy, now: datetime, *, has_pages: bool = True
) -> list[DepartureRow]:
    """Makes no query. A hub that was published after the taxonomy was read is left out."""
    prefix = reverse("activities")
    return [
        _row(activity, taxonomy, now, f"{prefix}{activity.pk}/" if has_pages else "")
        for activity in activities
        if activity.programme.hub_id in taxonomy.hub_by_id
    ]


def dates_text(count: int, *, is_capped: bool = False) -> str:
    """ "6 datums" """
    if is_capped:
        return _("Meer dan %(count)d datums") % {"count": count}
    return ngettext("%(count)d datum", "%(count)d datums", count) % {"count": count}


def _row(activity: WithRowData, taxonomy: Taxonomy, now: datetime, url: str) -> DepartureRow:
    programme = activity.programme
    start, end = activity.first_starts_at, activity.last_ends_at
    if start is None or end is None:
        raise ValueError(f"activity {activity.pk} has no meetings: only public() ones have a row")
    title, lang = localised(programme, "title")
    is_one = activity.meeting_count == 1
    times = dates.time_range(start, end) if is_one else _("vanaf %(time)s") % {"time": dates.hours(start)}
    # A teacher who brings a class is not whom its lesson is for.
    audiences = programme.audiences
    if not activity.for_persons and Audience.PUPIL in audiences:
        audiences = [code for code in audiences if code != Audience.TEACHER]
    return DepartureRow(
        url=url,
        title=title,
        title_lang=lang,
        starts_iso=start.isoformat(),
        ends_iso=end.isoformat(),
        day=dates.day_number(start),
        month=dates.short_month(start),
        month_heading=dates.month_and_year(start),
        weekday=dates.weekday(start),
        times=times,
        long_day=dates.unbroken(dates.day(start)),
        long_times=dates.unbroken(_with_hours(times)),
        spoken=dates.spoken_range(start, end) if is_one else f"{dates.day(start)}, {_with_hours(times)}",
        for_whom=taxonomy.for_whom(activity.level_ids, audiences),
        is_for_classes=not activity.for_persons,
        note=localised(activity, "note")[0],
        hub=taxonomy.hub_by_id[programme.hub_id],
        seats=seats(activity, now),
        is_example=activity.is_made_up,
        meeting_count=activity.meeting_count,
    )


def _with_hours(times: str) -> str:
    return _("%(times)s uur") % {"times": times}
