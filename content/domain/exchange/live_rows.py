"""Which rows a file may not change because the public reads them: those that a form changes by a proposal."""

from typing import Any

from django.db.models import QuerySet

from content.models import PublicationState


def closed_to_files(*, user: Any, rows: QuerySet) -> set[int]:
    """Keys of those `rows` that are published and whose publication this user does not decide on."""
    model: Any = rows.model
    live = model._base_manager.filter(pk__in=rows.values("pk")).filter(state=PublicationState.PUBLISHED)
    decided = model._default_manager.decided_by(user)
    return set(live.exclude(pk__in=decided.values("pk")).values_list("pk", flat=True))
