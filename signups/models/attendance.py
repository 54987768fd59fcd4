"""Who was there, as a number for each sign-up and meeting. Noted at the door; goes when the sign-up is emptied."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from content.models import ManagedQuerySet
from hubs.models import Activity, Meeting
from signups.models.sign_up import SignUp


class AttendanceQuerySet(ManagedQuerySet["Attendance"]):
    """managed_by"""

    def _of_staff(self, user: Any) -> Self:
        return self.filter(sign_up__activity__in=Activity.objects.managed_by(user).values("pk"))


class Attendance(models.Model):
    """`number` people of this sign-up came to this meeting: 0 or 1 for a person, at most its pupils for a class."""

    sign_up = models.ForeignKey(
        SignUp, verbose_name=_("aanmelding"), on_delete=models.CASCADE, related_name="attendances"
    )
    meeting = models.ForeignKey(
        Meeting, verbose_name=_("bijeenkomst"), on_delete=models.PROTECT, related_name="attendances"
    )
    number = models.PositiveIntegerField(_("aanwezig"))
    noted_at = models.DateTimeField(_("genoteerd op"), db_default=Now(), editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("genoteerd door"), on_delete=models.SET_NULL, null=True, blank=True
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanwezigheid")
        verbose_name_plural = _("aanwezigheid")
        ordering = ["meeting", "sign_up"]
        constraints = [
            models.UniqueConstraint(fields=["sign_up", "meeting"], name="signups_attendance_one_each"),
        ]

    def __str__(self) -> str:
        return f"{self.number} van {self.sign_up}"
