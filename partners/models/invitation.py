"""An invitation to work for a partner, or in the programme office; the flow is in partners/domain."""

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.models.membership import OfPartnerQuerySet
from partners.models.partner import Partner
from partners.models.role import InvitedRole, MemberRole


class InvitationQuerySet(OfPartnerQuerySet):
    """unanswered, open, ended_before, managed_by"""

    def unanswered(self) -> Self:
        """Neither accepted nor withdrawn; one for each address at a partner or the office, also when it ran out."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def open(self, now: datetime) -> Self:
        """Can be accepted."""
        return self.unanswered().filter(expires_at__gt=now)

    def ended_before(self, moment: datetime) -> Self:
        """Accepted, withdrawn or run out by then."""
        return self.filter(
            Q(accepted_at__lt=moment) | Q(withdrawn_at__lt=moment) | Q(accepted_at=None, expires_at__lt=moment)
        )


class Invitation(models.Model):
    """Open until accepted, withdrawn or past its expiry; named outside the database by its uuid alone."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    token_version = models.PositiveSmallIntegerField(default=1, editable=False)
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("partner"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
        help_text=_("Leeg: een uitnodiging voor het programmabureau."),
    )
    email = models.EmailField(_("e-mailadres"))
    role = models.CharField(_("rol"), max_length=10, choices=InvitedRole.choices, default=InvitedRole.EDITOR)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uitgenodigd door"), on_delete=models.SET_NULL, null=True
    )
    created_at = models.DateTimeField(_("gemaakt op"), db_default=Now(), editable=False)
    expires_at = models.DateTimeField(_("geldig tot"))
    accepted_at = models.DateTimeField(_("aangenomen op"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="partners_invitation_expires_later", condition=models.Q(expires_at__gt=models.F("created_at"))
            ),
            models.CheckConstraint(
                name="partners_invitation_one_ending",
                condition=models.Q(accepted_at=None) | models.Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="partners_invitation_known_role",
                condition=models.Q(partner__isnull=False, role__in=MemberRole.values)
                | models.Q(partner=None, role=InvitedRole.OFFICE),
            ),
            models.UniqueConstraint(
                "partner",
                Lower("email"),
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                nulls_distinct=False,  # the office counts as one partner
                name="partners_invitation_one_open",
                violation_error_message=_("Er loopt al een uitnodiging voor dit e-mailadres."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} – {self.organisation}"

    @property
    def organisation(self) -> str:
        """Whom somebody would work for, in the active language."""
        return str(self.partner) if self.partner else gettext("programmabureau")
