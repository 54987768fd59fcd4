"""That somebody tried what may be done a few times only, such as logging in with a password. Names nobody."""

from django.db import models
from django.db.models.functions import Now


class Attempt(models.Model):
    """One attempt; `mark` is an HMAC of what was tried and of the address or account, which may not exist."""

    mark = models.CharField(max_length=64, editable=False)
    tried_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes = [models.Index(fields=["mark", "tried_at"], name="partners_attempt_in_period")]

    def __str__(self) -> str:
        return f"{self.tried_at}"
