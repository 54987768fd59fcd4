"""May this user manage this object? One rule, kept by each model's queryset; no list of models lives here."""

from typing import Any

from django.db import models


def may_manage(user: Any, subject: models.Model) -> bool:
    """True when the model's own `.managed_by(user)` holds the object. One query."""
    managed = type(subject)._default_manager.managed_by(user)  # type: ignore[attr-defined]
    return bool(managed.filter(pk=subject.pk).exists())
