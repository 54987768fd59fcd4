"""The queue of an activity: who is offered what comes free. Every function expects the activity to be locked."""

from datetime import datetime

from django.db.models import Max, Q

from hubs.availability import are_offers_over
from hubs.models import Activity
from signups.domain import outbox, turns
from signups.domain.deadlines import offer_deadline
from signups.domain.turns import Turn, Verdict
from signups.models import Ending, Kind, MailKind, SignUp, State


def next_number(activity: Activity) -> int:
    """The place at the end of the queue. The lock on the activity keeps it unique and in the order of commit."""
    last = SignUp.objects.filter(activity=activity).aggregate(last=Max("queue_number"))["last"]
    return (last or 0) + 1


def expire(activity: Activity, now: datetime) -> None:
    """End what has run out: proofs, offers, and the whole list once no offer can come of it. Leaves fresh counters.

    From then on who waits would only keep newcomers from the seats that come free until sign-up closes.

    An offer stands as long as its mail said, also when the closing was moved forward since; it ends when the date
    begins, and so does the time for a proof. Walk-ins leave with their meeting.
    """
    entries = SignUp.objects.filter(activity=activity).live()
    has_begun = activity.first_starts_at is not None and activity.first_starts_at <= now
    if has_begun:
        _let_walk_ins_go(activity, now)
    unproven = Q(proven_at=None) if has_begun else Q(proven_at=None, proof_expires_at__lte=now)
    offered = Q(state=State.OFFERED) if has_begun else Q(state=State.OFFERED, offer_expires_at__lte=now)
    in_line = Q(state=State.WAITING) if are_offers_over(activity, now) else Q(pk=None)
    overdue = entries.filter(unproven | offered | in_line)
    if not overdue.exists():  # nearly always, and asked while everybody else waits: so no row is put together
        return
    for entry in overdue.select_for_update(of=("self",)).order_by("pk"):
        if entry.state == State.OFFERED:
            _offer_ran_out(entry, activity, now)
        elif not entry.is_proven and (has_begun or _is_past(entry.proof_expires_at, now)):
            end(entry, State.EXPIRED, Ending.NOT_PROVEN, now)
        else:
            end(entry, State.EXPIRED, Ending.LIST_CLOSED, now)
            if entry.is_proven:
                outbox.write(entry, MailKind.LIST_CLOSED)
    activity.refresh_from_db(fields=["taken", "waiting", "queued"])


def offer_free_seats(activity: Activity, now: datetime) -> list[SignUp]:
    """Offer what is free to whose turn it is (turns.py), and count whom that passed over. Leaves fresh counters."""
    activity.refresh_from_db(fields=["taken", "waiting", "capacity"])
    deadline = offer_deadline(activity, now)
    is_full = activity.capacity is not None and activity.taken >= activity.capacity
    if deadline is None or is_full or not activity.waiting:
        return []  # the queue need not be read
    queue = SignUp.objects.filter(activity=activity).queued().proven().select_for_update(of=("self",))
    found = turns.turns(activity, queue, now)
    offered = [turn.entry for turn in found if turn.verdict == Verdict.OFFER]
    for entry in offered:
        _offer(entry, deadline)
    _count_passed([turn for turn in found if turn.times_passed > turn.entry.passed_over])
    return offered


def end(entry: SignUp, state: State, ending: Ending, now: datetime) -> None:
    """Whoever calls decides about the mail. The form of an ended entry is forgotten: one may come back with it.

    A walk-in that ends was never there.
    """
    if entry.kind == Kind.WALK_IN:
        entry.attendances.all().delete()
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


def _let_walk_ins_go(activity: Activity, now: datetime) -> None:
    """Their seats come free when their meeting is over; that they were there stays."""
    if SignUp.objects.filter(activity=activity).outstaying(now).update(seats=0):
        activity.refresh_from_db(fields=["taken"])


def _is_past(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now


def _offer(entry: SignUp, deadline: datetime) -> None:
    entry.state, entry.offer_expires_at = State.OFFERED, deadline
    entry.save(update_fields=["state", "offer_expires_at"])
    outbox.write(entry, MailKind.OFFER, occasion=str(entry.offers_run_out))


def _count_passed(passed: list[Turn]) -> None:
    for turn in passed:
        turn.entry.passed_over = turn.times_passed
    SignUp.objects.bulk_update([turn.entry for turn in passed], ["passed_over"])


def _offer_ran_out(entry: SignUp, activity: Activity, now: datetime) -> None:
    """Once to the end of the queue, twice it ends; also where no offer can follow any more."""
    entry.offers_run_out += 1
    if entry.offers_run_out > 1 or offer_deadline(activity, now) is None:
        end(entry, State.EXPIRED, Ending.OFFER_RAN_OUT, now)
    else:
        entry.state, entry.offer_expires_at = State.WAITING, None
        entry.queue_number, entry.passed_over = next_number(activity), 0
        entry.save(update_fields=["state", "offer_expires_at", "offers_run_out", "queue_number", "passed_over"])
    outbox.write(entry, MailKind.OFFER_RAN_OUT, occasion=str(entry.offers_run_out))
