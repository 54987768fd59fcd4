"""What waits in publication: for somebody's decision, for its author, for its moment."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, TypeVar

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models

from content.domain import history
from content.models import Deed, PendingChange, PreviewLink, PublicationState, Published, Revision

SEARCHED: Final = 1000  # proposals of all partners together
MOST: Final = 100  # of each kind; nobody decides on more at a sitting
PER_SWEEP: Final = 50
HISTORY_KEPT: Final = timedelta(days=730)  # it names staff and the people of partners
TOLD_KEPT: Final = timedelta(days=30)  # a step that was told, at least: a mail hangs on it, with all that it gathered

A = TypeVar("A", PendingChange, Revision)
OfUser = Callable[[type[Published]], models.QuerySet]  # the part of a model that somebody edits, or decides on


@dataclass(frozen=True)
class Waiting:
    """An object that waits, its proposal when it is on the site already, and why it was sent back if it was."""

    subject: Any
    change: PendingChange | None
    why: str = ""


def published_models() -> list[type[Published]]:
    """Every model with a publication, those of the apps above included."""
    return [model for model in apps.get_models() if issubclass(model, Published)]


def to_decide(user: Any) -> list[Waiting]:
    """What this user may publish or send back: objects in review, and proposals that are not planned or sent back."""
    in_review = [
        Waiting(subject, None)
        for model in published_models()
        for subject in _decided(model, user).filter(state=PublicationState.IN_REVIEW)[:MOST]
    ]
    return [*in_review, *_proposals(_to_decide_on(), partial(_decided, user=user))]


def to_judge(user: Any) -> list[Waiting]:
    """Proposals that somebody still has to decide on, of everything that this user edits."""
    return _proposals(_to_decide_on(), partial(_managed, user=user))


def to_mend(user: Any) -> list[Waiting]:
    """Proposals and drafts that were sent back, of everything that this user edits."""
    proposals = _proposals(PendingChange.objects.exclude(sent_back=""), partial(_managed, user=user))
    return [*_drafts_sent_back(user), *proposals]


def to_come(user: Any) -> list[Waiting]:
    """Proposals that were approved for later, of everything that this user edits."""
    return _proposals(PendingChange.objects.filter(publish_at__isnull=False), partial(_managed, user=user))


def _to_decide_on() -> models.QuerySet[PendingChange]:
    """Neither planned nor sent back."""
    return PendingChange.objects.filter(sent_back="", publish_at=None)


def _decided(model: Any, user: Any) -> models.QuerySet:
    return model._default_manager.decided_by(user)


def _managed(model: Any, user: Any) -> models.QuerySet:
    return model._default_manager.managed_by(user)


def _drafts_sent_back(user: Any) -> list[Waiting]:
    """Those that did not go up again."""
    steps = history.last_steps().filter(deed=Deed.SENT_BACK)[:SEARCHED]
    return [
        Waiting(subject, None, step.note)
        for subject, step in _subjects(steps, partial(_managed, user=user))
        if subject.state == PublicationState.DRAFT
    ]


def _proposals(changes: models.QuerySet[PendingChange], of_user: OfUser) -> list[Waiting]:
    found = _subjects(changes.select_related("author")[:SEARCHED], of_user)
    return [Waiting(subject, change, change.sent_back) for subject, change in found]


def _subjects(about: Iterable[A], of_user: OfUser) -> Iterator[tuple[Any, A]]:
    """The user's part of them: one query for all, and one for each kind of object that there are any of."""
    by_kind: dict[int, dict[int, A]] = {}
    for row in about:
        by_kind.setdefault(row.content_type_id, {})[row.object_id] = row
    for model in published_models():
        by_id = by_kind.get(ContentType.objects.get_for_model(model).pk, {})
        for subject in of_user(model).filter(pk__in=by_id)[:MOST] if by_id else ():
            yield subject, by_id[subject.pk]


def ran_out(now: datetime) -> list[Published]:
    """On the site by its state, while its time is over."""
    over = {"state": PublicationState.PUBLISHED, "expire_at__lte": now}
    return [row for model in published_models() for row in model._base_manager.filter(**over)[:PER_SWEEP]]


def planned(now: datetime) -> list[PendingChange]:
    """Proposals whose moment has come."""
    come = PendingChange.objects.filter(publish_at__lte=now)[:PER_SWEEP]
    return [change for change in come if change.content_type.model_class() and change.subject is not None]


def forget_useless(now: datetime) -> None:
    """History past its term, links that ran out, and whatever was about objects that are gone."""
    Revision.objects.filter(made_at__lt=now - HISTORY_KEPT).delete()
    PreviewLink.objects.filter(expires_at__lte=now).delete()
    about: list[Any] = [PendingChange, PreviewLink, Revision]
    for kind in about:
        for content_type in ContentType.objects.filter(pk__in=kind.objects.order_by().values("content_type")):
            _about_gone(kind, content_type, now).delete()


def _about_gone(kind: Any, content_type: ContentType, now: datetime) -> models.QuerySet:
    """But for a step that was told: it stays as long as the mail that hangs on it may."""
    rows, model = kind.objects.filter(content_type=content_type), content_type.model_class()
    if model is None:  # a release took it away
        return rows
    gone = rows.exclude(object_id__in=model._base_manager.values("pk"))
    return gone.exclude(told_at__gt=now - TOLD_KEPT) if kind is Revision else gone
