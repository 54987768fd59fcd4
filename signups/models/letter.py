"""What staff wrote to who signed up for a date: the text, by whom, when and to how many. Sent by outbox messages."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from content.models import ManagedQuerySet, english
from hubs.models import Activity

MOST_IN_SUBJECT = 100
MOST_IN_TEXT = 4_000


class LetterQuerySet(ManagedQuerySet["Letter"]):
    """managed_by"""

    def _of_staff(self, user: Any) -> Self:
        """Read by whoever manages the activity."""
        return self.filter(activity__in=Activity.objects.managed_by(user).values("pk"))


class Letter(models.Model):
    """Plain text: an empty line begins a paragraph. Its messages say whom it goes to; it lives as long as one of them.

    `receivers` is the number of addresses that it was written to, erased ones included.
    """

    activity = models.ForeignKey(
        Activity, verbose_name=_("activiteit"), on_delete=models.PROTECT, related_name="letters"
    )
    subject = models.CharField(_("onderwerp"), max_length=MOST_IN_SUBJECT)
    subject_en = english(subject)
    text = models.TextField(_("tekst"), max_length=MOST_IN_TEXT)
    text_en = english(text)
    receivers = models.PositiveIntegerField(_("ontvangers"))
    written_at = models.DateTimeField(_("geschreven op"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("geschreven door"), on_delete=models.SET_NULL, null=True, blank=True
    )
    submit_token = models.UUIDField(unique=True, editable=False)  # one preview, however often it is posted

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("bericht aan deelnemers")
        verbose_name_plural = _("berichten aan deelnemers")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="signups_letter_says_something", condition=~models.Q(subject="") & ~models.Q(text="")
            ),
            models.CheckConstraint(
                name="signups_letter_english_is_whole",
                condition=models.Q(subject_en=None, text_en=None)
                | models.Q(subject_en__isnull=False, text_en__isnull=False, subject_en__gt="", text_en__gt=""),
            ),
            models.CheckConstraint(
                name="signups_letter_not_too_long",
                condition=LessThanOrEqual(Length("text"), MOST_IN_TEXT)
                & LessThanOrEqual(Coalesce(Length("text_en"), 0), MOST_IN_TEXT),
            ),
            models.CheckConstraint(name="signups_letter_to_somebody", condition=models.Q(receivers__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
