"""Which rows a file may not change because the public reads them: the one place that decides it for imports."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from content.models import PublicationState
from partners.models import MemberRole, Partner


def closed_to_files(*, user: Any, rows: QuerySet, run_by: Callable[[QuerySet[Partner]], Q]) -> set[int]:
    """Keys of those `rows` that are no drafts, unless the user is of the office or manager at a partner that runs it.

    `run_by` says which rows these partners run.
    """
    if user.is_programme_office:
        return set()
    managed = Partner.objects.filter(memberships__user=user, memberships__role=MemberRole.MANAGER)
    live = rows.model._base_manager.filter(pk__in=rows.values("pk")).exclude(state=PublicationState.DRAFT)
    own = rows.model._base_manager.filter(run_by(managed))
    return set(live.exclude(pk__in=own.values("pk")).values_list("pk", flat=True))
