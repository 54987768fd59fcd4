"""Empties sign-ups whose term is over, and counts each before. Emptying on request is in erasure.py."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from hubs.domain.old_dates import REMEMBERED
from signups.domain import admission, outbox
from signups.models import EMPTY, Attendance, Letter, OutboxMessage, SignUp, Total

AFTER_THE_DATE: Final = REMEMBERED
AFTER_AN_UNFINISHED_REQUEST: Final = timedelta(days=7)
ADDRESS_OF_INTEREST: Final = timedelta(days=180)  # of who misses a date; the period itself may end sooner
WITHOUT_A_DATE: Final = timedelta(days=180)  # where staff took every meeting away and planned no other
BATCH: Final = 200

Sort = tuple[int, str, str, str, int | None, int | None]  # the unique columns of Total


def run(*, now: datetime) -> int:
    """Empty whatever is past its term, a batch a transaction; how many. May run twice at once, and again any time."""
    emptied = 0
    while batch := _empty_batch(now):
        emptied += batch
    forget_letters(letters_past_term(now))
    return emptied


def past_term(now: datetime) -> QuerySet[SignUp]:
    """Not emptied yet though the activity, or the request that nobody proved, is long enough ago.

    An activity that lost its dates has no last meeting: there the end of the sign-up counts, and its age in any case.
    """
    rows = SignUp.objects.filter(emptied_at=None).alias(over_at=Coalesce("activity__last_ends_at", "ended_at"))
    unfinished = now - AFTER_AN_UNFINISHED_REQUEST
    return rows.filter(
        Q(over_at__lte=now - AFTER_THE_DATE)
        | Q(activity__last_ends_at=None, created_at__lte=now - WITHOUT_A_DATE)
        | Q(proven_at=None, ended_at__lte=unfinished)
        | Q(proven_at=None, proof_expires_at__lte=unfinished)
    )


def letters_past_term(now: datetime) -> QuerySet[Letter]:
    """As old as the sign-ups that they went to, or with none of these left: the text may name somebody."""
    return Letter.objects.filter(
        Q(activity__last_ends_at__lte=now - AFTER_THE_DATE)
        | Q(activity__last_ends_at=None, written_at__lte=now - WITHOUT_A_DATE)
        | Q(messages=None)
    ).distinct()


@transaction.atomic
def forget_letters(letters: QuerySet[Letter]) -> None:
    """With the mails that carried them."""
    keys = list(letters.order_by("pk").values_list("pk", flat=True))
    outbox.remove(OutboxMessage.objects.filter(letter__in=keys))
    Letter.objects.filter(pk__in=keys).delete()


def empty(entries: Iterable[SignUp], now: datetime) -> None:
    """Count these sign-ups, then take out all that tells something about somebody, with their mails and attendance.

    A letter that nobody else got goes too.

    Expects them locked and not emptied before, in a transaction: otherwise they are counted twice.
    """
    entries = list(entries)
    keys = [entry.pk for entry in entries]
    _count(entries)
    letters = list(Letter.objects.filter(messages__sign_up__in=keys).values_list("pk", flat=True))
    outbox.remove(OutboxMessage.objects.filter(sign_up__in=keys))
    Letter.objects.filter(pk__in=letters, messages=None).delete()
    Attendance.objects.filter(sign_up__in=keys).delete()
    SignUp.objects.filter(pk__in=keys).update(**EMPTY, emptied_at=now)


@transaction.atomic
def _empty_batch(now: datetime) -> int:
    # What another run or an erasure holds is left to it; what is left over is for the next run.
    rows = past_term(now).select_related("activity").select_for_update(of=("self",), skip_locked=True).order_by("pk")
    entries = list(rows[:BATCH])
    empty(entries, now)
    return len(entries)


def _count(entries: list[SignUp]) -> None:
    """A sign-up's attendance is that of its fullest meeting."""
    fullest = Attendance.objects.filter(sign_up__in=entries).values_list("sign_up").annotate(Max("number"))
    attended = dict(fullest.order_by())
    counts: defaultdict[Sort, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        people = entry.pupils or 1
        came = min(attended.get(entry.pk, 0), people)
        counts[_sort(entry)].update(sign_ups=1, seats=_seats(entry), people=people, attended=came)
    # Always in the same order, so that two who count cannot wait for each other.
    for sort in sorted(counts, key=lambda sort: [(part is not None, part) for part in sort]):
        _add(sort, counts[sort])


def _seats(entry: SignUp) -> int:
    """As many as it held; walk-ins gave theirs back when their meeting was over."""
    return entry.seats or admission.seats_for(entry.kind, entry.pupils, entry.activity)


def _sort(entry: SignUp) -> Sort:
    return entry.activity_id, entry.kind, entry.state, entry.audience, entry.education_level_id, entry.school_id


def _add(sort: Sort, counts: Counter[str]) -> None:
    names = ("activity_id", "kind", "state", "audience", "education_level_id", "school_id")
    key: dict[str, Any] = dict(zip(names, sort, strict=True))
    total, _ = Total.objects.get_or_create(**key)
    Total.objects.filter(pk=total.pk).update(**{name: F(name) + number for name, number in counts.items()})
