"""A date so long ago that who came is forgotten: its seats are still counted, so it cannot be held once more."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from hubs.models import Activity, Meeting

REMEMBERED: Final = timedelta(days=30)  # who came, after the last meeting


def why_not_again(activity: Activity, meetings: Iterable[Meeting], now: datetime) -> str:
    """What to do instead of planning these for it, or nothing."""
    over_at = activity.last_ends_at
    if not activity.taken or over_at is None or over_at > now - REMEMBERED:
        return ""
    if all(meeting.ends_at <= now for meeting in meetings):
        return ""
    return _("Deze datum is langer dan een maand voorbij en wie er kwam is gewist. Maak een nieuwe datum.")
