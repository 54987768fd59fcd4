"""How far this database has carried out the ledger of erasures, which is a file outside it."""

from django.db import models


class ReplayedLedger(models.Model):
    """One row. After the restore of an older database its position lags behind the file, and that shows."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    position = models.PositiveBigIntegerField(default=0)  # in bytes

    class Meta:
        constraints = [models.CheckConstraint(name="signups_replayedledger_one_row", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return str(self.position)
