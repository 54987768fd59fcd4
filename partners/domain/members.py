"""Who works for a partner: another role, or none. A partner keeps a manager, unless the programme office acts."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partners.domain.errors import GoneError, RefusedError
from partners.domain.invitations import close_ways_back, locked, of
from partners.models import MemberRole, Membership, StaffSession, User


@transaction.atomic
def change_role(*, membership_id: int, role: MemberRole, by: User) -> Membership:
    """Takes effect at that person's next request; whom an editor-to-be invited has to be invited anew.

    Raises RefusedError, GoneError.
    """
    membership, by = _locked(membership_id, by)
    if role != MemberRole.MANAGER:
        _require_another_manager(membership, by)
        close_ways_back(membership.user, of(membership.partner))
    membership.role = role
    membership.save(update_fields=["role"])
    return membership


@transaction.atomic
def remove(*, membership_id: int, by: User) -> Membership:
    """The account stays; whom another leaves without a partner is logged out. Raises RefusedError, GoneError."""
    membership, by = _locked(membership_id, by)
    _require_another_manager(membership, by)
    membership.delete()
    user = membership.user
    close_ways_back(user, of(membership.partner))
    if user != by and not user.is_programme_office and not user.memberships.exists():
        end_sessions(StaffSession.objects.of(user))
    return membership


def end_sessions(sessions: QuerySet[StaffSession]) -> int:
    """Log out wherever these are; how many there were."""
    ended, _per_model = sessions.delete()
    return ended


def _locked(membership_id: int, by: User) -> tuple[Membership, User]:
    """The partner's lock first: two managers who let each other go at once do so one after the other.

    With who acts as they are under that lock.
    """
    partner_id = Membership.objects.filter(pk=membership_id).values_list("partner", flat=True).first()
    partner, by = locked(partner_id or 0, by)
    membership = partner.memberships.select_related("user").filter(pk=membership_id).first()
    if membership is None:
        raise GoneError
    return membership, by


def _require_another_manager(membership: Membership, by: User) -> None:
    if by.is_programme_office or membership.role != MemberRole.MANAGER:
        return
    others = membership.partner.memberships.filter(role=MemberRole.MANAGER, user__is_active=True)
    if not others.exclude(pk=membership.pk).exists():
        raise RefusedError(
            _("Dit is de enige beheerder. Maak eerst een collega beheerder, of vraag het programmabureau.")
        )
