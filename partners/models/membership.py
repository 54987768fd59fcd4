"""Who works for which partner, and as what."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models import ManagedQuerySet
from partners.models.partner import Partner
from partners.models.role import MemberRole


class OfPartnerQuerySet(ManagedQuerySet):
    """managed_by"""

    def _of_staff(self, user: Any) -> Self:
        """What belongs to the partners where the user is manager."""
        return self.filter(partner__in=Membership.objects.filter(user=user, role=MemberRole.MANAGER).values("partner"))


class Membership(models.Model):
    """One person's role at one partner."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("gebruiker"), on_delete=models.CASCADE, related_name="memberships"
    )
    partner = models.ForeignKey(
        Partner, verbose_name=_("partner"), on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("rol"), max_length=10, choices=MemberRole.choices, default=MemberRole.EDITOR)

    objects = OfPartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")
        constraints = [
            models.UniqueConstraint(fields=["user", "partner"], name="partners_membership_once"),
            models.CheckConstraint(
                name="partners_membership_known_role", condition=models.Q(role__in=MemberRole.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.partner} ({self.get_role_display()})"
