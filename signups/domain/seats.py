"""The seat: who gets one, keeps it, gives it back. The activity's row is locked first, read after, and decides.

Lock order everywhere: an address (advisory), activities by ascending id, sign-ups, outbox. READ COMMITTED.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import dates
from hubs.availability import closes_at
from hubs.models import Activity, Counting
from signups.domain import outbox, waiting_list
from signups.domain.application import Application
from signups.domain.deadlines import proof_deadline
from signups.domain.errors import Reason, RefusedError
from signups.models import Ending, Kind, MailKind, Proof, SignUp, State

MOST_UNPROVEN: Final = 5  # sign-ups that one address may have open without having proven one


@transaction.atomic
def sign_up(*, activity_id: int, application: Application, now: datetime) -> SignUp:
    """Give the seat, or a place in the queue, and write the mail that asks for proof.

    The same form posted again gives the same row. Somebody who is signed up already gets the existing row and a mail
    that says so. Raises RefusedError, then nothing was written.
    """
    _lock_address(application.email)
    activity = _locked(activity_id)
    waiting_list.expire(activity, now)
    replayed = SignUp.objects.filter(submit_token=application.submit_token, fields_digest=application.digest()).first()
    if replayed:
        return replayed
    seats = _seats_of(application, activity)
    _check_open(activity, application, now)
    if existing := _existing(activity, application):
        outbox.write(existing, MailKind.ALREADY, occasion=f"{now:%Y%m%d%H}")  # one an hour: nobody is flooded
        return existing
    _check_unproven(application)
    entry = _insert(activity, application, seats=seats, state=_room(activity, seats), now=now)
    outbox.write(entry, _asks_for_proof(application))
    waiting_list.offer_free_seats(activity, now)
    return entry


@transaction.atomic
def prove(*, sign_up_id: int, proof: Proof, now: datetime, consent_version: str = "") -> SignUp:
    """The address is right, or the guardian consents: a requested seat is certain, a waiting entry counts from now on.

    Proving twice changes nothing. Raises RefusedError when it has ended meanwhile.
    """
    entry, activity = _locked_with_activity(sign_up_id)
    waiting_list.expire(activity, now)
    entry.refresh_from_db()
    if entry.is_proven and entry.is_live:
        return entry
    _check_live(entry)
    entry.proven_at, entry.proof, entry.consent_version = now, proof, consent_version
    if entry.state == State.REQUESTED:
        entry.state = State.CONFIRMED
    entry.save(update_fields=["proven_at", "proof", "consent_version", "state"])
    outbox.write(entry, MailKind.CONFIRMED if entry.state == State.CONFIRMED else MailKind.WAITING)
    waiting_list.offer_free_seats(activity, now)
    entry.refresh_from_db()
    return entry


@transaction.atomic
def accept(*, sign_up_id: int, now: datetime) -> SignUp:
    """Take the offered seat. Accepting twice changes nothing. Raises RefusedError when the offer has run out."""
    entry, activity = _locked_with_activity(sign_up_id)
    waiting_list.expire(activity, now)
    entry.refresh_from_db()
    if entry.state == State.CONFIRMED:
        return entry
    if entry.state != State.OFFERED:
        raise RefusedError(Reason.NO_LONGER, _("Dit aanbod is verlopen. De plek is naar de volgende gegaan."))
    entry.state, entry.offer_expires_at = State.CONFIRMED, None
    entry.save(update_fields=["state", "offer_expires_at"])
    outbox.write(entry, MailKind.CONFIRMED)
    return entry


@transaction.atomic
def cancel(*, sign_up_id: int, ending: Ending, now: datetime) -> SignUp:
    """Give the seat or the place in the queue back. Cancelling what has ended changes nothing."""
    entry, activity = _locked_with_activity(sign_up_id)
    waiting_list.expire(activity, now)
    entry.refresh_from_db()
    if not entry.is_live:
        return entry
    waiting_list.end(entry, State.CANCELLED, ending, now)
    if entry.is_proven:
        outbox.write(entry, MailKind.CANCELLED)
    waiting_list.offer_free_seats(activity, now)
    return entry


@transaction.atomic
def change_class(*, sign_up_id: int, pupils: int, adults: int, remarks: str, now: datetime) -> SignUp:
    """Correct the numbers of a class until sign-up closes; growth only if it fits and nobody waits.

    Raises RefusedError, then nothing was changed.
    """
    entry, activity = _locked_with_activity(sign_up_id)
    waiting_list.expire(activity, now)
    entry.refresh_from_db()
    _check_live(entry)
    _check_not_closed(activity, now)
    _check_class_size(activity, pupils)
    seats = pupils if activity.counts == Counting.HEADS else 1
    growth = seats - entry.seats
    activity.refresh_from_db(fields=["taken", "waiting"])
    if growth > 0 and entry.state != State.WAITING and not _fits(activity, growth):
        raise RefusedError(Reason.FULL, _("Zoveel plekken zijn er niet meer vrij."), field="pupils")
    entry.pupils, entry.adults, entry.remarks, entry.seats = pupils, adults, remarks, seats
    entry.save(update_fields=["pupils", "adults", "remarks", "seats"])
    outbox.write(entry, MailKind.CHANGED, occasion=f"{now:%Y%m%d%H%M%S}")
    waiting_list.offer_free_seats(activity, now)
    return entry


@transaction.atomic
def tidy(*, activity_id: int, now: datetime) -> None:
    """End what has run out and offer what is free: what the sweep does where nobody calls."""
    activity = _locked(activity_id)
    waiting_list.expire(activity, now)
    waiting_list.offer_free_seats(activity, now)


def _lock_address(email: str) -> None:
    """Two sign-ups of one address wait for each other, so that counting its unproven ones cannot race."""
    if email:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"signups:{email}"])


def _locked(activity_id: int) -> Activity:
    activities = Activity.objects.public().select_for_update(of=("self",), no_key=True)
    activity = activities.filter(pk=activity_id).first()
    if activity is None:
        raise RefusedError(Reason.NOT_PUBLIC, _("Deze activiteit staat niet meer op de site."))
    return activity


def _locked_with_activity(sign_up_id: int) -> tuple[SignUp, Activity]:
    """The activity first, then the sign-up. Also of activities that are no longer public: one may always leave."""
    activity_id = SignUp.objects.values_list("activity_id", flat=True).get(pk=sign_up_id)
    activity = Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=activity_id)
    return SignUp.objects.select_for_update(of=("self",)).get(pk=sign_up_id), activity


def _seats_of(application: Application, activity: Activity) -> int:
    if application.kind == Kind.CLASS and activity.counts == Counting.HEADS:
        return application.pupils or 0
    return 1


def _check_open(activity: Activity, application: Application, now: datetime) -> None:
    if activity.cancelled_at:
        raise RefusedError(Reason.CANCELLED, _("Deze activiteit gaat niet door."))
    if activity.signup_opens_at and activity.signup_opens_at > now:
        opens = dates.day(activity.signup_opens_at)
        raise RefusedError(Reason.NOT_OPEN_YET, _("Aanmelden kan vanaf %(day)s.") % {"day": opens})
    _check_not_closed(activity, now)
    is_class = application.kind == Kind.CLASS
    if not (activity.for_classes if is_class else activity.for_persons):
        raise RefusedError(Reason.NOT_FOR_THIS_KIND, _("Zo kun je je voor deze activiteit niet aanmelden."))
    if is_class:
        _check_class_size(activity, application.pupils or 0)


def _check_not_closed(activity: Activity, now: datetime) -> None:
    closes = closes_at(activity)
    if closes is None or closes <= now:
        raise RefusedError(Reason.CLOSED, _("Aanmelden is gesloten."))


def _check_class_size(activity: Activity, pupils: int) -> None:
    least, most = activity.class_size_min or 1, activity.class_size_max
    if activity.counts == Counting.HEADS and activity.capacity is not None:
        most = min(most, activity.capacity) if most else activity.capacity
    if pupils < least:
        sentence = ngettext("Kom met minstens %(n)d leerling.", "Kom met minstens %(n)d leerlingen.", least)
        raise RefusedError(Reason.CLASS_SIZE, sentence % {"n": least}, field="pupils")
    if most is not None and pupils > most:
        sentence = ngettext(
            "Er kan hoogstens %(n)d leerling komen.", "Er kunnen hoogstens %(n)d leerlingen komen.", most
        )
        raise RefusedError(Reason.CLASS_SIZE, sentence % {"n": most}, field="pupils")


def _existing(activity: Activity, application: Application) -> SignUp | None:
    """A live row of the same address and name, as the partial unique index sees it."""
    same = SignUp.objects.filter(activity=activity, email=application.email, name__iexact=application.name)
    return same.exclude(email="").live().first()


def _check_unproven(application: Application) -> None:
    if not application.email:
        return
    open_ones = SignUp.objects.filter(email=application.email).live().unproven().count()
    if open_ones >= MOST_UNPROVEN:
        raise RefusedError(
            Reason.TOO_MANY_UNPROVEN,
            _("Voor dit e-mailadres staan al vijf aanmeldingen open. Bevestig die eerst via onze mails."),
            field="email",
        )


def _fits(activity: Activity, seats: int) -> bool:
    """While a proven entry waits, newcomers queue and no class grows."""
    return not activity.waiting and (activity.capacity is None or activity.taken + seats <= activity.capacity)


def _room(activity: Activity, seats: int) -> State:
    """Requested when there is a seat, waiting when there is a place in the queue; raises RefusedError for neither."""
    activity.refresh_from_db(fields=["taken", "waiting"])
    if _fits(activity, seats):
        return State.REQUESTED
    in_queue = SignUp.objects.filter(activity=activity, state=State.WAITING).count()
    if activity.waiting_limit is None or in_queue < activity.waiting_limit:
        return State.WAITING
    raise RefusedError(Reason.FULL, _("Deze activiteit is vol."))


def _insert(activity: Activity, application: Application, *, seats: int, state: State, now: datetime) -> SignUp:
    return SignUp.objects.create(
        **asdict(application),
        activity=activity,
        seats=seats,
        state=state,
        fields_digest=application.digest(),
        queue_number=waiting_list.next_number(activity),
        told_revision=activity.revision,
        proof_expires_at=proof_deadline(activity, now, by_guardian=application.by_guardian),
    )


def _asks_for_proof(application: Application) -> MailKind:
    if application.kind == Kind.CLASS:
        return MailKind.PROVE_CLASS
    return MailKind.CONSENT if application.by_guardian else MailKind.PROVE


def _check_live(entry: SignUp) -> None:
    if not entry.is_live:
        raise RefusedError(Reason.NO_LONGER, _("Deze aanmelding is al geëindigd."))


def by_uuid(uuid: UUID) -> SignUp | None:
    """The sign-up that a link or a cookie names."""
    return SignUp.objects.select_related("activity__programme__hub").filter(uuid=uuid).first()
