"""What staff edit of an object as plain JSON: for proposals, the history and restoring. Nothing of visitors."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from django.core.files.storage import default_storage
from django.db import models
from django.db.models.fields.files import FieldFile

from content.models import Illustrated

Values = dict[str, Any]

PUBLICATION: Final = {"state", "publish_at", "expire_at"}  # changed by steps, never by editing
PHOTO_SIZE: Final = ("photo_width", "photo_height")  # go along with the photo


def columns(model: type[models.Model]) -> Iterator[models.Field]:
    """The columns that staff edit; what only the database or a task writes is not editable."""
    for field in model._meta.concrete_fields:
        if field.editable and not field.primary_key and field.name not in PUBLICATION:
            yield field
    if issubclass(model, Illustrated):
        yield from (model._meta.get_field(name) for name in PHOTO_SIZE)  # type: ignore[misc]  # columns


def relations(model: type[models.Model]) -> list[Any]:
    """The relations that staff choose; those with a role of their own are rows."""
    return [field for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created]  # type: ignore[union-attr]


def of_columns(subject: models.Model) -> Values:
    """As the object stands in memory."""
    return {field.name: _value(field, subject) for field in columns(type(subject))}


def stored(subject: models.Model) -> Values:
    """As the database has it: columns, relations as sorted ids, and the rows that are edited in the same form."""
    return stored_all(type(subject), [subject.pk])[subject.pk]


def stored_all(model: type[models.Model], keys: Collection[Any]) -> dict[Any, Values]:
    """Of many, by their keys, in a number of queries that does not grow with them."""
    chosen, below = [field.name for field in relations(model)], recorded_rows(model)
    found = model._base_manager.filter(pk__in=keys).prefetch_related(*chosen, *below)
    return {
        row.pk: {
            **of_columns(row),
            **{name: sorted(related.pk for related in getattr(row, name).all()) for name in chosen},
            **{name: _rows(row, name) for name in below},
        }
        for row in found
    }


def recorded_rows(model: type[models.Model]) -> tuple[str, ...]:
    """Names of the relations whose rows belong to the object's form."""
    return getattr(model, "recorded_rows", ())


def _rows(subject: models.Model, name: str) -> list[Values]:
    relation: Any = type(subject)._meta.get_field(name)
    rows = sorted(getattr(subject, name).all(), key=lambda row: row.pk)
    return [{key: value for key, value in of_columns(row).items() if key != relation.field.name} for row in rows]


def fill(subject: models.Model, values: Values) -> dict[str, list[Any]]:
    """Put the values into the object in memory; gives the related rows that still exist, for whoever saves it."""
    for field in columns(type(subject)):
        if field.name in values:
            setattr(subject, field.attname, field.to_python(values[field.name]))
    if "photo" in values:
        subject.photo_widths = []  # type: ignore[attr-defined]  # made anew
    return {
        field.name: list(field.related_model._base_manager.filter(pk__in=values[field.name]))
        for field in relations(type(subject))
        if field.name in values
    }


def changes(before: Values, after: Values) -> dict[str, list[Any]]:
    """Pairs of old and new, of what differs."""
    return {name: [before.get(name), after[name]] for name in after if before.get(name) != after[name]}


def restorable(model: type[models.Model], values: Values) -> Values:
    """Columns and relations, without rows; the photo while its file is there, for a removed photo stays removed."""
    kept = {field.name for field in [*columns(model), *relations(model)]}
    photo = values.get("photo")
    if photo and not default_storage.exists(photo):
        kept -= {"photo", *PHOTO_SIZE}
    return {name: value for name, value in values.items() if name in kept}


def _value(field: models.Field, subject: models.Model) -> Any:
    """An empty English text is stored as nothing or as an empty text: no difference to anybody."""
    value = field.value_from_object(subject)
    is_text = isinstance(field, models.CharField | models.TextField)
    return _plain("" if value is None and is_text else value)


def _plain(value: Any) -> Any:
    match value:
        case FieldFile():
            return value.name or ""
        case str():
            return value.replace("\r\n", "\n")  # browsers send it so
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return format(value.normalize(), "f")
        case list() | tuple():
            return [_plain(part) for part in value]
        case _:
            return value
