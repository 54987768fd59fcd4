"""The seat: who gets one, keeps it, gives it back. The activity's row is locked first, read after, and decides.

Each verb first ends what has run out in that activity, and last offers what is free.
"""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from hubs.availability import is_over
from hubs.models import Activity, Meeting
from partners.models import User
from signups.domain import admission, locks, outbox, waiting_list
from signups.domain.application import Application
from signups.domain.deadlines import proof_deadline
from signups.domain.errors import Reason, RefusedError
from signups.models import Ending, MailKind, Proof, SignUp, State


def sign_up(*, activity_id: int, application: Application, now: datetime, taken_by: User | None = None) -> SignUp:
    """Give the seat, or a place in the queue, and write the mail that asks for proof.

    `taken_by` entered it for a caller: without an address that is proof at once. A guardian's consent it never is.

    The same form posted again gives the same row. Somebody who is signed up already gets the existing row and a mail
    that says so, and is refused where a stranger would be. Raises RefusedError, then there is no new row.
    """
    decided = _decide(activity_id, application, now, taken_by)
    if isinstance(decided, RefusedError):
        raise decided
    return decided


@transaction.atomic
def prove(*, sign_up_id: int, proof: Proof, now: datetime, consent_version: str = "") -> SignUp:
    """The address is right, or the guardian consents: a requested seat is certain, a waiting entry counts from now on.

    A sign-up that it replaces ends then. Proving twice changes nothing. Raises RefusedError when it or its date has
    ended meanwhile.
    """
    entry, activity = _tidied(sign_up_id, now)
    if entry.is_proven and entry.is_live:
        return entry
    _check_live(entry)
    admission.check_still_on(activity, now)
    if entry.needs_guardian != (proof == Proof.GUARDIAN and bool(consent_version)):
        raise ValueError("only a guardian's consent, with its text's version, proves a sign-up under 16, and no other")
    entry.proven_at, entry.proof, entry.consent_version = now, proof, consent_version
    if entry.state == State.REQUESTED:
        entry.state = State.CONFIRMED
    entry.save(update_fields=["proven_at", "proof", "consent_version", "state"])
    outbox.write(entry, MailKind.CONFIRMED if entry.state == State.CONFIRMED else MailKind.WAITING)
    _let_go_of_the_replaced(entry, now)
    waiting_list.offer_free_seats(activity, now)
    entry.refresh_from_db()
    return entry


@transaction.atomic
def accept(*, sign_up_id: int, now: datetime) -> SignUp:
    """Take the offered seat. Accepting twice changes nothing. Raises RefusedError when the offer has run out."""
    entry, activity = _tidied(sign_up_id, now)
    if entry.state == State.CONFIRMED:
        return entry
    if entry.state != State.OFFERED:
        raise RefusedError(Reason.NO_LONGER, _("Dit aanbod is verlopen. We houden de plek niet meer voor je vast."))
    admission.check_still_on(activity, now)
    entry.state, entry.offer_expires_at = State.CONFIRMED, None
    entry.save(update_fields=["state", "offer_expires_at"])
    outbox.write(entry, MailKind.CONFIRMED)
    waiting_list.offer_free_seats(activity, now)
    return entry


@transaction.atomic
def cancel(*, sign_up_id: int, ending: Ending, now: datetime) -> SignUp:
    """Give the seat or the place in the queue back. Cancelling what has ended changes nothing.

    Nor does cancelling what is over: who was there, was there.
    """
    entry, activity = _tidied(sign_up_id, now)
    if not entry.is_live or is_over(activity, now):
        return entry
    waiting_list.end(entry, State.CANCELLED, ending, now)
    if entry.is_proven:
        outbox.write(entry, MailKind.CANCELLED)
    waiting_list.offer_free_seats(activity, now)
    return entry


@transaction.atomic
def change_class(*, sign_up_id: int, pupils: int, adults: int, remarks: str, now: datetime) -> SignUp:
    """Correct the numbers of a class until sign-up closes; growth only if it fits and nobody waits.

    The mail tells numbers and no remark: where they stay the same there is none. Raises RefusedError, then nothing was
    changed.
    """
    entry, activity = _tidied(sign_up_id, now)
    _check_live(entry)
    admission.check_still_on(activity, now)
    admission.check_not_closed(activity, now)
    admission.check_class_size(activity, pupils)
    seats = admission.seats_for(entry.kind, pupils, activity)
    growth = seats - entry.seats
    if growth > 0 and entry.state != State.WAITING and not admission.fits(activity, growth):
        raise RefusedError(Reason.FULL, _("Zoveel plekken zijn er niet meer vrij."), field="pupils")
    are_other_numbers = (entry.pupils, entry.adults) != (pupils, adults)
    entry.pupils, entry.adults, entry.remarks, entry.seats = pupils, adults, remarks, seats
    entry.save(update_fields=["pupils", "adults", "remarks", "seats"])
    if are_other_numbers:
        outbox.write(entry, MailKind.CHANGED, occasion=f"{now:%Y%m%d%H%M%S}")
    waiting_list.offer_free_seats(activity, now)
    return entry


@transaction.atomic
def change_remarks(*, sign_up_id: int, remarks: str, now: datetime) -> SignUp:
    """Until sign-up closes. Raises RefusedError, then nothing was changed."""
    entry, activity = _tidied(sign_up_id, now)
    _check_live(entry)
    admission.check_still_on(activity, now)
    admission.check_not_closed(activity, now)
    entry.remarks = remarks
    entry.save(update_fields=["remarks"])
    return entry


@transaction.atomic
def tidy(*, activity_id: int, now: datetime) -> None:
    """End what has run out and offer what is free: what the sweep does where nobody calls, public or not."""
    activity = locks.activity(activity_id)
    waiting_list.expire(activity, now)
    waiting_list.offer_free_seats(activity, now)


def by_uuid(uuid: UUID) -> SignUp | None:
    """The sign-up that a link or a cookie names; `read_at` is the database's clock when it was read.

    `places` are those of the meetings, empty for each that is at the hub.
    """
    meetings = Meeting.objects.filter(activity=OuterRef("activity")).order_by("starts_at").values("place")
    found = SignUp.objects.select_related("activity__programme__hub").filter(uuid=uuid)
    return found.annotate(read_at=Now(), places=ArraySubquery(meetings)).first()


@transaction.atomic
def _decide(activity_id: int, application: Application, now: datetime, taken_by: User | None) -> SignUp | RefusedError:
    """A full house is returned, not raised: the mail to somebody who is in already has to be committed with it."""
    locks.address(application.email)
    has_most_unproven = admission.has_most_unproven(application.email)  # before everybody else has to wait for it
    activity = locks.public_activity(activity_id)
    waiting_list.expire(activity, now)
    replayed, double = admission.known(activity, application)
    if replayed:
        return replayed
    admission.check_open(activity, application, now)
    if has_most_unproven:
        admission.check_unproven(application.email)  # again: one may have run out just now
    if double:
        outbox.write(double, MailKind.ALREADY, occasion=f"{now:%Y%m%d%H}")  # one an hour: nobody is flooded
    seats = admission.seats_for(application.kind, application.pupils, activity)
    try:
        state = admission.room(activity, seats, now)
    except RefusedError as refusal:
        return refusal
    if double:
        return double
    entry = _insert(activity, application, seats=seats, state=state, now=now, taken_by=taken_by)
    outbox.write(entry, admission.asks_for_proof(application))
    if activity.waiting:  # else nobody is there to be offered what has run out just now
        waiting_list.offer_free_seats(activity, now)
    return entry


def _tidied(sign_up_id: int, now: datetime) -> tuple[SignUp, Activity]:
    """Both locked, and what has run out ended: the sign-up itself perhaps."""
    entry, activity = locks.sign_up(sign_up_id)
    waiting_list.expire(activity, now)
    entry.refresh_from_db()
    return entry, activity


def _let_go_of_the_replaced(entry: SignUp, now: datetime) -> None:
    """What was moved here frees its old seat, unless that date has begun. Its activity is locked (locks.sign_up)."""
    replaced = SignUp.objects.live().filter(replaced_by=entry)
    old = replaced.select_for_update(of=("self",)).first()
    if old is None:
        return
    old_date = Activity.objects.get(pk=old.activity_id)
    if old_date.first_starts_at is None or old_date.first_starts_at > now:
        waiting_list.expire(old_date, now)
        old.refresh_from_db()
        if old.is_live:
            waiting_list.end(old, State.CANCELLED, Ending.MOVED, now)
        waiting_list.offer_free_seats(old_date, now)


def _insert(
    activity: Activity, application: Application, *, seats: int, state: State, now: datetime, taken_by: User | None
) -> SignUp:
    is_proof = taken_by is not None and not application.email and not application.by_guardian
    return SignUp.objects.create(
        **asdict(application),
        activity=activity,
        seats=seats,
        state=State.CONFIRMED if is_proof and state == State.REQUESTED else state,
        taken_by=taken_by,
        proof=Proof.STAFF if is_proof else "",
        proven_at=now if is_proof else None,
        fields_digest=application.digest(),
        queue_number=waiting_list.next_number(activity),
        told_revision=activity.revision,
        proof_expires_at=proof_deadline(
            activity, now, by_guardian=application.by_guardian, waits=state == State.WAITING
        ),
    )


def _check_live(entry: SignUp) -> None:
    if not entry.is_live:
        raise RefusedError(Reason.NO_LONGER, _("Deze aanmelding is al geëindigd."))
