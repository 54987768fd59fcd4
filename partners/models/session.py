"""The sessions of staff: rows that know their owner, so that they can be listed and ended."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.models import ManagedQuerySet


class StaffSessionQuerySet(ManagedQuerySet["StaffSession"]):
    """of, useless, managed_by"""

    def of(self, user: Any) -> Self:
        """Where this person is logged in; the latest first."""
        return self.filter(user=user).order_by("-began_at", "-expire_date")

    def useless(self, now: datetime) -> Self:
        """Run out, or of somebody whose account is off."""
        return self.filter(Q(expire_date__lt=now) | Q(user__is_active=False))

    def _of_staff(self, user: Any) -> Self:
        return self.filter(user=user)


class StaffSession(AbstractBaseSession):
    """Written by partners/sessions.py alone. Holds no address of a computer."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("gebruiker"),
        on_delete=models.CASCADE,
        null=True,
        related_name="sessions",
    )
    began_at = models.DateTimeField(_("ingelogd op"), null=True)
    device = models.CharField(_("apparaat"), max_length=60, blank=True)

    objects = StaffSessionQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("sessie")  # type: ignore[assignment]
        verbose_name_plural = _("sessies")  # type: ignore[assignment]

    def __str__(self) -> str:
        return str(self.began_at or "")

    @classmethod
    def get_session_store_class(cls) -> Any:
        """Asked by Django to read a row's data; nothing here does."""
        raise NotImplementedError
