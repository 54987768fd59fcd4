"""What is true of sign-ups after every step: each rule once in words and once in code. No test lives here."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Sum

from hubs.availability import closes_at
from hubs.models import Activity
from signups.domain import ledger
from signups.domain.deadlines import offer_deadline
from signups.models import HOLDING, LIVE, Ending, Kind, MailKind, OutboxMessage, Proof, SignUp, State, Total

ASKING = (MailKind.PROVE, MailKind.CONSENT, MailKind.PROVE_CLASS)
WEEK, MONTH = timedelta(days=7), timedelta(days=30)


class Standing:
    """An activity with its sign-ups in the order of the queue and the kinds of mail that each was written.

    A mail that was sent again, because somebody asked for it, tells nothing new.
    """

    def __init__(self, activity_id):
        self.activity = Activity.objects.get(pk=activity_id)
        self.entries = list(SignUp.objects.filter(activity=activity_id).order_by("queue_number"))
        self._mails = {entry.pk: Counter() for entry in self.entries}
        messages = OutboxMessage.objects.filter(sign_up__activity=activity_id).exclude(dedupe_key__contains=":again")
        for sign_up, kind in messages.values_list("sign_up", "kind"):
            self._mails[sign_up][kind] += 1

    def mails(self, entry, *kinds):
        return sum(self._mails[entry.pk][kind] for kind in kinds)

    def remembered(self):
        """Not emptied yet."""
        return [entry for entry in self.entries if not entry.emptied_at]

    def erased(self):
        """Emptied because somebody asked for it, which the ledger remembers; not because the term was over."""
        path = Path(settings.ERASURE_LEDGER)
        lines = set(path.read_text().split()) if path.exists() else set()
        return [entry for entry in self.entries if entry.emptied_at and ledger.digest(entry.uuid) in lines]

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
    """A class or walk-ins hold a seat each, or one where classes are counted; a person holds one. Never a part.

    Walk-ins give theirs back as a whole. What ended may have been counted in the other way.
    """
    for entry in at.entries:
        if entry.state in LIVE:
            by_heads = entry.kind != Kind.PERSON and at.activity.counts == "heads"
            whole = entry.pupils if by_heads else 1
            assert entry.seats in ({0, whole} if entry.kind == Kind.WALK_IN else {whole})


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

    What was moved is told by the mail about the date to which it went. When the date is cancelled everybody is told, by
    one mail of its own. Walk-ins have no address.
    """
    for entry in at.entries:
        if not entry.email:
            assert not at.mails(entry, *MailKind)
            continue
        is_off = entry.ending == Ending.ACTIVITY_CANCELLED
        is_told = entry.state == State.CANCELLED and entry.ending != Ending.MOVED and not is_off
        confirmed, cancelled = at.mails(entry, MailKind.CONFIRMED), at.mails(entry, MailKind.CANCELLED)
        closed, queued = at.mails(entry, MailKind.LIST_CLOSED), at.mails(entry, MailKind.WAITING)
        assert confirmed == (1 if entry.state == State.CONFIRMED else min(confirmed, 1))
        assert cancelled == (1 if is_told and entry.is_proven else 0)
        assert closed == (1 if entry.ending == Ending.LIST_CLOSED and entry.is_proven else 0)
        assert queued == (1 if entry.state == State.WAITING and entry.is_proven else min(queued, 1))
        assert entry.is_proven or not (confirmed or queued or at.mails(entry, MailKind.OFFER))
        assert at.mails(entry, MailKind.DATE_CANCELLED) == is_off


def a_move_of_the_date_is_told_once(at):
    """At most one mail for each change of time or room since it signed up, and at most one of thanks."""
    for entry in at.entries:
        assert at.mails(entry, MailKind.DATE_MOVED) <= entry.told_revision <= at.activity.revision
        assert at.mails(entry, MailKind.THANKS) <= 1


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
    """An erased row names nobody, nor does the date that it was moved away from, or one that nobody agreed to."""
    for entry in at.erased():
        left = SignUp.objects.filter(replaced_by=entry, ending=Ending.MOVED)
        for row in (entry, *left, *entry.replaced_by.unproven()):
            assert (row.name, row.contact_name, row.email, row.phone) == ("", "", "", "")


def what_was_emptied_is_counted_once(at):
    """Totals hold every emptied row, with its people; nobody came who was not expected."""
    emptied = [entry for entry in at.entries if entry.emptied_at]
    totals = Total.objects.filter(activity=at.activity).aggregate(rows=Sum("sign_ups"), people=Sum("people"))
    assert (totals["rows"] or 0) == len(emptied)
    assert (totals["people"] or 0) == sum(entry.pupils or 1 for entry in emptied)


def walk_ins_were_there(at):
    """Whoever came without signing up is noted at one meeting, all of them, until it is taken back."""
    for entry in at.remembered():
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
    a_move_of_the_date_is_told_once,
    every_offer_has_its_mails,
    a_move_costs_nobody_a_seat,
    erased_is_nowhere,
    what_was_emptied_is_counted_once,
    walk_ins_were_there,
]


def nothing_is_overdue(at, now):
    """After tidying nobody lives who was not proven in time, at the latest when it begins.

    No offer is past the end that it was given, or goes on when the date begins; it may outlive a closing that was moved
    forward. Nobody waits once no offer can come of it.
    """
    has_begun = at.activity.first_starts_at <= now
    for entry in at.entries:
        if entry.state in LIVE and not entry.is_proven:
            assert entry.proof_expires_at > now and not has_begun
        if entry.state == State.OFFERED:
            assert entry.offer_expires_at > now and not has_begun
        assert entry.state != State.WAITING or now <= closes_at(at.activity) - timedelta(hours=4)


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


def walk_ins_leave_with_their_meeting(at, now):
    """After tidying no walk-in holds a seat whose meeting is over."""
    for entry in at.remembered():
        if entry.kind == Kind.WALK_IN and entry.attendances.filter(meeting__ends_at__lte=now).exists():
            assert entry.seats == 0


AFTER_TIDYING = [nothing_is_overdue, nobody_waits_beside_a_free_seat, walk_ins_leave_with_their_meeting]


def everybody_knows(at, now):
    """After telling nobody lives whose date is cancelled, and who lives knows time and room of what is not over."""
    for entry in at.entries:
        if entry.state in LIVE and entry.kind != Kind.WALK_IN:
            assert not at.activity.cancelled_at
            assert entry.told_revision == at.activity.revision or at.activity.last_ends_at <= now


AFTER_TELLING = [everybody_knows]


def nothing_is_past_its_term(at, now):
    """After forgetting nobody is remembered a month after the last meeting, or a week after a proof that never came."""
    for entry in at.remembered():
        assert not is_past_term(entry, at.activity, now)


AFTER_FORGETTING = [nothing_is_past_its_term]


def is_past_term(entry, activity, now):
    over = [] if entry.is_proven else [moment for moment in (entry.ended_at, entry.proof_expires_at) if moment]
    return activity.last_ends_at + MONTH <= now or any(moment + WEEK <= now for moment in over)


def check(activity_id, *, tidied_at=None, told_at=None, forgotten_at=None):
    """Every rule; those about being tidy, told and forgotten when that was done at this moment."""
    at = Standing(activity_id)
    for rule in ALWAYS:
        rule(at)
    for rules, moment in ((AFTER_TIDYING, tidied_at), (AFTER_TELLING, told_at), (AFTER_FORGETTING, forgotten_at)):
        if moment:
            for rule in rules:
                rule(at, moment)
