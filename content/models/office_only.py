"""Objects that belong to no partner: the programme office edits them."""

from typing import Any, Protocol, Self, cast

from django.db import models


class Staff(Protocol):
    """What content needs to know of whoever is logged in; partners.User provides it."""

    @property
    def is_programme_office(self) -> bool: ...


class OfficeOnlyQuerySet(models.QuerySet):
    """All for the programme office, nothing for anyone else."""

    def managed_by(self, user: Any) -> Self:
        office = getattr(cast(Staff, user), "is_programme_office", False)
        return self.all() if office else self.none()
