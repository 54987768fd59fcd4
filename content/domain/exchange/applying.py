"""Carries out a plan: all of it or nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from content.domain import history, snapshots
from content.domain.exchange.columns import Column
from content.domain.exchange.planning import plan_of
from content.domain.exchange.plans import Plan, PlannedRow
from content.domain.exchange.sheets import Sheet
from content.domain.exchange.tables import Table
from content.models import Confirmable, Versioned

BATCH: Final = 500


@transaction.atomic
def apply(
    *, table: Table, sheet: Sheet, fingerprint: str, author: Any, now: datetime, then: Callable[[Plan], None]
) -> tuple[Plan, bool]:
    """Plans anew on locked rows; does it when that shows the same differences as `fingerprint` stands for.

    The plan, and whether it was done; `then` is called in the same transaction. Raises IntegrityError where a rule of
    the database was broken meanwhile.
    """
    plan = plan_of(table, sheet, locked=True)
    if not plan.is_sound or plan.fingerprint != fingerprint:
        return plan, False
    new, changed = plan.new, plan.changed
    is_recorded = issubclass(sheet.model, Versioned)
    before = snapshots.stored_all(sheet.model, [row.subject.pk for row in changed]) if is_recorded else {}
    sheet.model._base_manager.bulk_create([row.subject for row in new], batch_size=BATCH)
    for row in changed:
        _save(row, now)
    for column in sheet.columns:
        if column.is_many:
            _link(column, [row for row in [*new, *changed] if column.name in _named(row)])
    sheet.save_along([*new, *changed], author)
    if is_recorded:
        made = [row.subject.pk for row in new]
        history.record_all(model=sheet.model, made=made, before=before, by=author, now=now)
    then(plan)
    return plan, True


def _named(row: PlannedRow) -> set[str]:
    return {change.column.name for change in row.changes}


def _save(row: PlannedRow, now: datetime) -> None:
    """What is changed, and no other column: counters and a photo's versions may be written meanwhile."""
    subject, names = row.subject, [change.column.name for change in row.changes]
    saved = [change.column.name for change in row.changes if not change.column.is_many and not change.column.is_part]
    if isinstance(subject, Versioned):
        subject.version, subject.changed_at = subject.version + 1, now
        saved += ["version", "changed_at"]
    if isinstance(subject, Confirmable):
        subject.to_confirm = [name for name in subject.to_confirm if name not in names]
        saved.append("to_confirm")
    if saved:
        subject.save(update_fields=saved)


def _link(column: Column, rows: Sequence[PlannedRow]) -> None:
    """Sets a many-to-many relation of all rows; what this user cannot choose stays linked."""
    if not rows:
        return
    field: Any = type(rows[0].subject)._meta.get_field(column.name)
    kind: Any = column.kind
    ties, here, there = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()
    old = ties._base_manager.filter(**{f"{here}__in": [row.subject.pk for row in rows]})
    old.filter(**{f"{there}__in": list(kind.rows)}).delete()
    new = [
        ties(**{f"{here}_id": row.subject.pk, f"{there}_id": chosen.pk})
        for row in rows
        for chosen in row.values[column.name]
    ]
    ties._base_manager.bulk_create(new, batch_size=BATCH)
