"""What a form checks after its fields: the model's own rules, what has to be unique, and the rules of the database."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from content.domain.exchange import rules
from content.domain.exchange.cells import quoted
from content.domain.exchange.columns import Column
from content.domain.exchange.plans import PlannedRow
from content.domain.exchange.sheets import Sheet


def check(rows: Sequence[PlannedRow], sheet: Sheet) -> None:
    """Of the rows that change something and are right so far. A fixed number of queries."""
    columns = {column.name: column for column in sheet.columns}
    concerned = _without_faults(rows)
    sheet.check(concerned)
    for row in concerned:
        _check_model(row, columns)
    for column in sheet.columns:
        _check_unique(_without_faults(concerned), column, sheet.model)
    sound = _without_faults(concerned)
    _check_rules(sound, [row.subject for row in sound], columns)
    parts = [(row, part) for row in sound for part in row.parts or ()]
    told = {name: columns[told_in] for name, told_in in sheet.part_columns.items()}
    _check_rules([row for row, _part in parts], [part for _row, part in parts], columns | told)


def _without_faults(rows: Sequence[PlannedRow]) -> list[PlannedRow]:
    return [row for row in rows if not row.faults and (row.is_new or row.changes)]


def _check_model(row: PlannedRow, columns: dict[str, Column]) -> None:
    """Relations and their like are left out: each was chosen from a list, and the database sees to the rest."""
    relations = {field.name for field in row.subject._meta.fields if field.is_relation}
    touches_relation = row.is_new or any(change.column.name in relations for change in row.changes)
    try:
        row.subject.clean_fields(exclude=relations | {_key_of(row.subject)})
        if touches_relation:
            row.subject.clean()  # rules of models about relations ask the database
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            for message in messages:
                row.refuse(message, columns.get("" if name == NON_FIELD_ERRORS else name))


def _key_of(subject: models.Model) -> str:
    return str(subject._meta.pk and subject._meta.pk.name)


def _check_unique(rows: Sequence[PlannedRow], column: Column, model: type[models.Model]) -> None:
    """Against the file itself and against all rows, whoever's they are."""
    field: Any = next((field for field in model._meta.fields if field.name == column.name), None)
    concerned = [row for row in rows if row.is_new or column.name in {change.column.name for change in row.changes}]
    if field is None or not field.unique or field.primary_key or not concerned:
        return
    values = [getattr(row.subject, column.name) for row in concerned]
    known = model._base_manager.filter(**{f"{column.name}__in": values})
    used: dict[Any, Any] = dict(known.values_list(column.name, "pk"))
    for row, value in zip(concerned, values, strict=True):
        if used.setdefault(value, row.subject.pk or row) not in (row.subject.pk, row):
            row.refuse(_("“%(value)s” is al in gebruik. Kies iets anders.") % {"value": quoted(str(value))}, column)


def _check_rules(rows: Sequence[PlannedRow], subjects: Sequence[Any], columns: dict[str, Column]) -> None:
    if not subjects:
        return
    for row, refused in zip(rows, rules.broken(type(subjects[0]), subjects), strict=True):
        for rule in refused:
            named = rules.columns_in(rule)
            told = (column for name, column in columns.items() if name in named and not column.is_shown_only)
            column = next(told, None)
            row.refuse(str(rule.get_violation_error_message()), column)
