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
from hubs.models import Activity, Meeting
from hubs.schedule import place_of

PRODUCT: Final = "-//MKB-deal Maakindustrie Utrecht-West//Portaal//NL"


def calendar_file(activity: Activity, now: datetime) -> bytes:
    """One event per meeting. A program that imports a newer file replaces the event: same UID, higher SEQUENCE."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", "PUBLISH")
    for meeting in activity.meetings.select_related("room"):
        calendar.add_component(_event(activity, meeting, now))
    if activity.first_starts_at and activity.last_ends_at:
        first, last = activity.first_starts_at.year, activity.last_ends_at.year
        calendar.add_missing_timezones(first_date=date(first, 1, 1), last_date=date(last + 1, 1, 1))
    return calendar.to_ical()


def _event(activity: Activity, meeting: Meeting, now: datetime) -> Event:
    hub = activity.programme.hub
    address = ", ".join(filter(None, [place_of(meeting, hub), hub.street, hub.town]))
    if "street" in hub.to_confirm:
        address = f"{address} ({_('nog niet bevestigd')})"
    event = Event()
    event.add("uid", f"activity-{activity.uuid}-{meeting.pk}@{settings.SITE_URL.hostname}")
    event.add("sequence", activity.revision + activity.version)  # each only grows; cancelling raises the second
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(AMSTERDAM))
    event.add("dtend", meeting.ends_at.astimezone(AMSTERDAM))
    event.add("summary", _summary(activity), {"language": get_language() or "nl"})
    event.add("location", meeting.place or address)
    event.add("url", absolute(activity.get_absolute_url()))
    event.add("status", "CANCELLED" if activity.cancelled_at else "CONFIRMED")
    return event


def _summary(activity: Activity) -> str:
    """In somebody's calendar nothing else says that a date is made up."""
    title = localised(activity.programme, "title")[0]
    return _("Voorbeeld: %(title)s") % {"title": title} if activity.is_made_up else title
