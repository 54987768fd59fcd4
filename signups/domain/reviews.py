"""Tells colleagues of texts: who decides that some wait, who asked what was decided. The history states the fact."""

import logging
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from content.domain import due, named_locks
from content.domain.history import ASKED
from content.models import Deed, Revision
from partners.access import deciders
from partners.models import User
from signups.domain import outbox
from signups.models import MailKind, OutboxMessage

logger = logging.getLogger(__name__)

SWEEP: Final = "told_reviews"  # the lock
MOST: Final = 100  # per sweep; the next one comes within a minute
NEWS: Final = timedelta(days=3)  # after that it stands on the start page, and a mail would only confuse
KEPT: Final = due.TOLD_KEPT  # a mail, after it was written; not longer than the step that it hangs on
MOST_STEPS: Final = 50  # that are looked back at, of one text

# Nothing that was asked before these is open any more. What was approved for later is answered when it comes.
ANSWERS: Final = {
    Deed.SENT_BACK: MailKind.TEXT_SENT_BACK,
    Deed.WITHDRAWN: MailKind.TEXT_SENT_BACK,  # by somebody else, or left out of what was saved
    Deed.TAKEN_OFF: MailKind.TEXT_SENT_BACK,
    Deed.EXPIRED: MailKind.TEXT_SENT_BACK,
    Deed.PUBLISHED: MailKind.TEXT_PUBLISHED,
    Deed.APPROVED: MailKind.TEXT_PUBLISHED,
}


@transaction.atomic
def tell(*, now: datetime) -> int:
    """Write the mails that are missing; about how many steps. Safe to run twice or side by side.

    One sweep at a time, in the order of their clocks: a mail lists what was told since its first text. A sweep that was
    overtaken leaves its part to the next.
    """
    named_locks.hold(SWEEP)
    if Revision.objects.filter(made_at__gt=now - NEWS, told_at__gt=now).exists():
        return 0
    found = list(_untold(now)[:MOST])
    to_ask = deciders([revision for revision in found if revision.deed in ASKED])
    return sum(_try_to_tell(revision, to_ask.get(revision.pk, []), now) for revision in found)


def forget_past_term(*, now: datetime) -> None:
    """Remove what colleagues were told long ago."""
    outbox.remove(OutboxMessage.objects.filter(colleague__isnull=False, created_at__lt=now - KEPT))


def _try_to_tell(revision: Revision, to_ask: list[User], now: datetime) -> bool:
    """A step that cannot be told does not hold up the rest: it is logged, and tried again at the next sweep."""
    try:
        with transaction.atomic():
            _tell_of(revision, to_ask, now)
    except (OperationalError, InterfaceError):
        raise  # the database is away, or busy: the next sweep tells all
    except Exception:
        logger.exception("No mail about step %d of a text", revision.pk)
        return False
    return True


def _tell_of(revision: Revision, to_ask: list[User], now: datetime) -> None:
    """Once, also when it concerns nobody."""
    if revision.deed in ASKED:
        outbox.ask_to_judge(to_ask, revision, now=now)
    else:
        outbox.write_to_colleagues(_askers(revision), ANSWERS[Deed(revision.deed)], revision, due_at=now)
    Revision.objects.filter(pk=revision.pk).update(told_at=now)


def _untold(now: datetime) -> QuerySet[Revision]:
    """Recent steps that are news to somebody, in order.

    An ask that goes on is none: who saves a proposal twice asks once. Nor is one that was decided meanwhile.
    """
    before = _before(OuterRef("content_type"), OuterRef("object_id"), OuterRef("pk"))
    later = Revision.objects.filter(
        content_type=OuterRef("content_type"), object_id=OuterRef("object_id"), pk__gt=OuterRef("pk")
    )
    recent = Revision.objects.filter(made_at__gt=now - NEWS, told_at=None).annotate(
        last=Subquery(before.filter(deed__in=(*ASKED, *ANSWERS)).values("deed")[:1]),
        last_but_planned=Subquery(before.filter(deed__in=(*ASKED, *ANSWERS, Deed.PLANNED)).values("deed")[:1]),
    )
    is_new = Q(last_but_planned=None) | ~Q(last_but_planned__in=ASKED)
    is_decided = Q(Exists(later.filter(deed__in=(*ANSWERS, Deed.PLANNED))))
    asks = Q(deed__in=ASKED) & is_new & ~is_decided
    answers = Q(deed__in=ANSWERS, last__in=ASKED)
    return recent.filter(asks | answers).select_related("by").order_by("pk")


def _before(content_type: Any, object_id: Any, pk: Any) -> QuerySet[Revision]:
    """The earlier steps of the same text, the last one first."""
    return Revision.objects.filter(content_type=content_type, object_id=object_id, pk__lt=pk).order_by("-pk")


def _askers(revision: Revision) -> set[User]:
    """Whoever asked since the last answer, but for the one who gave this one."""
    steps = _before(revision.content_type, revision.object_id, revision.pk).filter(deed__in=(*ASKED, *ANSWERS))
    found = set()
    for step in steps.select_related("by")[:MOST_STEPS]:
        if step.deed not in ASKED:
            break
        if step.by and step.by != revision.by:
            found.add(step.by)
    return found
