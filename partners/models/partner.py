"""The organisations of the partnership."""

from typing import Any, Self
from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.models import (
    Confirmable,
    Illustrated,
    ManagedQuerySet,
    Published,
    PublishedQuerySet,
    Versioned,
    english,
    web_address,
)
from content.richtext import RichTextField
from partners.models.role import MemberRole


class PartnerKind(models.TextChoices):
    """What sort of organisation it is; visitors see partners grouped by it."""

    GOVERNMENT = "government", _("Overheid")
    EDUCATION = "education", _("Onderwijs")
    COMPANY = "company", _("Bedrijf")
    TRAINING_COMPANY = "training_company", _("Opleidingsbedrijf")
    NETWORK = "network", _("Netwerk of stichting")


class PartnerQuerySet(PublishedQuerySet, ManagedQuerySet):  # type: ignore[override]  # as_manager is typed per class
    """published, managed_by"""

    def _of_staff(self, user: Any) -> Self:
        """The partners that the user is a member of."""
        return self.filter(memberships__user=user).distinct()

    def _of_managers(self, user: Any) -> Self:
        """Those where the user is a manager, not an editor."""
        return self.filter(memberships__user=user, memberships__role=MemberRole.MANAGER).distinct()


class Partner(Published, Versioned, Illustrated, Confirmable):
    """One organisation with its public page."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    slug = web_address("gemeente-woerden", max_length=80)
    name = models.CharField(_("naam"), max_length=120, unique=True)
    kind = models.CharField(_("soort"), max_length=20, choices=PartnerKind.choices)
    summary = models.TextField(_("samenvatting"), max_length=400, blank=True)
    summary_en = english(summary)
    deal_role = models.TextField(_("rol in de deal"), max_length=400, blank=True)
    deal_role_en = english(deal_role)
    body = RichTextField(_("tekst"), blank=True)
    body_en = english(body)
    town = models.CharField(_("plaats"), max_length=60, blank=True)
    cbs_code = models.CharField(_("CBS-code"), max_length=10, blank=True)
    website = models.URLField(_("website van de partner"), blank=True)
    is_deal_party = models.BooleanField(
        _("partij in de deal"), default=False, help_text=_("Staat op de pagina over de deal bij wie er meedoet.")
    )
    is_example = models.BooleanField(_("voorbeeld"), default=False, editable=False)

    objects = PartnerQuerySet.as_manager()
    recorded_rows = ("people",)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name"]
        constraints = [
            *Published.Meta.constraints,
            *Illustrated.Meta.constraints,
            models.CheckConstraint(name="partners_partner_known_kind", condition=models.Q(kind__in=PartnerKind.values)),
            models.CheckConstraint(
                name="partners_partner_website_is_web",
                condition=models.Q(website="") | models.Q(website__iregex=r"^https?://"),
                violation_error_message=_("Een website begint met https:// of http://."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partner", args=[self.slug])
