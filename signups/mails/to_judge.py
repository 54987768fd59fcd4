"""Which texts a mail asks a colleague to judge: those told since its first one that still wait, and wait for them."""

from typing import Any

from django.db.models import prefetch_related_objects

from content.domain.history import ASKED
from content.models import PendingChange, PublicationState, Revision
from partners.access import asked_of, decided
from signups.models import OutboxMessage


def to_judge(message: OutboxMessage) -> list[Revision]:
    """The last ask of each, in order. What is left is asked of the database at every attempt to send the mail.

    As many queries for many asks as for one: all partners' asks since the first are looked at.
    """
    first: Any = message.revision
    colleague: Any = message.colleague
    told = Revision.objects.filter(deed__in=ASKED, told_at__gte=first.told_at).exclude(pk=first.pk)
    asked = [first] if decided(colleague, [first]) else []
    asked += asked_of(colleague, list(told.select_related("by").order_by("pk")))
    last = {(step.content_type_id, step.object_id): step for step in asked}
    return _waiting(list(last.values()))


def _waiting(asked: list[Revision]) -> list[Revision]:
    """Neither decided nor planned."""
    prefetch_related_objects(asked, "subject")
    changes = PendingChange.objects.filter(object_id__in=[step.object_id for step in asked])
    proposed = set(changes.filter(sent_back="", publish_at=None).values_list("content_type", "object_id"))
    return [
        step
        for step in asked
        if step.subject is not None
        and ((step.content_type_id, step.object_id) in proposed or step.subject.state == PublicationState.IN_REVIEW)
    ]
