"""People of the partnership in their public roles, as history."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models import Confirmable, ManagedQuerySet, english
from partners.models.partner import Partner


class PersonQuerySet(ManagedQuerySet):
    """managed_by"""

    def _of_staff(self, user: Any) -> Self:
        """Whom one adds is on the site at once, so an editor manages nobody."""
        return self.filter(partner__in=Partner.objects.decided_by(user))


class PartnerPerson(Confirmable):
    """A person's role at a partner, many-to-many: one name may hold several roles. The year says when it was known."""

    partner = models.ForeignKey(Partner, verbose_name=_("partner"), on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("naam"), max_length=120)
    role = models.CharField(_("rol"), max_length=120)
    role_en = english(role)
    known_in_year = models.PositiveSmallIntegerField(
        _("bekend in het jaar"), help_text=_("De site toont deze rol als geschiedenis, met dit jaar erbij.")
    )
    signed_deal = models.BooleanField(_("tekende de deal"), default=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("persoon bij een partner")
        verbose_name_plural = _("personen bij partners")
        ordering = ["partner", "known_in_year", "name"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "name", "role"], name="partners_partnerperson_role_once"),
            models.CheckConstraint(
                name="partners_partnerperson_sensible_year", condition=models.Q(known_in_year__range=(1900, 2100))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} – {self.role}"
