"""The checks of the database on many rows in one query, before any of them is written: its own words decide."""

import json
from collections.abc import Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models.fields.files import FieldFile

_CHECKS = """
SELECT conname, pg_get_expr(conbin, conrelid) FROM pg_constraint
 WHERE contype = 'c' AND conrelid = %s::regclass ORDER BY conname
"""


def broken(model: type[models.Model], subjects: Sequence[models.Model]) -> list[list[models.CheckConstraint]]:
    """For each of these rows, saved or not, the CHECKs that would refuse it. Two queries for any number of rows."""
    if not subjects:
        return []
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(_CHECKS, [table])
        checks: dict[str, str] = dict(cursor.fetchall())
        tests = ", ".join(f"({condition.replace('%', '%%')}) IS FALSE" for condition in checks.values())
        # Table and conditions are the database's own names and texts; the values are an argument.
        given = f"jsonb_populate_recordset(NULL::{table}, %s::jsonb) WITH ORDINALITY"
        cursor.execute(f"SELECT {tests} FROM {given} AS {table} ORDER BY ordinality", [_as_json(subjects)])  # noqa: S608
        answers = cursor.fetchall()
    rules = {rule.name: rule for rule in model._meta.constraints if isinstance(rule, models.CheckConstraint)}
    return [
        [rules.get(name) or _unnamed(name) for name, fails in zip(checks, answer, strict=True) if fails]
        for answer in answers
    ]


def columns_in(rule: models.CheckConstraint) -> list[str]:
    """The fields that a rule speaks of."""
    return list(dict.fromkeys(_named(rule.condition)))


def _named(condition: Any) -> list[str]:
    if isinstance(condition, models.Q):
        return [name for child in condition.children for name in _named(child)]
    return [condition[0].split("__")[0]] if isinstance(condition, tuple) else []


def _unnamed(name: str) -> models.CheckConstraint:
    """A check that Django makes for a field, such as that a number is not negative."""
    return models.CheckConstraint(name=name, condition=models.Q())


def _as_json(subjects: Sequence[models.Model]) -> str:
    rows = [{field.column: _plain(getattr(row, field.attname)) for field in row._meta.fields} for row in subjects]
    return json.dumps(rows, cls=DjangoJSONEncoder)


def _plain(value: Any) -> Any:
    if hasattr(value, "resolve_expression"):  # the database fills it in
        return None
    return value.name if isinstance(value, FieldFile) else value
