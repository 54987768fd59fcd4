"""Writes down who did what to an object. Called by whatever staff do in the back office; nothing listens in."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import models

from content.domain import snapshots
from content.domain.snapshots import Values
from content.models import Deed, Revision

BATCH: Final = 500
# The steps of an object itself, not of what is proposed for it while it is on the site.
STEPS: Final = {Deed.SUBMITTED, Deed.SENT_BACK, Deed.PUBLISHED, Deed.TAKEN_OFF, Deed.EXPIRED}

# What the site does by itself, as content/domain/publishing.py has it. All else without a name was somebody's whose
# account is gone.
BY_ITSELF: Final = {Deed.APPROVED, Deed.SENT_BACK, Deed.EXPIRED, Deed.WITHDRAWN}

ASKED: Final = (Deed.SUBMITTED, Deed.PROPOSED)  # of whoever decides


class Doer(StrEnum):
    """As seen by one reader."""

    ONESELF = "oneself"
    SITE = "site"  # by itself, when a moment that was planned came
    SOMEBODY = "somebody"


def of(subject: models.Model) -> models.QuerySet[Revision]:
    """The newest first."""
    content_type = ContentType.objects.get_for_model(type(subject))
    return Revision.objects.filter(content_type=content_type, object_id=subject.pk)


def newest(subject: models.Model) -> int:
    """The number of the last step, 0 before the first."""
    return of(subject).values_list("pk", flat=True).first() or 0


def since(subject: models.Model, number: int) -> models.QuerySet[Revision]:
    """What was done after this step, the newest first."""
    return of(subject).filter(pk__gt=number).exclude(deed=Deed.FOUND).select_related("by")


def doer(steps: models.QuerySet[Revision], user: Any) -> Doer:
    """Who did these: somebody else if anybody did any, else the site if it did any. Unknown where there are none."""
    doers = {_doer(deed, by, user) for deed, by in steps.order_by().values_list("deed", "by").distinct()}
    if not doers or Doer.SOMEBODY in doers:
        return Doer.SOMEBODY
    return Doer.SITE if Doer.SITE in doers else Doer.ONESELF


def _doer(deed: str, by: Any, user: Any) -> Doer:
    if by == user.pk:
        return Doer.ONESELF
    return Doer.SITE if by is None and deed in BY_ITSELF else Doer.SOMEBODY


def last_steps() -> models.QuerySet[Revision]:
    """Of each object the last step, the newest first."""
    same: dict[str, Any] = {name: models.OuterRef(name) for name in ("content_type", "object_id")}
    later = Revision.objects.filter(**same, deed__in=STEPS, pk__gt=models.OuterRef("pk"))
    return Revision.objects.filter(~models.Exists(later), deed__in=STEPS)


def record(
    *,
    subject: models.Model,
    deed: Deed,
    by: Any,
    now: datetime,
    before: Values | None = None,
    after: Values | None = None,
    note: str = "",
) -> Revision | None:
    """`before` is what `snapshots.stored` gave in the same transaction, ahead of the edit.

    An edit that changed nothing is not written. `after` is only given for what is not stored in the object, a proposal.
    """
    now_stored = snapshots.stored(subject) if after is None else after
    changed = {} if before is None else snapshots.changes(before, now_stored)
    if deed == Deed.CHANGED and not changed:
        return None
    if before is not None:
        _remember_beginning(subject, before, now)
    return _add(subject, deed, now, by=by, note=note, changes=changed, values=now_stored)


def record_all(
    *, model: type[models.Model], made: Collection[Any], before: dict[Any, Values], by: Any, now: datetime
) -> None:
    """The same for many at once: keys of what was made, and how what was changed stood, by its key."""
    after = snapshots.stored_all(model, [*made, *before])
    content_type = ContentType.objects.get_for_model(model)
    known = set(
        Revision.objects.filter(content_type=content_type, object_id__in=before).values_list("object_id", flat=True)
    )
    changed = {key: snapshots.changes(before[key], after[key]) for key in before}
    steps: list[tuple[Any, Deed, Values, Values]]
    steps = [(key, Deed.FOUND, {}, before[key]) for key in before if changed[key] and key not in known]
    steps += [(key, Deed.CHANGED, changed[key], after[key]) for key in before if changed[key]]
    steps += [(key, Deed.MADE, {}, after[key]) for key in made]
    Revision.objects.bulk_create(
        [
            Revision(
                content_type=content_type,
                object_id=key,
                deed=deed,
                changes=changes,
                values=values,
                made_at=now,
                by=None if deed == Deed.FOUND else by,
            )
            for key, deed, changes, values in steps
        ],
        batch_size=BATCH,
    )


def _remember_beginning(subject: models.Model, before: Values, now: datetime) -> None:
    """So that also the first edit can be undone."""
    if not of(subject).exists():
        _add(subject, Deed.FOUND, now, values=before)


def _add(subject: models.Model, deed: Deed, now: datetime, **fields: Any) -> Revision:
    content_type = ContentType.objects.get_for_model(type(subject))
    return Revision.objects.create(content_type=content_type, object_id=subject.pk, deed=deed, made_at=now, **fields)
