"""May this user manage this object, or decide on it? Kept by each model's queryset; no list of models lives here."""

from collections.abc import Callable, Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from content.models import Revision
from partners.models import MemberRole, User


def may_manage(user: Any, subject: models.Model) -> bool:
    """True when the model's own `.managed_by(user)` holds the object. One query."""
    managed = type(subject)._default_manager.managed_by(user)  # type: ignore[attr-defined]
    return bool(managed.filter(pk=subject.pk).exists())


def may_decide(user: Any, subject: models.Model) -> bool:
    """True when the model's own `.decided_by(user)` holds the object. One query."""
    decided = type(subject)._default_manager.decided_by(user)  # type: ignore[attr-defined]
    return bool(decided.filter(pk=subject.pk).exists())


def decided(user: User, steps: Collection[Revision]) -> set[int]:
    """Of these steps the keys of those whose object this user decides on. One query for each model, however many."""
    return _within(steps, lambda model: model._default_manager.decided_by(user))


def deciders(steps: Collection[Revision], *, manager: User | None = None) -> dict[int, list[User]]:
    """By the key of each ask: its managers, but for who asked; where that leaves none, the rest of the office.

    Nobody about what is gone. Asks the rule once for every manager and model, or for one manager only: for work in the
    background.
    """
    active = User.objects.filter(is_active=True)
    managers = active.filter(is_programme_office=False, memberships__role=MemberRole.MANAGER).distinct()
    managers = managers.filter(pk=manager.pk) if manager else managers
    decides = [(user, decided(user, steps)) for user in managers]
    office = list(active.filter(is_programme_office=True))
    there = _within(steps, lambda model: model._base_manager.all())
    found = {}
    for step in steps:
        asked = [user for user, theirs in decides if step.pk in theirs and user.pk != step.by_id]
        rest = [user for user in office if user.pk != step.by_id]
        found[step.pk] = (asked or rest) if step.pk in there else []
    return found


def asked_of(user: User, steps: Collection[Revision]) -> list[Revision]:
    """Those of these asks that are put to this user. Where somebody is a manager, no other manager matters."""
    found = deciders(steps, manager=None if user.is_programme_office else user)
    return [step for step in steps if user in found[step.pk]]


def _within(steps: Collection[Revision], part: Callable[[Any], models.QuerySet]) -> set[int]:
    """The keys of the steps whose object is in that part of its model."""
    objects: dict[int, set[int]] = {}
    for step in steps:
        objects.setdefault(step.content_type_id, set()).add(step.object_id)
    held: dict[int, set[int]] = {}
    for content_type_id, keys in objects.items():
        model = ContentType.objects.get_for_id(content_type_id).model_class()  # None where a release took it away
        held[content_type_id] = set(part(model).filter(pk__in=keys).values_list("pk", flat=True)) if model else set()
    return {step.pk for step in steps if step.object_id in held[step.content_type_id]}
