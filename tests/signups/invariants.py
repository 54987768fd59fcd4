"""What is true of sign-ups after every step: each rule once in words and once in code. No test lives here."""

from collections import Counter
from datetime import timedelta

from django.db.models import Sum

from hubs.availability import closes_at
from hubs.models import Activity
from signups.domain.deadlines import offer_deadline
from signups.models import HOLDING, LIVE, Ending, Kind, MailKind, OutboxMessage, Proof, SignUp, State

ASKING = (MailKind.PROVE, MailKind.CONSENT, MailKind.PROVE_CLASS)
WEEK = timedelta(days=7)


class Standing:
    """An activity with its sign-ups in the order of the queue and the kinds of mail that each was written."""

    def __init__(self, activity_id):
        self.activity = Activity.objects.get(pk=activity_id)
        self.entries = list(SignUp.objects.filter(activity=activity_id).order_by("queue_number"))
        self._mails = {entry.pk: Counter() for entry in self.entries}
        messages = OutboxMessage.objects.filter(sign_up__activity=activity_id)
        for sign_up, kind in messages.values_list("sign_up", "kind"):
            self._mails[sign_up][kind] += 1

    def mails(self, entry, *kinds):
        return sum(self._mails[entry.pk][kind] for kind in kinds)

    def remembered(self):
        """Not emptied yet."""
        return [entry for entry in self.entries if not entry.emptied_at]

    def queue(self):
        """Who waits and is proven, in order."""
        return [entry for entry in self.entries if entry.state == State.WAITING and entry.is_proven]


def taken_is_what_is_held(at):
    """`taken` is what requested, offered and confirmed sign-ups hold; ended and waiting ones hold nothing."""
    held = SignUp.objects.filter(activity=at.activity, state__in=HOLDING).aggregate(held=Sum("seats"))["held"]
    assert at.activity.taken == (held or 0)


def never_oversold(at):
    """No more seats are taken than there are."""
    assert at.activity.capacity is None or at.activity.taken <= at.activity.capacity


def waiting_counts_the_proven(at):
    """`waiting` is the number of proven entries in the queue."""
    assert at.activity.waiting == len(at.queue())


def queued_counts_everybody_in_line(at):
    """`queued` is the number of entries in the queue, proven or not."""
    assert at.activity.queued == sum(entry.state == State.WAITING for entry in at.entries)


def seated_is_proven(at):
    """Only a proven sign-up is ever offered or confirmed; a requested one is not proven yet."""
    assert all(entry.is_proven for entry in at.entries if entry.state in {State.OFFERED, State.CONFIRMED})
    assert not any(entry.is_proven for entry in at.entries if entry.state == State.REQUESTED)


def one_place_each(at):
    """No two entries have the same place in the queue."""
    numbers = [entry.queue_number for entry in at.entries]
    assert len(numbers) == len(set(numbers))


def no_live_doubles(at):
    """One address signs up the same name once."""
    live = [(entry.email, entry.name.lower()) for entry in at.entries if entry.state in LIVE and entry.email]
    assert len(live) == len(set(live))


def a_class_is_whole(at):
    """A class or walk-ins hold a seat each, or one where classes are counted; a person holds one. Never a part."""
    for entry in at.entries:
        by_heads = entry.kind != Kind.PERSON and at.activity.counts == "heads"
        assert entry.seats == (entry.pupils if by_heads else 1)


def ended_says_why(at):
    """What ended has a moment and a reason, what lives has neither, and only an offer has a deadline."""
    for entry in at.entries:
        assert (entry.ended_at is None, entry.ending == "") == ((entry.state in LIVE),) * 2
        assert (entry.offer_expires_at is not None) == (entry.state == State.OFFERED)


def asked_once(at):
    """Every sign-up was asked for its proof by exactly one mail; none where staff's word is the proof.

    What was erased has no mails any more.
    """
    for entry in at.remembered():
        assert at.mails(entry, *ASKING) == (0 if entry.proof == Proof.STAFF else 1)


def told_what_happened(at):
    """One mail each for: a certain seat, a place on the list, the list closed, cancelled. None before it is proven.

    What was moved is told by the mail about the date to which it went. Walk-ins have no address.
    """
    for entry in at.entries:
        if not entry.email:
            assert not at.mails(entry, *MailKind)
            continue
        is_told = entry.state == State.CANCELLED and entry.ending != Ending.MOVED
        confirmed, cancelled = at.mails(entry, MailKind.CONFIRMED), at.mails(entry, MailKind.CANCELLED)
        closed, queued = at.mails(entry, MailKind.LIST_CLOSED), at.mails(entry, MailKind.WAITING)
        assert confirmed == (1 if entry.state == State.CONFIRMED else min(confirmed, 1))
        assert cancelled == (1 if is_told and entry.is_proven else 0)
        assert closed == (1 if entry.ending == Ending.LIST_CLOSED and entry.is_proven else 0)
        assert queued == (1 if entry.state == State.WAITING and entry.is_proven else min(queued, 1))
        assert entry.is_proven or not (confirmed or queued or at.mails(entry, MailKind.OFFER))


def every_offer_has_its_mails(at):
    """A mail for every offer and one for every offer that ran out: at most two of each, at most one offer open."""
    for entry in at.remembered():
        offers, lapsed = at.mails(entry, MailKind.OFFER), at.mails(entry, MailKind.OFFER_RAN_OUT)
        assert lapsed == entry.offers_run_out <= 2
        assert offers - lapsed in ({1} if entry.state == State.OFFERED else {0, 1})
        if entry.state == State.WAITING or entry.ending == Ending.OFFER_RAN_OUT:
            assert offers == lapsed
        if entry.state == State.CONFIRMED:
            assert offers - lapsed == (1 if at.mails(entry, MailKind.WAITING) else 0)


def a_move_costs_nobody_a_seat(at):
    """What was moved away is alive elsewhere, or was after it; of a live pair one is still asked for."""
    for entry in at.entries:
        after = list(entry.replaced_by.all())
        assert (entry.ending == Ending.MOVED) <= bool(after)
        if entry.state in LIVE:
            assert not any(other.is_proven for other in after)
            assert sum(other.state in LIVE for other in after) <= 1


def erased_is_nowhere(at):
    """An emptied row names nobody, nor does the date that it was moved away from, or one that nobody agreed to."""
    for entry in at.entries:
        if entry.emptied_at:
            left = SignUp.objects.filter(replaced_by=entry, ending=Ending.MOVED)
            for row in (entry, *left, *entry.replaced_by.unproven()):
                assert (row.name, row.contact_name, row.email, row.phone) == ("", "", "", "")


def walk_ins_were_there(at):
    """Whoever came without signing up is noted at one meeting, all of them, until it is taken back."""
    for entry in at.entries:
        if entry.kind == Kind.WALK_IN:
            noted = list(entry.attendances.values_list("number", flat=True))
            assert noted == ([entry.pupils] if entry.state == State.CONFIRMED else [])


ALWAYS = [
    taken_is_what_is_held,
    never_oversold,
    waiting_counts_the_proven,
    queued_counts_everybody_in_line,
    seated_is_proven,
    one_place_each,
    no_live_doubles,
    a_class_is_whole,
    ended_says_why,
    asked_once,
    told_what_happened,
    every_offer_has_its_mails,
    a_move_costs_nobody_a_seat,
    erased_is_nowhere,
    walk_ins_were_there,
]


def nothing_is_overdue(at, now):
    """After tidying nobody lives who was not proven in time, at the latest when it begins.

    No offer is past its end, and neither offers nor the list outlive the closing of sign-up.
    """
    is_closed, has_begun = closes_at(at.activity) <= now, at.activity.first_starts_at <= now
    for entry in at.entries:
        if entry.state in LIVE and not entry.is_proven:
            assert entry.proof_expires_at > now and not has_begun
        if entry.state == State.OFFERED:
            assert entry.offer_expires_at > now and not is_closed
        assert entry.state != State.WAITING or not is_closed


def nobody_waits_beside_a_free_seat(at, now):
    """After tidying whoever waits does not fit, or stands behind one for whom seats gather.

    They gather for who was passed over three times, more than a week before the date. An entry larger than the capacity
    holds nobody up. Without four hours left, or when the date is cancelled, nothing is offered.
    """
    activity = at.activity
    if activity.cancelled_at or offer_deadline(activity, now) is None:
        return
    free = None if activity.capacity is None else activity.capacity - activity.taken
    for entry in at.queue():
        assert free is not None, "unlimited seats, and somebody waits"
        if entry.seats > activity.capacity:
            continue
        assert entry.seats > free, f"{entry} fits in {free} seats and waits"
        if entry.passed_over >= 3 and now < activity.first_starts_at - WEEK:
            return


AFTER_TIDYING = [nothing_is_overdue, nobody_waits_beside_a_free_seat]


def check(activity_id, *, tidied_at=None):
    """Every rule; those about tidiness when it was tidied at this moment."""
    at = Standing(activity_id)
    for rule in ALWAYS:
        rule(at)
    if tidied_at:
        for rule in AFTER_TIDYING:
            rule(at, tidied_at)
