"""Who was there: noted at the door by staff, and taken back. Who came as far as anybody knows is in presence.py."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from content import dates
from hubs.models import Activity, Meeting
from partners.models import User
from signups.domain import locks
from signups.domain.errors import Reason, RefusedError
from signups.models import Attendance, Kind, SignUp, State

OPENS_BEFORE: Final = timedelta(hours=12)  # the first meeting; it ends when the row is emptied


def expected(activity: Activity) -> QuerySet[SignUp]:
    """Those who signed up and whose seat is certain: whom one can note."""
    return _certain(activity).exclude(kind=Kind.WALK_IN)


def walk_ins(meeting: Meeting) -> QuerySet[SignUp]:
    """Those who came to this meeting without signing up, in the order in which they came."""
    return _certain(meeting.activity).filter(kind=Kind.WALK_IN, attendances__meeting=meeting).order_by("queue_number")


class Headcount(NamedTuple):
    """People at one meeting: those who signed up, noted and expected, and apart from them who walked in."""

    came: int
    expected: int
    walked_in: int


def counts(meeting: Meeting) -> Headcount:
    signed_up = expected(meeting.activity)
    noted = Attendance.objects.filter(meeting=meeting, sign_up__in=_certain(meeting.activity).values("pk"))
    walked_in = Q(sign_up__kind=Kind.WALK_IN)
    there = noted.aggregate(came=Sum("number", filter=~walked_in), walked_in=Sum("number", filter=walked_in))
    people = signed_up.aggregate(n=Sum(Coalesce("pupils", 1)))
    return Headcount(there["came"] or 0, people["n"] or 0, there["walked_in"] or 0)


def why_closed(activity: Activity, now: datetime) -> str:
    """Why nobody can be noted at this moment; nothing when one can."""
    if activity.cancelled_at:
        return _("Deze activiteit gaat niet door.")
    if activity.first_starts_at is None:
        return _("Deze activiteit heeft geen datum.")
    opens = activity.first_starts_at - OPENS_BEFORE
    if opens <= now:
        return ""
    words = {"day": dates.short_day(opens), "time": dates.clock_time(opens)}
    return _("Noteren wie er is, kan vanaf %(day)s om %(time)s.") % words


def current_meeting(activity: Activity, now: datetime) -> Meeting | None:
    """The one that is on or comes next, after the end the last one."""
    meetings = list(activity.meetings.all())
    return next((meeting for meeting in meetings if meeting.ends_at > now), meetings[-1] if meetings else None)


def _certain(activity: Activity) -> QuerySet[SignUp]:
    return SignUp.objects.filter(activity=activity, state=State.CONFIRMED, emptied_at=None)


@transaction.atomic
def note(*, sign_up_id: int, meeting_id: int, number: int, by: User, now: datetime) -> Attendance:
    """`number` people of this sign-up are at this meeting: 0 or 1 for a person, at most its pupils for a class.

    The same number again changes nothing, another one takes its place. Raises RefusedError, then nothing was noted.
    """
    entry = _checked(sign_up_id, meeting_id, now)
    most = entry.pupils or 1
    if not 0 <= number <= most:
        sentence = _("Vul een getal in van %(least)d tot en met %(most)d.") % {"least": 0, "most": most}
        raise RefusedError(Reason.CLASS_SIZE, sentence, field="number")
    known = entry.attendances.filter(meeting=meeting_id).first()
    if known and known.number == number:
        return known
    noted = {"number": number, "noted_by": by, "noted_at": now}
    return Attendance.objects.update_or_create(sign_up=entry, meeting_id=meeting_id, defaults=noted)[0]


@transaction.atomic
def undo(*, sign_up_id: int, meeting_id: int, now: datetime) -> None:
    """As if it was never noted. Undoing twice changes nothing."""
    entry = _checked(sign_up_id, meeting_id, now)
    entry.attendances.filter(meeting=meeting_id).delete()


def _checked(sign_up_id: int, meeting_id: int, now: datetime) -> SignUp:
    """The sign-up, locked after its activity, of which one can note who came."""
    entry, activity = locks.sign_up(sign_up_id)
    if entry.state != State.CONFIRMED or entry.emptied_at:
        raise RefusedError(Reason.NO_LONGER, _("Deze aanmelding heeft geen zekere plek, of is al gewist."))
    if not activity.meetings.filter(pk=meeting_id).exists():
        raise RefusedError(Reason.NO_LONGER, _("Deze bijeenkomst hoort niet bij deze aanmelding."))
    if sentence := why_closed(activity, now):
        raise RefusedError(Reason.CANCELLED if activity.cancelled_at else Reason.NOT_OPEN_YET, sentence)
    return entry
