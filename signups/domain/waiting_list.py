"""The queue of an activity: who is offered what comes free. Every function expects the activity to be locked."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Max, Q

from hubs.availability import closes_at
from hubs.models import Activity
from signups.domain import outbox
from signups.domain.deadlines import offer_deadline
from signups.models import Ending, MailKind, SignUp, State

MOST_PASSED_OVER: Final = 3
GATHER_UNTIL: Final = timedelta(days=7)  # before the date; after that nobody holds seats up for a large entry


def next_number(activity: Activity) -> int:
    """The place at the end of the queue. The lock on the activity keeps it unique and in the order of commit."""
    last = SignUp.objects.filter(activity=activity).aggregate(last=Max("queue_number"))["last"]
    return (last or 0) + 1


def expire(activity: Activity, now: datetime) -> None:
    """End what has run out: proofs, offers, and at the closing of sign-up the whole list.

    A date that was moved forward ends them too, whatever deadline they were told.
    """
    entries = SignUp.objects.filter(activity=activity).live().select_for_update(of=("self",)).order_by("pk")
    closes = closes_at(activity)
    is_closed = closes is not None and closes <= now
    has_begun = activity.first_starts_at is not None and activity.first_starts_at <= now
    for entry in entries.filter(Q() if has_begun else Q(proof_expires_at__lte=now), proven_at=None):
        end(entry, State.EXPIRED, Ending.NOT_PROVEN, now)
    for entry in entries.filter(Q() if is_closed else Q(offer_expires_at__lte=now), state=State.OFFERED):
        _offer_ran_out(entry, activity, now, is_closed=is_closed)
    if is_closed:
        for entry in entries.filter(state=State.WAITING):
            end(entry, State.EXPIRED, Ending.LIST_CLOSED, now)
            if entry.is_proven:
                outbox.write(entry, MailKind.LIST_CLOSED)


def offer_free_seats(activity: Activity, now: datetime) -> list[SignUp]:
    """Offer what is free to whoever waits, in order of joining; an entry that does not fit is passed over three times.

    After that seats gather for it, until a week before the date. An entry larger than the capacity is skipped.
    """
    activity.refresh_from_db(fields=["taken", "waiting", "capacity"])
    deadline = offer_deadline(activity, now)
    if deadline is None or activity.cancelled_at or not activity.waiting:
        return []
    free = None if activity.capacity is None else activity.capacity - activity.taken
    if free is not None and free <= 0:
        return []
    may_gather = activity.first_starts_at is not None and now < activity.first_starts_at - GATHER_UNTIL
    offered: list[SignUp] = []
    passed: list[SignUp] = []
    for entry in SignUp.objects.filter(activity=activity).queued().proven().select_for_update(of=("self",)):
        if activity.capacity is not None and entry.seats > activity.capacity:
            continue
        if free is not None and entry.seats > free:
            passed.append(entry)
        else:
            free = None if free is None else free - entry.seats
            _offer(entry, deadline)
            offered.append(entry)
            for skipped in passed:
                skipped.passed_over += 1
        if may_gather and any(skipped.passed_over >= MOST_PASSED_OVER for skipped in passed):
            break
    if offered:
        SignUp.objects.bulk_update(passed, ["passed_over"])
    return offered


def end(entry: SignUp, state: State, ending: Ending, now: datetime) -> None:
    """Whoever calls decides about the mail. The form of an ended entry is forgotten: one may come back with it."""
    entry.state, entry.ending, entry.ended_at, entry.offer_expires_at = state, ending, now, None
    entry.submit_token, entry.fields_digest = None, ""
    entry.save(
        update_fields=[
            "state",
            "ending",
            "ended_at",
            "offer_expires_at",
            "offers_run_out",
            "submit_token",
            "fields_digest",
        ]
    )


def _offer(entry: SignUp, deadline: datetime) -> None:
    entry.state, entry.offer_expires_at = State.OFFERED, deadline
    entry.save(update_fields=["state", "offer_expires_at"])
    outbox.write(entry, MailKind.OFFER, occasion=str(entry.offers_run_out))


def _offer_ran_out(entry: SignUp, activity: Activity, now: datetime, *, is_closed: bool) -> None:
    """Once to the end of the queue, twice it ends."""
    entry.offers_run_out += 1
    if is_closed or entry.offers_run_out > 1:
        end(entry, State.EXPIRED, Ending.OFFER_RAN_OUT, now)
    else:
        entry.state, entry.offer_expires_at = State.WAITING, None
        entry.queue_number, entry.passed_over = next_number(activity), 0
        entry.save(update_fields=["state", "offer_expires_at", "offers_run_out", "queue_number", "passed_over"])
    outbox.write(entry, MailKind.OFFER_RAN_OUT, occasion=str(entry.offers_run_out))
