"""May this user manage this object? One rule, kept by each model's queryset; no list of models lives here."""

from typing import Any

from django.db import models


def may_manage(user: Any, subject: models.Model) -> bool:
    """True when the object's own `.managed_by(user)` holds it. One query; a model without that adjective is an error."""
    managed = type(subject)._default_manager.managed_by(user)  # type: ignore[attr-defined]
    return bool(managed.filter(pk=subject.pk).exists())
