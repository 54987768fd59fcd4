"""A link with which somebody without an account sees what is not on the site yet. Without this row it is worthless."""

from uuid import uuid4

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class PreviewLink(models.Model):
    """At most one per object; deleting it takes the link back."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    expires_at = models.DateTimeField(_("geldig tot"))

    class Meta:
        verbose_name = _("voorbeeldlink")
        verbose_name_plural = _("voorbeeldlinks")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="content_previewlink_one_per_object"),
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}"
