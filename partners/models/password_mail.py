"""That somebody asked for a new password, so that no address is mailed without end. Names nobody."""

from django.db import models
from django.db.models.functions import Now


class PasswordMail(models.Model):
    """One mail; `mark` is an HMAC of the address, which may have no account. Kept for an hour."""

    mark = models.CharField(max_length=64, editable=False)
    sent_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes = [models.Index(fields=["mark", "sent_at"], name="partners_password_mail")]

    def __str__(self) -> str:
        return f"{self.sent_at}"
