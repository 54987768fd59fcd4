"""Who may edit which rows: the one rule `.managed_by(user)`. What a partner's staff may, each model says."""

from typing import Any, Self, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class ManagedQuerySet(models.QuerySet[M]):
    """Nothing for who is not logged in, all for the programme office, else what `_of_staff` gives."""

    def managed_by(self, user: Any) -> Self:
        if not user.is_authenticated:
            return self.none()
        return self.all() if user.is_programme_office else self._of_staff(user)

    def _of_staff(self, user: Any) -> Self:
        """The part for a partner's staff; nothing unless the model says otherwise."""
        return self.none()


class OfficeOnlyQuerySet(ManagedQuerySet[M]):
    """Rows that belong to no partner: the programme office edits them."""
