"""What people thought of a date: three scales and nothing that leads to a person."""

from typing import Any, Self
from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models import ManagedQuerySet
from hubs.models import Activity

SCALES = ("liked", "learned", "wants_more")
LOWEST, HIGHEST = 1, 5


def scale(label: Any) -> models.PositiveSmallIntegerField:
    """From 1, not at all, to 5, very much."""
    return models.PositiveSmallIntegerField(label, validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)])


class FeedbackQuerySet(ManagedQuerySet["Feedback"]):
    """managed_by"""

    def _of_staff(self, user: Any) -> Self:
        return self.filter(activity__in=Activity.objects.managed_by(user).values("pk"))


class Feedback(models.Model):
    """One answer. The key is random and there is no moment: the order of the rows tells nobody who wrote which."""

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    activity = models.ForeignKey(
        Activity, verbose_name=_("activiteit"), on_delete=models.PROTECT, related_name="feedback"
    )
    liked = scale(_("leuk"))
    learned = scale(_("geleerd"))
    wants_more = scale(_("wil meer"))

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("mening")
        verbose_name_plural = _("meningen")
        ordering = ["activity", "uuid"]
        constraints = [
            models.CheckConstraint(
                name="signups_feedback_on_the_scales",
                condition=models.Q(**{f"{name}__range": (LOWEST, HIGHEST) for name in SCALES}),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.liked}, {self.learned}, {self.wants_more}"
