"""Remembers which starting content was loaded, so that what staff removed never comes back."""

from django.db import models
from django.db.models.functions import Now


class LoadedItem(models.Model):
    """One row of a starting content file that reached the database; `kind` names the file, `key` the row."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    loaded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="content_loadeditem_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.key}"
