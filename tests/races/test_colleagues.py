"""Two let go of the same colleague in one moment, each of what they gave: whoever comes last logs the colleague out."""

from functools import partial

import pytest

from content import clock
from partners.domain import invitations, members, office
from partners.models import MemberRole, Membership, StaffSession, User
from tests.factories.partners import InvitationFactory, MembershipFactory, OfficeUserFactory, UserFactory
from tests.logging_in import StaffClient
from tests.races.guards import without_locks
from tests.races.meanwhile import Meanwhile

pytestmark = pytest.mark.django_db(transaction=True)
FROM_BOTH = pytest.mark.parametrize("other", ["another partner", "the office"])


def manager_of(membership):
    return MembershipFactory(partner=membership.partner, role=MemberRole.MANAGER).user


def let_go_by_two(client, other):
    """Whether the colleague is still logged in afterwards."""
    gone = UserFactory() if other == "another partner" else OfficeUserFactory()
    StaffClient().force_login(gone)
    here = MembershipFactory(user=gone)
    if other == "another partner":
        there = MembershipFactory(user=gone)
        first = partial(members.remove, membership_id=there.pk, by=manager_of(there))
    else:
        first = partial(office.let_go, user_id=gone.pk, by=OfficeUserFactory())
    client.force_login(manager_of(here))
    with Meanwhile(first):
        client.post(f"/account/collegas/leden/{here.pk}/", {"actie": "weg"})
    assert not Membership.objects.filter(user=gone).exists()
    assert not User.objects.get(pk=gone.pk).is_programme_office
    return StaffSession.objects.of(gone).exists()


@FROM_BOTH
def test_nobody_stays_logged_in_without_rights(client, other):
    assert not let_go_by_two(client, other)


@FROM_BOTH
def test_control_without_the_lock_the_session_stays(client, other, monkeypatch):
    without_locks(monkeypatch)
    assert let_go_by_two(client, other)


def test_who_deletes_the_account_and_who_lets_go_are_not_stuck(client):
    """Without the lock on it first, one holds the account and wants the membership, the other the other way round."""
    gone, by = MembershipFactory(), OfficeUserFactory()
    manager = manager_of(gone)
    client.force_login(by)
    locks = partial(members._locked, gone.pk, manager)
    with Meanwhile(locks, then=partial(members.remove, membership_id=gone.pk, by=manager)):
        answer = client.post(f"/beheer/partners/user/{gone.user_id}/delete/", {"post": "yes"})
    assert answer.status_code == 302
    assert not User.objects.filter(pk=gone.user_id).exists()


@pytest.mark.parametrize("how", ["lets go of them", "saves their account", "they accept"])
@pytest.mark.parametrize("action", ["weg", MemberRole.MANAGER])
def test_the_office_twice_about_one_colleague_is_not_stuck(client, how, action):
    """Without the lock of the office first, one has the account and wants the office, the other the other way round."""
    colleague, by, other = OfficeUserFactory(), OfficeUserFactory(), OfficeUserFactory()
    here = MembershipFactory(user=colleague)
    asked = InvitationFactory(to_office=True, email=colleague.email)
    link = {"uuid": asked.uuid, "version": asked.token_version, "now": clock.now()}
    begins = partial(invitations.lock_office, other)
    first, then = {
        "lets go of them": (begins, partial(office.let_go, user_id=colleague.pk, by=other)),
        "saves their account": (begins, partial(rename, colleague)),
        "they accept": (
            partial(invitations._open, *link.values()),
            partial(invitations.accept, **link, user=colleague),
        ),
    }[how]
    done = []
    client.force_login(by)
    with Meanwhile(first, then=lambda: done.append(then())):
        answer = client.post(f"/account/collegas/leden/{here.pk}/", {"actie": action})
    assert answer.status_code == 303
    assert len(done) == 1, "the other was not stuck either"


def rename(user):
    """As in the form of the account."""
    User.objects.filter(pk=user.pk).update(name="Een ander")
