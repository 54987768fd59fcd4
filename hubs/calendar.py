"""An activity as a calendar file. What it says of a date is public; nothing of whoever comes."""

from datetime import UTC, date, datetime
from typing import Final

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from content.clock import AMSTERDAM
from content.localised import localised
from content.structured_data import absolute
from hubs.former_meetings import Span, former_meetings
from hubs.models import Activity, Meeting
from hubs.schedule import place_of

PRODUCT: Final = "-//MKB-deal Maakindustrie Utrecht-West//Portaal//NL"


def calendar_file(activity: Activity, now: datetime, *, since: datetime | None = None) -> bytes:
    """One event per meeting. A program that imports a newer file replaces the event: same UID, higher SEQUENCE.

    An event is named by its place in the order of time. What was taken out after `since`, when an older file may have
    brought it, is cancelled: the last ones, for the others move up.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", "PUBLISH")
    meetings = list(activity.meetings.select_related("room"))
    events = [_of_meeting(activity, meeting, number, now) for number, meeting in enumerate(meetings, start=1)]
    if since:
        gone = _taken_out(activity, len(meetings), since)
        events += [_event(activity, gone[number], number, now, is_off=True) for number in sorted(gone)]
    for event in events:
        calendar.add_component(event)
    if years := [event.start.year for event in events]:
        calendar.add_missing_timezones(first_date=date(min(years), 1, 1), last_date=date(max(years) + 1, 1, 1))
    return calendar.to_ical()


def _taken_out(activity: Activity, left: int, since: datetime) -> dict[int, Span]:
    """By number, as they were last."""
    found: dict[int, Span] = {}
    for plan in former_meetings(activity, since):
        found |= dict(list(enumerate(plan, start=1))[left:])
    return found


def _of_meeting(activity: Activity, meeting: Meeting, number: int, now: datetime) -> Event:
    hub = activity.programme.hub
    address = ", ".join(filter(None, [place_of(meeting, hub), hub.street, hub.town]))
    if "street" in hub.to_confirm:
        address = f"{address} ({_('nog niet bevestigd')})"
    span = Span(meeting.starts_at, meeting.ends_at)
    event = _event(activity, span, number, now, is_off=activity.cancelled_at is not None)
    event.add("location", meeting.place or address)
    return event


def _event(activity: Activity, span: Span, number: int, now: datetime, *, is_off: bool) -> Event:
    event = Event()
    event.add("uid", f"activity-{activity.uuid}-{number}@{settings.SITE_URL.hostname}")
    event.add("sequence", activity.revision + activity.version)  # each only grows; cancelling raises the second
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", span.starts_at.astimezone(AMSTERDAM))
    event.add("dtend", span.ends_at.astimezone(AMSTERDAM))
    event.add("summary", _summary(activity), {"language": get_language() or "nl"})
    event.add("url", absolute(activity.get_absolute_url()))
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    return event


def _summary(activity: Activity) -> str:
    """In somebody's calendar nothing else says that a date is made up."""
    title = localised(activity.programme, "title")[0]
    return _("Voorbeeld: %(title)s") % {"title": title} if activity.is_made_up else title
