"""Which rows a file may not change because the public reads them: those that a form changes by a proposal."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from content.models import PendingChange, PublicationState


def closed_to_files(*, user: Any, rows: QuerySet) -> dict[int, str]:
    """Why, by key: what is published and not this user's to decide on, and what has a proposal.

    That would later be written over what the file says, and nobody would see it.
    """
    model: Any = rows.model
    live = model._base_manager.filter(pk__in=rows.values("pk"), state=PublicationState.PUBLISHED)
    foreign = live.exclude(pk__in=model._default_manager.decided_by(user).values("pk"))
    waiting = PendingChange.objects.filter(content_type=ContentType.objects.get_for_model(model))
    awaiting = rows.filter(pk__in=waiting.values("object_id"))
    return dict.fromkeys(
        awaiting.values_list("pk", flat=True),
        _("Hier wacht een voorstel. Beslis eerst daarover, of wijzig dit in het formulier."),
    ) | dict.fromkeys(
        foreign.values_list("pk", flat=True),
        _("Dit is gepubliceerd. Wijzig het in het formulier: daar wordt het een voorstel voor een beheerder."),
    )
