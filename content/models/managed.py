"""Who may edit which rows, and who publishes them: `.managed_by(user)` and `.decided_by(user)`. Each model says it."""

from typing import Any, Self, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class ManagedQuerySet(models.QuerySet[M]):
    """Nothing for who is not logged in, all for the programme office, else what `_of_staff` gives."""

    def managed_by(self, user: Any) -> Self:
        if not user.is_authenticated:
            return self.none()
        return self.all() if user.is_programme_office else self._of_staff(user)

    def decided_by(self, user: Any) -> Self:
        """The part whose publication this user decides on: a part of what the user manages."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if user.is_programme_office else self._of_managers(user)

    def _of_staff(self, user: Any) -> Self:
        """The part for a partner's staff; nothing unless the model says otherwise."""
        return self.none()

    def _of_managers(self, user: Any) -> Self:
        """The part that a partner's managers publish; nothing unless the model says otherwise."""
        return self.none()


class OfficeOnlyQuerySet(ManagedQuerySet[M]):
    """Rows that belong to no partner: the programme office edits them."""
