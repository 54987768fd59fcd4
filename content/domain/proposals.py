"""A change to a page that is on the site: made, continued, applied or withdrawn. Who may, the caller has asked."""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from content.domain import history, snapshots
from content.domain.errors import RefusedError
from content.domain.snapshots import Values
from content.models import Deed, PendingChange


def of(subject: models.Model) -> PendingChange | None:
    """The change that waits, if any."""
    content_type = ContentType.objects.get_for_model(type(subject))
    return (
        PendingChange.objects.filter(content_type=content_type, object_id=subject.pk).select_related("author").first()
    )


@transaction.atomic
def propose(*, subject: models.Model, proposed: Values, by: Any, now: datetime) -> PendingChange | None:
    """Keep what differs from the live row, in the place of an earlier proposal; None when nothing differs.

    The caller holds the row: it raised the version, so that a second editor is told.
    """
    live, earlier = snapshots.stored(subject), of(subject)
    fields = {name: new for name, (_old, new) in snapshots.changes(live, proposed).items()}
    before = {**live, **(earlier.fields if earlier else {})}
    after = {**live, **fields}
    is_anew = before != after or earlier is None or bool(earlier.sent_back or earlier.publish_at)
    if not fields:
        remove(earlier)
    elif is_anew:
        _keep(subject, fields, by)
    if before != after or (fields and is_anew):
        deed = Deed.PROPOSED if fields else Deed.WITHDRAWN
        history.record(subject=subject, deed=deed, by=by, now=now, before=before, after=after)
    return of(subject)


def _keep(subject: models.Model, fields: Values, by: Any) -> None:
    PendingChange.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(type(subject)),
        object_id=subject.pk,
        defaults={
            "fields": fields,
            "photo": fields.get("photo", ""),
            "author": by,
            "publish_at": None,
            "sent_back": "",
        },
    )


def apply(subject: Any, change: PendingChange, now: datetime) -> None:
    """Write the proposal into the row, which the caller has locked. RefusedError when it does not fit any more."""
    related = snapshots.fill(subject, change.fields)
    untouched = {field.name for field in subject._meta.fields} - set(change.fields)
    try:
        subject.clean_fields(exclude=untouched)
        subject.clean()
        subject.validate_unique()
        subject.validate_constraints()
    except ValidationError as error:
        raise RefusedError(_("Dit voorstel past niet meer. %(why)s") % {"why": _sentence(subject, error)}) from error
    subject.version, subject.changed_at = subject.version + 1, now
    subject.save()
    for name, rows in related.items():
        getattr(subject, name).set(rows)
    change.delete()


def settle(*, subject: models.Model, by: Any, now: datetime) -> None:
    """Nothing waits any more: what was proposed stood in the form that was saved, and is approved as far as it stayed.

    What is not in it is written down.
    """
    change = of(subject)
    if change is None:
        return
    live = snapshots.stored(subject)
    proposed = {**live, **change.fields}
    change.delete()
    # A release may have removed a column that was proposed before it.
    stayed = any(name in live and live[name] == value for name, value in change.fields.items())
    deed = Deed.APPROVED if stayed else Deed.WITHDRAWN
    history.record(subject=subject, deed=deed, by=by, now=now, before=proposed, after=live)


def remove(change: PendingChange | None) -> None:
    """With its photo, which nobody has any use for."""
    if change is None:
        return
    change.delete()
    if change.photo:
        transaction.on_commit(partial(default_storage.delete, change.photo))


def _sentence(subject: models.Model, error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    labels = {field.name: str(capfirst(field.verbose_name)) for field in subject._meta.fields}
    return " ".join(
        f"{labels[name]}: {message}" if name in labels else message
        for name, messages in error.message_dict.items()
        for message in messages
    )
