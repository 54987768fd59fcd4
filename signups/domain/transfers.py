"""A sign-up that goes to another date: a new one there replaces the old one. Asked by telephone, done by staff.

Whoever may decide alone is certain of the new date at once, and the old seat comes free. A guardian agreed to the old
date alone and is asked again; until then the child keeps the old seat, and for good if nobody answers.
"""

from dataclasses import asdict, fields
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from hubs.models import Activity
from partners.models import User
from signups.domain import admission, locks, outbox, waiting_list
from signups.domain.application import Application
from signups.domain.deadlines import proof_deadline
from signups.domain.errors import Reason, RefusedError
from signups.models import Ending, Kind, MailKind, Proof, SignUp, State


@transaction.atomic
def move(*, sign_up_id: int, to_activity_id: int, by: User, now: datetime) -> SignUp:
    """The new sign-up, on a public date with a free seat: nobody gives a seat up for a place in a queue.

    Raises RefusedError, then nothing was changed.
    """
    from_activity_id, email = SignUp.objects.values_list("activity_id", "email").get(pk=sign_up_id)
    locks.address(email)
    old_date, _new_date = locks.activities(from_activity_id, to_activity_id)
    new_date = locks.public_activity(to_activity_id)  # locked by now: in the order of ids, whether public or not
    for activity in (old_date, new_date):
        waiting_list.expire(activity, now)
    old = SignUp.objects.select_for_update(of=("self",)).get(pk=sign_up_id)
    _check_may_go(old, old_date, now)
    new = _ask(old, new_date, by, now)
    if new.is_proven or not old.is_proven:
        waiting_list.end(old, State.CANCELLED, Ending.MOVED, now)
    outbox.write(new, MailKind.CONFIRMED if new.is_proven else admission.asks_for_proof(_application(new)))
    waiting_list.offer_free_seats(old_date, now)
    return new


def asked(entry: SignUp) -> SignUp | None:
    """The date that a guardian was asked about and did not answer yet."""
    return entry.replaced_by.live().unproven().select_related("activity__programme").first()


def _check_may_go(old: SignUp, old_date: Activity, now: datetime) -> None:
    if not old.is_live or old.kind == Kind.WALK_IN:
        raise RefusedError(Reason.NO_LONGER, _("Deze aanmelding is al geëindigd."))
    admission.check_still_on(old_date, now)
    if asked(old):
        sentence = _("Er is al een andere datum gevraagd. De ouder of verzorger moet daar nog ja of nee op zeggen.")
        raise RefusedError(Reason.ALREADY_THERE, sentence)


def _ask(old: SignUp, new_date: Activity, by: User, now: datetime) -> SignUp:
    """The row on the new date. A proof that was somebody's own goes along; a guardian's was for the old date."""
    application = _application(old)
    if new_date.pk == old.activity_id or admission.existing(new_date.pk, old.email, old.name):
        raise RefusedError(Reason.ALREADY_THERE, _("Deze aanmelding staat al op die datum."))
    admission.check_open(new_date, application, now)
    seats = admission.seats_for(old.kind, old.pupils, new_date)
    if not admission.fits(new_date, seats):
        raise RefusedError(Reason.FULL, _("Op die datum is niet genoeg plek. Kies een andere."))
    is_certain = old.is_proven and not old.needs_guardian
    if old.is_proven and not is_certain:
        admission.check_unproven(old.email)  # an unproven one is replaced: its address has no more of them by it
    return SignUp.objects.create(
        **asdict(application),
        activity=new_date,
        seats=seats,
        state=State.CONFIRMED if is_certain else State.REQUESTED,
        taken_by=by,
        proof=Proof.STAFF if is_certain else "",
        proven_at=now if is_certain else None,
        fields_digest=application.digest(),
        queue_number=waiting_list.next_number(new_date),
        told_revision=new_date.revision,
        proof_expires_at=proof_deadline(new_date, now, by_guardian=application.by_guardian),
        replaces=old,
    )


def _application(entry: SignUp) -> Application:
    """What was filled in, as a form of its own."""
    given = {field.name: getattr(entry, field.name) for field in fields(Application)}
    return Application(**{**given, "submit_token": uuid4()})
