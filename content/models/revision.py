"""The history of what staff edit: one row for each edit and each step of publication. Holds nothing of visitors."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class Deed(models.TextChoices):
    """What was done; the steps between publication states are in content/domain/publishing.py."""

    FOUND = "found", _("stond zo toen de geschiedenis begon")
    MADE = "made", _("maakte dit")
    CHANGED = "changed", _("wijzigde dit")
    CONFIRMED = "confirmed", _("bevestigde wat nog niet zeker was")
    PROPOSED = "proposed", _("deed een voorstel")
    WITHDRAWN = "withdrawn", _("trok het voorstel in")
    SUBMITTED = "submitted", _("stuurde dit ter beoordeling")
    SENT_BACK = "sent_back", _("stuurde dit terug")
    PUBLISHED = "published", _("zette dit op de site")
    APPROVED = "approved", _("keurde het voorstel goed")
    PLANNED = "planned", _("keurde het voorstel goed voor later")
    RETIMED = "retimed", _("veranderde wanneer dit zichtbaar is")
    TAKEN_OFF = "taken_off", _("haalde dit van de site")
    EXPIRED = "expired", _("verliep: de tijd was om")


class Revision(models.Model):
    """`changes` are old and new by field, `values` the whole object afterwards (content/domain/snapshots.py)."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    deed = models.CharField(_("wat"), max_length=20, choices=Deed.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("wie"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("wanneer"))
    # When mails were queued to whoever waits for this step, or nobody turned out to.
    told_at = models.DateTimeField(null=True, editable=False)
    note = models.CharField(_("toelichting"), max_length=500, blank=True)
    changes = models.JSONField(_("wijzigingen"), default=dict)
    values = models.JSONField(_("gegevens"), default=dict)

    class Meta:
        verbose_name = _("versie")
        verbose_name_plural = _("versies")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id", "-id"], name="content_revision_of_object"),
            models.Index(fields=["made_at"], name="content_revision_made_at"),  # what is recent, and what is old
        ]
        constraints = [
            models.CheckConstraint(name="content_revision_known_deed", condition=models.Q(deed__in=Deed.values)),
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}: {self.deed}"
