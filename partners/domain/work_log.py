"""Django's own list of who of the staff added, changed or deleted what: kept for a while, then forgotten."""

from datetime import datetime, timedelta
from typing import Final

from django.contrib.admin.models import LogEntry

KEPT: Final = timedelta(days=730)


def forget_past_term(*, now: datetime) -> int:
    """Delete what is old enough; how many there were."""
    deleted, _per_model = LogEntry.objects.filter(action_time__lt=now - KEPT).delete()
    return deleted
