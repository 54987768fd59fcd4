"""What the public sees is decided here, in one queryset."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from content.models.calendar_bounds import moments_in_bounds


class PublicationState(models.TextChoices):
    """draft → in review → published → expired; the transitions are in content/domain."""

    DRAFT = "draft", _("concept")
    IN_REVIEW = "in_review", _("ter beoordeling")
    PUBLISHED = "published", _("gepubliceerd")
    EXPIRED = "expired", _("verlopen")


def published_condition(prefix: str = "", at: datetime | Now | None = None) -> models.Q:
    """Visible to the public at this moment, by default the database's own; `prefix` reaches it over a relation."""
    moment: Any = Now() if at is None else at
    return (
        models.Q(**{f"{prefix}state": PublicationState.PUBLISHED})
        & (models.Q(**{f"{prefix}publish_at": None}) | models.Q(**{f"{prefix}publish_at__lte": moment}))
        & (models.Q(**{f"{prefix}expire_at": None}) | models.Q(**{f"{prefix}expire_at__gt": moment}))
    )


class PublishedQuerySet(models.QuerySet):
    """Adjectives for everything that is published."""

    def published(self, at: datetime | None = None) -> Self:
        return self.filter(published_condition(at=at))


class Published(models.Model):
    """Has a publication state, with optional moments between which the public sees it."""

    state = models.CharField(
        _("status"), max_length=20, choices=PublicationState.choices, default=PublicationState.DRAFT
    )
    publish_at = models.DateTimeField(
        _("zichtbaar vanaf"),
        null=True,
        blank=True,
        help_text=_("Leeg: zichtbaar zodra de status op gepubliceerd staat."),
    )
    expire_at = models.DateTimeField(_("zichtbaar tot"), null=True, blank=True, help_text=_("Leeg: blijft zichtbaar."))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_expires_after_publish",
                condition=models.Q(publish_at=None)
                | models.Q(expire_at=None)
                | models.Q(expire_at__gt=models.F("publish_at")),
                violation_error_message=_("Zichtbaar tot moet later zijn dan zichtbaar vanaf."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_known_state",
                condition=models.Q(state__in=PublicationState.values),
            ),
            moments_in_bounds("%(app_label)s_%(class)s_visible_in_bounds", "publish_at", "expire_at"),
        ]

    def shown_with(self) -> "list[Published]":
        """Whatever else must be on the site before the public sees this."""
        return []

    def not_shown_with(self) -> "models.QuerySet[Any]":
        """What would come on the site along with those, and is none of this."""
        return type(self)._base_manager.none()

    def unseen(self) -> dict[str, Any]:
        """What its columns hold beside something else, for who may not see it; all others are emptied."""
        return {}
