"""Who comes to the door without having signed up: a number and a level, no name. Decided by the rule of the seat."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import dates
from hubs.models import Activity, Meeting
from partners.models import User
from signups.domain import admission, attendance, locks, seats, waiting_list
from signups.domain.application import Application
from signups.domain.deadlines import offer_deadline
from signups.domain.errors import Reason, RefusedError
from signups.models import Attendance, Ending, Kind, Proof, SignUp, State

AROUND: Final = timedelta(hours=12)  # before a meeting begins and after it ends: the day itself


@transaction.atomic
def add(
    *, meeting_id: int, number: int, education_level_id: int | None, submit_token: UUID, by: User, now: datetime
) -> SignUp:
    """Give `number` people a seat each until this meeting is over, certain at once, and note them as present at it.

    Seats of people who signed up and are not there yet stay theirs. Noted after the meeting they need none. The same
    form posted again gives the same row. Raises RefusedError, then nothing was written.
    """
    meeting = Meeting.objects.get(pk=meeting_id)
    activity = locks.activity(meeting.activity_id)
    waiting_list.expire(activity, now)
    application = Application(
        kind=Kind.WALK_IN,
        name="",
        email="",
        language="nl",
        submit_token=submit_token,
        education_level_id=education_level_id,
        pupils=number,
    )
    replayed, _double = admission.known(activity, application)
    if replayed:
        return replayed
    needed = 0 if is_over(meeting, now) else admission.seats_for(Kind.WALK_IN, number, activity)
    if sentence := why_closed(meeting, activity, now) or _no_room(activity, meeting, needed, now):
        raise RefusedError(Reason.FULL, sentence, field="number")
    entry = SignUp.objects.create(
        **asdict(application),
        activity=activity,
        seats=needed,
        state=State.CONFIRMED,
        taken_by=by,
        proof=Proof.STAFF,
        proven_at=now,
        fields_digest=application.digest(),
        queue_number=waiting_list.next_number(activity),
        told_revision=activity.revision,
    )
    Attendance.objects.create(sign_up=entry, meeting=meeting, number=number, noted_at=now, noted_by=by)
    return entry


def undo(*, sign_up_id: int, now: datetime) -> None:
    """They were not there after all: the seats come free. Undoing twice changes nothing."""
    if SignUp.objects.get(pk=sign_up_id).kind != Kind.WALK_IN:
        raise ValueError("whoever signed up keeps the seat: attendance.undo")
    seats.cancel(sign_up_id=sign_up_id, ending=Ending.STAFF, now=now)


def why_closed(meeting: Meeting, activity: Activity, now: datetime) -> str:
    """Why nobody can come in without having signed up; nothing when one can. On the day itself only."""
    if sentence := attendance.why_closed(activity, now):
        return sentence
    opens, closes = meeting.starts_at - AROUND, meeting.ends_at + AROUND
    if opens <= now < closes:
        return ""
    words = {"day": dates.short_day(opens), "time": dates.clock_time(opens)}
    if now < opens:
        return _("Wie zonder aanmelding komt, noteer je hier vanaf %(day)s om %(time)s.") % words
    return _("Wie zonder aanmelding kwam, noteer je op de dag zelf. Dat kan nu niet meer.")


def is_over(meeting: Meeting, now: datetime) -> bool:
    """Then nobody needs a seat at it any more, and who was there can still be noted."""
    return meeting.ends_at <= now


def free(activity: Activity, now: datetime) -> int | None:
    """Seats for whoever stands at the door now; None is unlimited. Who can still be offered a seat goes first: 0."""
    if activity.waiting and offer_deadline(activity, now) is not None:
        return 0
    return None if activity.capacity is None else activity.capacity - activity.taken


def why_full(activity: Activity, meeting: Meeting, now: datetime) -> str:
    """Why not even one more can come in; nothing while there is room, and when they need none any more."""
    return "" if is_over(meeting, now) else _no_room(activity, meeting, 1, now)


def _no_room(activity: Activity, meeting: Meeting, needed: int, now: datetime) -> str:
    left = free(activity, now)
    if left is None or needed <= left:
        return ""
    if not left and activity.waiting and activity.taken < (activity.capacity or 0):
        return _("Er staan nog mensen op de wachtlijst. Zij gaan voor.")
    if not left:
        return " ".join([_("Er is geen plek meer vrij."), *_kept_from_other_meetings(meeting)])
    return ngettext("Er is nog maar %(n)d plek vrij.", "Er zijn nog maar %(n)d plekken vrij.", left) % {"n": left}


def _kept_from_other_meetings(meeting: Meeting) -> list[str]:
    """Walk-ins hold their seat until their meeting is over: one later that day may look emptier than it counts."""
    elsewhere = SignUp.objects.holding().filter(activity=meeting.activity_id, kind=Kind.WALK_IN, seats__gt=0)
    if not elsewhere.exclude(attendances__meeting=meeting).exists():
        return []
    why = _("Wie zonder aanmelding bij een andere bijeenkomst is, houdt de plek tot die voorbij is.")
    return [why, _("Is er toch ruimte? Verhoog dan het aantal plekken van deze datum.")]
