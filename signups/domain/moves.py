"""Dates on another day, at another time or in another room, with everybody who signed up. Telling it is the sweep's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from django.db import transaction

from content.clock import local_date
from content.clock_changes import about_days_later, days_later, dutch_moment
from content.domain import history, snapshots
from content.models import Deed
from hubs.models import Activity, Meeting, Room
from partners.models import User
from signups.domain import locks


@dataclass(frozen=True)
class Move:
    """How much later; `begins` is another clock time for every meeting, which lasts as long as it did."""

    days: int = 0
    begins: time | None = None
    room: Room | None = None

    @property
    def is_nothing(self) -> bool:
        return not self.days and self.begins is None and self.room is None


class TwoAtOnceError(ValueError):
    """Two meetings of one date would begin at one moment."""


def may_move(activity: Activity, now: datetime) -> bool:
    """Not what was cancelled or has begun: its meetings are changed one by one, in the form of the date."""
    return activity.cancelled_at is None and activity.first_starts_at is not None and activity.first_starts_at > now


def is_over(meetings: Iterable[Meeting], now: datetime) -> bool:
    """Where a date must not be moved to: nobody can come to it any more."""
    return all(meeting.ends_at <= now for meeting in meetings)


def moved(meetings: Iterable[Meeting], move: Move) -> list[Meeting]:
    """Unsaved, in order. Raises NoSuchMomentError and TwoAtOnceError."""
    found = [_moved(meeting, move) for meeting in meetings]
    for one, other in pairwise(found):
        if one.activity_id == other.activity_id and one.starts_at == other.starts_at:
            raise TwoAtOnceError
    return found


@transaction.atomic
def carry_out(*, versions: dict[int, int], move: Move, by: User, now: datetime) -> list[Activity]:
    """Those that were moved, of the ones given. Raises NoSuchMomentError and TwoAtOnceError, then nothing is.

    `versions` says by id how each was when the move was looked at: what changed since stays, a second post too, and
    what would be over. The closing of sign-up moves along, and its opening where that is still to come.
    """
    seen = [activity for activity in locks.several(versions) if activity.version == versions[activity.pk]]
    movable = [activity for activity in seen if may_move(activity, now)]
    plans = {each.pk: moved(each.meetings.select_related("room"), move) for each in movable}
    activities = [activity for activity in movable if not is_over(plans[activity.pk], now)]
    for activity in activities:
        before = snapshots.stored(activity)
        changed = plans[activity.pk]
        # No meeting may meet another on its way: the last goes first to a later day, the first to an earlier one.
        for meeting in reversed(changed) if move.days > 0 else changed:
            meeting.save(update_fields=["starts_at", "ends_at", "room", "place"])
        _move_window(activity, move.days, now)
        activity.version, activity.changed_at = activity.version + 1, now
        activity.save(update_fields=["signup_opens_at", "signup_closes_at", "version", "changed_at"])
        history.record(subject=activity, deed=Deed.CHANGED, by=by, now=now, before=before)
    return activities


def _moved(meeting: Meeting, move: Move) -> Meeting:
    if move.begins is None:
        starts_at, ends_at = days_later(meeting.starts_at, move.days), days_later(meeting.ends_at, move.days)
    else:
        starts_at = dutch_moment(local_date(meeting.starts_at) + timedelta(days=move.days), move.begins)
        ends_at = starts_at + (meeting.ends_at - meeting.starts_at)
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    if move.room:
        meeting.room, meeting.place = move.room, ""
    return meeting


def _move_window(activity: Activity, days: int, now: datetime) -> None:
    opens, closes = activity.signup_opens_at, activity.signup_closes_at
    if opens and opens > now:
        opens = about_days_later(opens, days)
    if closes:
        closes = about_days_later(closes, days)
    if opens and closes and closes <= opens:
        opens = None  # it is open already
    activity.signup_opens_at, activity.signup_closes_at = opens, closes
