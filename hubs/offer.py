"""What published programmes there are at all, so that a filter offers no choice that leads nowhere."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.contrib.postgres.aggregates import ArrayAgg, BoolOr
from django.db.models import Q

from hubs.models import Audience, Programme


@dataclass(frozen=True)
class Offer:
    """Everything that at least one published programme has."""

    hub_ids: frozenset[int]
    level_ids: frozenset[int]
    theme_ids: frozenset[int]
    kinds: frozenset[str]
    audiences: frozenset[str]

    @classmethod
    def load(cls, now: datetime) -> Self:
        """One query."""
        found = (
            Programme.objects.published(now)
            .order_by()
            .aggregate(
                hubs=ArrayAgg("hub_id", distinct=True, default=[]),
                levels=ArrayAgg("levels", distinct=True, default=[]),
                themes=ArrayAgg("themes", distinct=True, default=[]),
                kinds=ArrayAgg("kind", distinct=True, default=[]),
                **{audience: BoolOr(Q(audiences__contains=[audience])) for audience in Audience.values},
            )
        )
        return cls(
            frozenset(found["hubs"]),
            frozenset(found["levels"]),
            frozenset(found["themes"]),
            frozenset(found["kinds"]),
            frozenset(audience for audience in Audience.values if found[audience]),
        )
