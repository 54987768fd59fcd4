"""Which texts a mail asks a colleague to judge: those told since its first one that still wait, and wait for them."""

from typing import Any

from content.domain import proposals
from content.domain.history import ASKED
from content.models import PublicationState, Revision
from partners.access import deciders, may_decide
from signups.models import OutboxMessage


def to_judge(message: OutboxMessage) -> list[Revision]:
    """The last ask of each, in order. What is left is asked of the database at every attempt to send the mail."""
    first: Any = message.revision
    colleague: Any = message.colleague
    told = Revision.objects.filter(deed__in=ASKED, told_at__gte=first.told_at).exclude(pk=first.pk)
    asked = [first] if first.subject is not None and may_decide(colleague, first.subject) else []
    asked += [step for step in told.select_related("by").order_by("pk") if _is_asked_of(colleague, step)]
    last = {(step.content_type_id, step.object_id): step for step in asked}
    return [step for step in last.values() if _waits(step.subject)]


def _is_asked_of(colleague: Any, step: Revision) -> bool:
    return step.subject is not None and colleague in deciders(step.subject, besides=step.by)


def _waits(subject: Any) -> bool:
    """Neither decided nor planned."""
    change = proposals.of(subject)
    is_proposed = bool(change and not change.sent_back and not change.publish_at)
    return is_proposed or subject.state == PublicationState.IN_REVIEW
