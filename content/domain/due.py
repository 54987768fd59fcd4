"""What waits in publication: for somebody's decision, for its author, for its moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models

from content.models import PendingChange, PreviewLink, PublicationState, Published, Revision

MOST: Final = 100  # of each kind; nobody decides on more at a sitting
PER_SWEEP: Final = 50
HISTORY_KEPT: Final = timedelta(days=730)  # it names staff and the people of partners


@dataclass(frozen=True)
class Waiting:
    """An object that waits, and its proposal when it is on the site already."""

    subject: Any
    change: PendingChange | None


def published_models() -> list[type[Published]]:
    """Every model with a publication, those of the apps above included."""
    return [model for model in apps.get_models() if issubclass(model, Published)]


def to_decide(user: Any) -> list[Waiting]:
    """What this user may publish or send back: objects in review, and proposals that are not planned or sent back."""
    found: list[Waiting] = []
    for model in published_models():
        decided = model._default_manager.decided_by(user)  # type: ignore[attr-defined]
        in_review = decided.filter(state=PublicationState.IN_REVIEW)[:MOST]
        found += [Waiting(subject, None) for subject in in_review]
        found += _proposals(model, decided, PendingChange.objects.filter(sent_back="", publish_at=None))
    return found


def to_mend(user: Any) -> list[Waiting]:
    """Proposals that were sent back, of everything that this user edits."""
    returned = PendingChange.objects.exclude(sent_back="")
    return [
        waiting
        for model in published_models()
        for waiting in _proposals(model, model._default_manager.managed_by(user), returned)  # type: ignore[attr-defined]
    ]


def to_come(user: Any) -> list[Waiting]:
    """Proposals that were approved for later, of everything that this user edits."""
    planned = PendingChange.objects.filter(publish_at__isnull=False)
    return [
        waiting
        for model in published_models()
        for waiting in _proposals(model, model._default_manager.managed_by(user), planned)  # type: ignore[attr-defined]
    ]


def _proposals(
    model: type[Published], subjects: models.QuerySet, changes: models.QuerySet[PendingChange]
) -> list[Waiting]:
    of_model = changes.filter(content_type=ContentType.objects.get_for_model(model)).select_related("author")
    by_id = {change.object_id: change for change in of_model.filter(object_id__in=subjects.values("pk"))[:MOST]}
    return [Waiting(subject, by_id[subject.pk]) for subject in subjects.filter(pk__in=by_id)] if by_id else []


def ran_out(now: datetime) -> list[Published]:
    """On the site by its state, while its time is over."""
    over = {"state": PublicationState.PUBLISHED, "expire_at__lte": now}
    return [row for model in published_models() for row in model._base_manager.filter(**over)[:PER_SWEEP]]


def planned(now: datetime) -> list[PendingChange]:
    """Proposals whose moment has come."""
    come = PendingChange.objects.filter(publish_at__lte=now)[:PER_SWEEP]
    return [change for change in come if change.subject is not None]


def forget_useless(now: datetime) -> None:
    """History past its term, links that ran out, and whatever was about objects that are gone."""
    Revision.objects.filter(made_at__lt=now - HISTORY_KEPT).delete()
    PreviewLink.objects.filter(expires_at__lte=now).delete()
    about: list[Any] = [PendingChange, PreviewLink, Revision]
    for kind in about:
        for content_type in ContentType.objects.filter(pk__in=kind.objects.order_by().values("content_type")):
            model: Any = content_type.model_class()
            there = model._base_manager.values("pk")
            kind.objects.filter(content_type=content_type).exclude(object_id__in=there).delete()
