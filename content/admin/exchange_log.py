"""What an import did, in Django's history of each row; what is versioned has a history of its own (domain/history)."""

from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext

from content.domain.exchange.plans import Plan, PlannedRow
from content.models import Versioned

BATCH = 500


def note(plan: Plan, user: Any) -> None:
    """In the transaction of the import."""
    if issubclass(plan.model, Versioned):
        return
    kind = ContentType.objects.get_for_model(plan.model)
    LogEntry.objects.bulk_create([_entry(row, kind, user) for row in [*plan.new, *plan.changed]], batch_size=BATCH)


def _entry(row: PlannedRow, kind: ContentType, user: Any) -> LogEntry:
    headings = ", ".join(change.column.heading for change in row.changes)
    return LogEntry(
        user_id=user.pk,
        content_type=kind,
        object_id=str(row.subject.pk),
        object_repr=str(row.subject)[:200],
        action_flag=ADDITION if row.is_new else CHANGE,
        change_message=gettext("Import") if row.is_new else gettext("Import: %(what)s") % {"what": headings},
    )
