"""Somebody found no suitable date: the level and the period that would suit, and perhaps an adult's address."""

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from content.models import OfficeOnlyQuerySet
from hubs.models import Activity, EducationLevel, Hub, Programme

MOST_PEOPLE = 999


class DateInterestQuerySet(OfficeOnlyQuerySet["DateInterest"]):
    """reachable, managed_by: rows may hold an address, so partners see counts only (signups/domain/interests.py)"""

    def reachable(self) -> Self:
        """With an address that was proven and not taken out since: these are told."""
        return self.exclude(email="").filter(proven_at__isnull=False)


class DateInterest(models.Model):
    """`people` of one level could come between two days. Narrowed to a programme, or a hub, or to neither.

    No level is of who is not at school: a career changer or an employee.

    The address is proven by link before it is used, and taken out after the period, on request, or by its term; what
    stays names nobody.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    token_version = models.PositiveSmallIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("gevraagd op"), db_default=Now(), editable=False)
    language = models.CharField(
        _("taal"), max_length=2, choices=[("nl", _("Nederlands")), ("en", _("Engels"))], default="nl"
    )
    education_level = models.ForeignKey(
        EducationLevel, verbose_name=_("niveau"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    hub = models.ForeignKey(
        Hub, verbose_name=_("hub"), on_delete=models.SET_NULL, null=True, blank=True, related_name="date_interests"
    )
    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programma"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="date_interests",
    )
    people = models.PositiveSmallIntegerField(
        _("aantal"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)]
    )
    from_on = models.DateField(_("van"))
    until_on = models.DateField(_("tot en met"))
    email = models.EmailField(_("e-mailadres"), blank=True)
    proof_expires_at = models.DateTimeField(_("bevestigen voor"), null=True, blank=True)
    proven_at = models.DateTimeField(_("bevestigd op"), null=True, blank=True)
    told_at = models.DateTimeField(_("laatst verteld"), null=True, blank=True)
    # Dates that suited already when the address was proven, or were told since.
    known = models.ManyToManyField(Activity, related_name="+", blank=True)

    objects = DateInterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("datumwens")
        verbose_name_plural = _("datumwensen")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["email"], name="signups_interest_by_address", condition=~models.Q(email=""))]
        constraints = [
            models.CheckConstraint(
                name="signups_interest_period_in_order", condition=models.Q(until_on__gte=models.F("from_on"))
            ),
            models.CheckConstraint(
                name="signups_interest_some_people", condition=models.Q(people__range=(1, MOST_PEOPLE))
            ),
            models.CheckConstraint(
                name="signups_interest_hub_or_programme", condition=models.Q(hub=None) | models.Q(programme=None)
            ),
            models.CheckConstraint(name="signups_interest_email_lower_case", condition=models.Q(email=Lower("email"))),
            models.CheckConstraint(
                name="signups_interest_address_has_deadline",
                condition=models.Q(email="") | models.Q(proof_expires_at__isnull=False),
            ),
            models.CheckConstraint(
                name="signups_interest_told_once_proven",
                condition=models.Q(told_at=None) | models.Q(proven_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uuid}"

    def is_reachable_until(self, moment: datetime) -> bool:
        """Unproven addresses have until their deadline."""
        is_in_time = self.proven_at is not None or (
            self.proof_expires_at is not None and self.proof_expires_at > moment
        )
        return bool(self.email) and is_in_time
