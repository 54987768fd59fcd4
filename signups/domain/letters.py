"""Writes a letter of staff to sign-ups of a date, with its mails: one to an address, the same text never twice."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from content.clock import AMSTERDAM
from hubs.models import Activity
from partners.models import User
from signups.domain import locks, outbox
from signups.domain.errors import Reason, RefusedError
from signups.models import LIVE, Ending, Kind, Letter, OutboxMessage, SignUp

MOST_A_DAY: Final = 5  # to one date: whoever signed up asked for a seat, not for a newsletter


@dataclass(frozen=True)
class Draft:
    """What staff typed. The English text is whole or None."""

    subject: str
    text: str
    subject_en: str | None = None
    text_en: str | None = None


def addressees(activity: Activity) -> QuerySet[SignUp]:
    """Proven, and concerned with the date: who comes or waits, and whose seat went because the date was cancelled.

    With or without an address. Who left by themselves is let be; walk-ins are nobody that we know.
    """
    concerned = Q(state__in=LIVE) | Q(ending=Ending.ACTIVITY_CANCELLED)
    known = SignUp.objects.filter(concerned, activity=activity, emptied_at=None).exclude(kind=Kind.WALK_IN)
    return known.proven().order_by("queue_number", "pk")


@dataclass(frozen=True)
class Reach:
    """Of the chosen sign-ups: one for each mail, how many share it with another, and those that get none."""

    receivers: list[SignUp]
    sharing: int
    have_it: list[SignUp]
    without_address: list[SignUp]


def reach(activity: Activity, chosen: Collection[SignUp], draft: Draft) -> Reach:
    """Whom `send` would mail now."""
    mailed = list(to_mail(activity, [entry.pk for entry in chosen], draft))
    keys, receivers = {entry.pk for entry in mailed}, one_each(mailed)
    return Reach(
        receivers=receivers,
        sharing=len(mailed) - len(receivers),
        have_it=[entry for entry in chosen if entry.email and entry.pk not in keys],
        without_address=[entry for entry in chosen if not entry.email],
    )


def to_mail(activity: Activity, sign_up_ids: Collection[int], draft: Draft) -> QuerySet[SignUp]:
    """Those of the chosen that get this letter: with an address, and without this very text from before."""
    have_it = OutboxMessage.objects.filter(letter__activity=activity, letter__text=draft.text)
    chosen = addressees(activity).filter(pk__in=sign_up_ids).exclude(email="")
    return chosen.exclude(
        email__in=have_it.filter(letter__subject=draft.subject, letter__text_en=draft.text_en).values("sign_up__email")
    )


def one_each(entries: Iterable[SignUp]) -> list[SignUp]:
    """The first sign-up of every address: a guardian of two children gets one mail, which leads to both."""
    first: dict[str, SignUp] = {}
    for entry in entries:
        first.setdefault(entry.email, entry)
    return list(first.values())


def why_not_now(activity: Activity, now: datetime) -> str:
    """The sentence for when as many letters went out today as may; nothing while one more may."""
    today = datetime.combine(now.astimezone(AMSTERDAM).date(), time(), AMSTERDAM)
    if Letter.objects.filter(activity=activity, written_at__gte=today).count() < MOST_A_DAY:
        return ""
    words = {"most": MOST_A_DAY}
    return _("Vandaag gingen er al %(most)d berichten naar deze datum. Meer kan niet op één dag. Morgen weer.") % words


@transaction.atomic
def send(
    *, activity_id: int, draft: Draft, sign_up_ids: Collection[int], by: User, submit_token: UUID, now: datetime
) -> Letter:
    """Write the letter and its mails. Sign-ups of another date, without proof or without an address get none.

    The same token again gives the same letter. Raises RefusedError, then nothing was written.
    """
    activity = locks.activity(activity_id)
    if known := Letter.objects.filter(activity=activity, submit_token=submit_token).first():
        return known
    if sentence := why_not_now(activity, now):
        raise RefusedError(Reason.TOO_MANY_LETTERS, sentence)
    chosen = to_mail(activity, sign_up_ids, draft).select_for_update(of=("self",))
    receivers = one_each(chosen.order_by("pk"))
    if not receivers:
        sentence = _("Er is niemand om dit aan te mailen: zonder e-mailadres, of dit bericht kwam daar al.")
        raise RefusedError(Reason.NO_RECEIVER, sentence)
    letter = Letter.objects.create(
        **asdict(draft),
        activity=activity,
        receivers=len(receivers),
        written_by=by,
        written_at=now,
        submit_token=submit_token,
    )
    outbox.write_letter(letter, receivers)
    return letter
