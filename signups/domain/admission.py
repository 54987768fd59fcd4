"""May this application come in, and where: what makes a sign-up refused. Writes nothing; the activity is locked."""

from datetime import datetime
from typing import Final

from django.db.models import Q, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import dates
from hubs.availability import class_sizes, closes_at, seats_left, smallest, takes_waiting, why_full
from hubs.models import Activity, Counting
from signups.domain.application import Application
from signups.domain.errors import Reason, RefusedError
from signups.models import LIVE, Kind, MailKind, SignUp, State

MOST_UNPROVEN: Final = 5  # sign-ups that one address may have open without having proven one


def check_open(activity: Activity, application: Application, now: datetime) -> None:
    """Raises RefusedError when nobody, or nobody of this kind, can sign up now."""
    check_still_on(activity, now)
    if activity.signup_opens_at and activity.signup_opens_at > now:
        opens = dates.day(activity.signup_opens_at)
        raise RefusedError(Reason.NOT_OPEN_YET, _("Aanmelden kan vanaf %(day)s.") % {"day": opens})
    check_not_closed(activity, now)
    is_class = application.kind == Kind.CLASS
    if not (activity.for_classes if is_class else activity.for_persons):
        raise RefusedError(Reason.NOT_FOR_THIS_KIND, _("Zo kun je je voor deze activiteit niet aanmelden."))
    if is_class:
        check_class_size(activity, application.pupils or 0)


def check_still_on(activity: Activity, now: datetime) -> None:
    """Raises RefusedError for a date that was cancelled or has begun, whatever deadline was promised before."""
    if activity.cancelled_at:
        raise RefusedError(Reason.CANCELLED, _("Deze activiteit gaat niet door."))
    if activity.first_starts_at is None or activity.first_starts_at <= now:
        raise RefusedError(Reason.CLOSED, _("Deze activiteit is al begonnen of geweest."))


def check_not_closed(activity: Activity, now: datetime) -> None:
    closes = closes_at(activity)
    if closes is None or closes <= now:
        raise RefusedError(Reason.CLOSED, _("Aanmelden is gesloten."))


def check_class_size(activity: Activity, pupils: int) -> None:
    """Between the smallest and the largest class, and never more than there are seats at all."""
    least, most = class_sizes(activity)
    if pupils < least:
        sentence = ngettext(
            "Er moet minstens %(n)d leerling komen.", "Er moeten minstens %(n)d leerlingen komen.", least
        )
        raise RefusedError(Reason.CLASS_SIZE, sentence % {"n": least}, field="pupils")
    if most is not None and pupils > most:
        sentence = ngettext(
            "Er kan hoogstens %(n)d leerling komen.", "Er kunnen hoogstens %(n)d leerlingen komen.", most
        )
        raise RefusedError(Reason.CLASS_SIZE, sentence % {"n": most}, field="pupils")


def has_most_unproven(email: str) -> bool:
    """Does an address have as many unproven sign-ups as it may? While it is locked there come no more."""
    return bool(email) and SignUp.objects.filter(email=email).live().unproven().count() >= MOST_UNPROVEN


def check_unproven(email: str) -> None:
    """Raises RefusedError when an address has as many unproven sign-ups as it may. The address is locked."""
    if has_most_unproven(email):
        raise RefusedError(
            Reason.TOO_MANY_UNPROVEN,
            _("Voor dit e-mailadres staan al vijf aanmeldingen open. Die moeten eerst via de mails bevestigd worden."),
            field="email",
        )


def known(activity: Activity, application: Application) -> tuple[SignUp | None, SignUp | None]:
    """The row that this very form made, and the live row of the same address and name, as its unique index sees it.

    An ended row has forgotten its form, so that one may come back with it.
    """
    digest = application.digest()
    same_form = Q(submit_token=application.submit_token, fields_digest=digest)
    same_person = _live_of(application.email, application.name)
    found = SignUp.objects.filter(same_form | same_person, activity=activity)
    rows = list(found) if found.exists() else []  # hardly ever, and asked while everybody else waits
    made = (row for row in rows if (row.submit_token, row.fields_digest) == (application.submit_token, digest))
    return next(made, None), next((row for row in rows if row.email and row.is_live), None)


def existing(activity_id: int, email: str, name: str) -> SignUp | None:
    """The live row of this address and name."""
    return SignUp.objects.filter(_live_of(email, name), activity=activity_id).first()


def has_namesake(activity_id: int, application: Application) -> bool:
    """Is one of this name in already, as far as staff may read names? Of a class one of the same school."""
    named = SignUp.objects.live().filter(Exact(Lower("name"), Lower(Value(application.name))), activity=activity_id)
    others = named.filter(kind=application.kind, proven_at__isnull=False).exclude(submit_token=application.submit_token)
    if application.kind == Kind.CLASS:
        others = others.filter(school=application.school_id, school_other=application.school_other)
    return others.exists()


def _live_of(email: str, name: str) -> Q:
    return Q(Exact(Lower("name"), Lower(Value(name))), email=email, state__in=LIVE) & ~Q(email="")


def fits(activity: Activity, seats: int) -> bool:
    """While a proven entry waits, newcomers queue and no class grows. The counters are as fresh as the lock."""
    return not activity.waiting and (activity.capacity is None or activity.taken + seats <= activity.capacity)


def room(activity: Activity, seats: int, now: datetime) -> State:
    """Requested when there is a seat, waiting when there is a place in the queue; raises RefusedError for neither."""
    if fits(activity, seats):
        return State.REQUESTED
    if takes_waiting(activity, now):
        return State.WAITING
    left = seats_left(activity)
    if not left or activity.waiting or left < smallest(activity, for_class=True):
        raise RefusedError(Reason.FULL, why_full(activity, now))
    sentence = ngettext("Er is nog %(n)d plek vrij.", "Er zijn nog %(n)d plekken vrij.", left)
    raise RefusedError(Reason.FULL, sentence % {"n": left}, field="pupils")


def asks_for_proof(application: Application) -> MailKind:
    """The mail with the button that proves it."""
    if application.kind == Kind.CLASS:
        return MailKind.PROVE_CLASS
    return MailKind.CONSENT if application.by_guardian else MailKind.PROVE


def seats_for(kind: str, pupils: int | None, activity: Activity) -> int:
    """A seat for a person; for a class or walk-ins one each, or one for all where the activity counts classes."""
    return pupils or 0 if kind != Kind.PERSON and activity.counts == Counting.HEADS else 1
