"""A change to a live object that waits for approval; the live row stays as it is until then."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from content.models.calendar_bounds import moments_in_bounds


class PendingChange(models.Model):
    """At most one per object: the changed fields, relations as ids, a new photo by its stored path.

    `publish_at` is set by whoever approved it for later; `sent_back` says what its author should look at first.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    fields = models.JSONField(_("gewijzigde velden"), default=dict)
    photo = models.CharField(_("nieuwe foto"), max_length=200, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("auteur"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    publish_at = models.DateTimeField(_("zichtbaar vanaf"), null=True, blank=True)
    sent_back = models.CharField(_("waarom teruggestuurd"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("gemaakt op"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("voorstel")
        verbose_name_plural = _("ter beoordeling")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="content_pendingchange_one_per_object"),
            models.CheckConstraint(
                name="content_pendingchange_approved_or_sent_back",
                condition=models.Q(publish_at=None) | models.Q(sent_back=""),
            ),
            moments_in_bounds("content_pendingchange_visible_in_bounds", "publish_at"),
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}"
