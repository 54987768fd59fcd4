"""May this user manage this object, or decide on it? Kept by each model's queryset; no list of models lives here."""

from typing import Any

from django.db import models

from partners.models import MemberRole, User


def may_manage(user: Any, subject: models.Model) -> bool:
    """True when the model's own `.managed_by(user)` holds the object. One query."""
    managed = type(subject)._default_manager.managed_by(user)  # type: ignore[attr-defined]
    return bool(managed.filter(pk=subject.pk).exists())


def may_decide(user: Any, subject: models.Model) -> bool:
    """True when the model's own `.decided_by(user)` holds the object. One query."""
    decided = type(subject)._default_manager.decided_by(user)  # type: ignore[attr-defined]
    return bool(decided.filter(pk=subject.pk).exists())


def deciders(subject: models.Model, *, besides: User | None) -> list[User]:
    """Whom to ask for a decision, one person left out: its managers; where it has none, the programme office.

    Asks the rule once for every manager there is: for work in the background.
    """
    others = User.objects.filter(is_active=True).exclude(pk=besides.pk if besides else 0)
    managers = others.filter(is_programme_office=False, memberships__role=MemberRole.MANAGER).distinct()
    return [user for user in managers if may_decide(user, subject)] or list(others.filter(is_programme_office=True))
