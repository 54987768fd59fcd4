"""Inviting a colleague to a partner or the programme office. A sweep of signups looks for those who miss their mail.

Whoever changes staff takes locks in one order, leaving out what they do not need: the office, the account, the partner
(`locked`), the invitation. For the office, which is no partner, `lock_office` takes the partner's place.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from content.domain import named_locks
from partners.domain.errors import GoneError, RefusedError
from partners.models import Invitation, InvitedRole, MemberRole, Membership, Partner, User
from partners.models.invitation import InvitationQuerySet

# The first lock: of whoever is of the office, also where they act for a partner. Whoever accepts holds it too: that
# goes from the invitation to the account, against the order, and so never beside the form of an account.
OFFICE: Final = "programme_office"
TERM: Final = timedelta(days=14)
KEPT: Final = timedelta(days=30)  # after its end
MOST_OPEN: Final = 50  # of one partner or the office, so that nobody mails the world in our name
MOST_A_DAY: Final = 100  # mails of the same: whoever invites and withdraws has an end too
MOST_SENT: Final = 10  # times to one address, for the same reason


def locked(partner_id: int, by: User) -> tuple[Partner, User]:
    """The partner, until the transaction ends, and who acts as they are by now, for who may change its staff.

    Raises GoneError for anybody else. Who came to the office in this very moment does not act for it yet.
    """
    hold_office_of(by)
    partner = Partner.objects.select_for_update(of=("self",), no_key=True).filter(pk=partner_id).first()
    user = User.objects.filter(pk=by.pk).first()
    if partner is None or user is None:
        raise GoneError
    user.is_programme_office = user.is_programme_office and by.is_programme_office
    if not may_manage_staff(user, partner):
        raise GoneError
    return partner, user


def hold_office_of(by: User) -> None:
    """Who is let go meanwhile must not leave an invitation behind. Before any other lock; holding it twice is fine."""
    if by.is_programme_office:
        named_locks.hold(OFFICE)


def may_manage_staff(user: User, partner: Partner) -> bool:
    """The programme office, and the managers of that very partner."""
    return user.is_active and (
        user.is_programme_office
        or Membership.objects.filter(user=user, partner=partner, role=MemberRole.MANAGER).exists()
    )


def lock_office(by: User) -> None:
    """Until the transaction ends, for who is of the programme office now. Raises GoneError for anybody else."""
    named_locks.hold(OFFICE)
    if not User.objects.filter(pk=by.pk, is_active=True, is_programme_office=True).exists():
        raise GoneError


def of(partner: Partner | None) -> InvitationQuerySet:
    """To this partner; without one, to the office."""
    return Invitation.objects.filter(partner=partner)


@transaction.atomic
def invite(*, partner_id: int, email: str, role: MemberRole, by: User, now: datetime) -> Invitation:
    """Invite, or invite again: then the earlier link ends and a new one is mailed. Raises RefusedError, GoneError."""
    partner, by = locked(partner_id, by)
    address = email.strip().lower()
    if Membership.objects.filter(partner=partner, user__email=address).exists():
        raise RefusedError(_("Deze collega hoort er al bij."), "email")
    return _invite(partner, address, InvitedRole(role), by, now)


@transaction.atomic
def invite_to_office(*, email: str, by: User, now: datetime) -> Invitation:
    """The same for the programme office, by somebody of it. Raises RefusedError, GoneError."""
    lock_office(by)
    address = email.strip().lower()
    account = User.objects.filter(email=address).first()
    if account and not account.is_active:
        raise RefusedError(_("Dit account staat uit. Zet het eerst weer aan, in het beheer bij “Gebruikers”."), "email")
    if account and account.is_programme_office:
        raise RefusedError(_("Deze collega hoort er al bij."), "email")
    return _invite(None, address, InvitedRole.OFFICE, by, now)


@transaction.atomic
def invite_again(*, invitation_id: int, by: User, now: datetime) -> Invitation:
    """The same invitation with a new link, which is mailed; the earlier one ends. Raises RefusedError, GoneError."""
    found = _unanswered(invitation_id, by)
    _check_mailed(of(found.partner), now)
    return _renew(found, InvitedRole(found.role), by, now)


@transaction.atomic
def withdraw(*, invitation_id: int, by: User, now: datetime) -> Invitation:
    """Its link ends at once. Raises GoneError."""
    found = _unanswered(invitation_id, by)
    found.withdrawn_at = now
    found.token_version += 1
    found.save(update_fields=["withdrawn_at", "token_version"])
    return found


def close_ways_back(user: User, among: InvitationQuerySet) -> None:
    """Of who goes: neither an invitation of their own making nor one to them stays open."""
    _close(among.filter(Q(email__iexact=user.email) | Q(invited_by=user)))


def close_ways_back_to_office(user: User) -> None:
    """Of who leaves it: the same, and what they asked for partners stays open only where they are manager."""
    close_ways_back(user, of(None))
    managed = Membership.objects.filter(user=user, role=MemberRole.MANAGER).values("partner")
    _close(Invitation.objects.filter(invited_by=user).exclude(partner__in=managed))


def find(*, uuid: UUID, version: int, now: datetime) -> Invitation | None:
    """What a link may show, as long as it can be accepted."""
    return Invitation.objects.open(now).select_related("partner").filter(uuid=uuid, token_version=version).first()


@transaction.atomic
def accept(*, uuid: UUID, version: int, user: User, now: datetime) -> None:
    """By somebody who is logged in under the invited address. Raises GoneError."""
    invitation = _open(uuid, version, now)
    if not User.objects.filter(pk=user.pk, email=invitation.email.lower(), is_active=True).exists():
        raise GoneError
    _join(invitation, user, now)


@transaction.atomic
def accept_as_new(*, uuid: UUID, version: int, name: str, password: str, now: datetime) -> User:
    """By somebody who has no account yet: whoever opened the link reads the mail of that address. Raises GoneError.

    Of two partners that invited one address only one makes the account; with that one the other is accepted then.
    """
    user = User(name=name)
    user.set_password(password)  # takes long, so before anybody has to wait
    invitation = _open(uuid, version, now)
    if has_account(invitation):
        raise GoneError
    user.email = invitation.email.lower()
    user.save()
    _join(invitation, user, now)
    return user


def has_account(invitation: Invitation) -> bool:
    """Then that account is the one to accept with."""
    return User.objects.filter(email=invitation.email.lower()).exists()


def forget_past_term(*, now: datetime) -> int:
    """Delete what ended long enough ago; how many there were."""
    deleted, _per_model = Invitation.objects.ended_before(now - KEPT).delete()
    return deleted


def _close(theirs: InvitationQuerySet) -> None:
    theirs.unanswered().update(withdrawn_at=Now(), token_version=F("token_version") + 1)


def _unanswered(invitation_id: int, by: User) -> Invitation:
    """Locked, for who may change the staff of its partner, or for the office where it has none."""
    asked = Invitation.objects.filter(pk=invitation_id).first()
    if asked is None:
        raise GoneError
    if asked.partner_id is None:
        lock_office(by)
    else:
        locked(asked.partner_id, by)
    rows = Invitation.objects.unanswered().select_for_update(of=("self",)).select_related("partner")
    found = rows.filter(pk=invitation_id).first()
    if found is None:
        raise GoneError
    return found


def _invite(partner: Partner | None, address: str, role: InvitedRole, by: User, now: datetime) -> Invitation:
    """Under the lock."""
    theirs = of(partner)
    _check_mailed(theirs, now)
    found = theirs.unanswered().select_for_update(of=("self",)).filter(email__iexact=address).first()
    if found is not None:
        return _renew(found, role, by, now)
    if theirs.open(now).count() >= MOST_OPEN:
        raise RefusedError(_("Er staan al heel veel uitnodigingen open. Trek er eerst een paar in."))
    return Invitation.objects.create(
        partner=partner, email=address, role=role, invited_by=by, created_at=now, expires_at=now + TERM
    )


def _check_mailed(theirs: InvitationQuerySet, now: datetime) -> None:
    """The mails themselves are counted: they stay when their invitation is withdrawn."""
    if theirs.filter(messages__created_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise RefusedError(_("Jullie hebben vandaag al heel veel uitnodigingen verstuurd. Ga morgen verder."))


def _renew(found: Invitation, role: InvitedRole, by: User, now: datetime) -> Invitation:
    if found.token_version >= MOST_SENT:
        raise RefusedError(_("Deze uitnodiging is al vaak verstuurd. Trek hem in, of bel je collega."))
    found.role, found.invited_by, found.expires_at = role, by, now + TERM
    found.token_version += 1
    found.save(update_fields=["role", "invited_by", "expires_at", "token_version"])
    return found


def _open(uuid: UUID, version: int, now: datetime) -> Invitation:
    """Locked: of two that accept at once, the second finds it accepted, or the account that the first made."""
    named_locks.hold(OFFICE)
    found = (
        Invitation.objects.open(now).select_for_update(of=("self",)).filter(uuid=uuid, token_version=version).first()
    )
    if found is None:
        raise GoneError
    return found


def _join(invitation: Invitation, user: User, now: datetime) -> None:
    """A role that was given in another way meanwhile stays."""
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    if invitation.partner_id is None:
        User.objects.filter(pk=user.pk).update(is_programme_office=True)
        return
    Membership.objects.get_or_create(user=user, partner_id=invitation.partner_id, defaults={"role": invitation.role})
