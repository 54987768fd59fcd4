"""Who works for a partner: another role, or none. A partner keeps a manager, unless the programme office acts."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partners.domain.errors import GoneError, RefusedError
from partners.domain.invitations import close_ways_back, hold_office_of, locked, of
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
    close_ways_back(membership.user, of(membership.partner))
    end_sessions_without_rights(membership.user, by=by)
    return membership


def is_only_manager(membership: Membership) -> bool:
    """Whether the partner has nobody else who could invite colleagues and decide on texts."""
    if membership.role != MemberRole.MANAGER:
        return False
    others = membership.partner.memberships.filter(role=MemberRole.MANAGER, user__is_active=True)
    return not others.exclude(pk=membership.pk).exists()


def lock(users: QuerySet[User]) -> list[User]:
    """Their accounts, until the transaction ends. Who takes somebody's last right has to see that it is the last.

    In the order of partners/domain/invitations.py: the form of an account has it, and comes to partners after that.
    """
    return list(users.order_by("pk").select_for_update(of=("self",), no_key=True))


def end_sessions_without_rights(user: User, *, by: User) -> None:
    """Log out whom another left without a partner and the office. Under the lock of the account."""
    if user != by and not user.is_programme_office and not user.memberships.exists():
        end_sessions(StaffSession.objects.of(user))


def end_sessions(sessions: QuerySet[StaffSession]) -> int:
    """Log out wherever these are; how many there were."""
    ended, _per_model = sessions.delete()
    return ended


def _locked(membership_id: int, by: User) -> tuple[Membership, User]:
    """The partner's lock before the row: two managers who let each other go at once do so one after the other.

    With who acts as they are under that lock.
    """
    asked = Membership.objects.filter(pk=membership_id).first()
    if asked is None:
        raise GoneError
    hold_office_of(by)
    lock(User.objects.filter(pk=asked.user_id))
    partner, by = locked(asked.partner_id, by)
    membership = partner.memberships.select_related("user").filter(pk=membership_id).first()
    if membership is None:
        raise GoneError
    return membership, by


def _require_another_manager(membership: Membership, by: User) -> None:
    if not by.is_programme_office and is_only_manager(membership):
        raise RefusedError(
            _("Dit is de enige beheerder. Maak eerst een collega beheerder, of vraag het programmabureau.")
        )
