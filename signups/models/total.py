"""What stays of sign-ups when their rows have been emptied: counts, which name nobody."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models import ManagedQuerySet
from hubs.models import Activity, Audience, EducationLevel
from partners.models import School
from signups.models.sign_up import Kind, State


class TotalQuerySet(ManagedQuerySet["Total"]):
    """managed_by"""

    def _of_staff(self, user: Any) -> Self:
        """Read by whoever manages the activity."""
        return self.filter(activity__in=Activity.objects.managed_by(user).values("pk"))


class Total(models.Model):
    """How many emptied sign-ups of one sort an activity had, for how many people; `attended` of those were there.

    `seats` differs from `people` where the activity counts whole classes. Nobody reads these rows as they are: what is
    shown of them goes through signups/domain/small_numbers.py.
    """

    activity = models.ForeignKey(
        Activity, verbose_name=_("activiteit"), on_delete=models.PROTECT, related_name="sign_up_totals"
    )
    kind = models.CharField(_("soort"), max_length=7, choices=Kind.choices)
    state = models.CharField(_("stand"), max_length=9, choices=State.choices)
    audience = models.CharField(_("doelgroep"), max_length=20, choices=Audience.choices, blank=True)
    education_level = models.ForeignKey(
        EducationLevel, verbose_name=_("niveau"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    school = models.ForeignKey(
        School, verbose_name=_("school"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sign_ups = models.PositiveIntegerField(_("aanmeldingen"), default=0)
    seats = models.PositiveIntegerField(_("plekken"), default=0)
    people = models.PositiveIntegerField(_("personen"), default=0)
    attended = models.PositiveIntegerField(_("aanwezig"), default=0)

    objects = TotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("totaal")
        verbose_name_plural = _("totalen")
        ordering = ["activity", "kind", "state"]
        constraints = [
            # Two that count at once find one row to add to, also where level and school are unknown.
            models.UniqueConstraint(
                fields=["activity", "kind", "state", "audience", "education_level", "school"],
                nulls_distinct=False,
                name="signups_total_one_of_each",
            ),
            models.CheckConstraint(
                name="signups_total_attended_were_expected", condition=models.Q(attended__lte=models.F("people"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.sign_ups} {self.get_kind_display()} {self.get_state_display()}"
