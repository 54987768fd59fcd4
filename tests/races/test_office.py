"""Whoever leaves the programme office or joins it at once: somebody stays, who left is out, nobody is stuck."""

from functools import partial
from threading import Barrier

import pytest

from content import clock, tokens
from content.admin.base import BUSY
from content.domain import named_locks
from partners.domain import invitations, office
from partners.domain.errors import GoneError, RefusedError
from partners.models import Invitation, MemberRole, Membership, User
from tests.factories.partners import InvitationFactory, MembershipFactory, OfficeUserFactory, UserFactory
from tests.partners.test_accounts import account_fields
from tests.races.crowd import at_once
from tests.races.meanwhile import Meanwhile, until_they_give_up

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 12
USERS = "/beheer/partners/user/"


def let_go(gone, by):
    """The kind of the refusal, or none."""
    try:
        office.let_go(user_id=gone.pk, by=by)
    except (GoneError, RefusedError) as refusal:
        return type(refusal)
    return None


def left():
    return User.objects.filter(is_programme_office=True).count()


def each_lets_the_next_go(number):
    colleagues = [OfficeUserFactory() for _number in range(number)]
    return at_once([partial(let_go, colleagues[n - 1], colleagues[n]) for n in range(number)]).answers


def each_goes(number):
    return at_once([partial(let_go, one, one) for one in [OfficeUserFactory() for _number in range(number)]]).answers


class TestSomebodyStays:
    def test_of_those_who_let_each_other_go(self):
        answers = each_lets_the_next_go(AT_ONCE)
        assert left() == AT_ONCE - answers.count(None) >= 1

    def test_control_without_the_lock_nobody(self, monkeypatch):
        """Each asks whether it is the last before another is let go."""
        asked, together = office.is_last, Barrier(2, timeout=20)
        monkeypatch.setattr(named_locks, "hold", lambda _name: None)
        monkeypatch.setattr(office, "is_last", lambda accounts: (asked(accounts), together.wait())[0])
        assert each_lets_the_next_go(2) == [None, None]
        assert left() == 0

    def test_of_those_who_all_go(self):
        assert each_goes(AT_ONCE).count(RefusedError) == left() == 1

    def test_control_without_asking_who_is_last_nobody(self, monkeypatch):
        monkeypatch.setattr(office, "is_last", lambda _accounts: False)
        assert each_goes(AT_ONCE).count(RefusedError) == left() == 0


@pytest.mark.parametrize("what", ["invites", "invites to a partner", "unticks", "deletes", "deletes in the list"])
def test_who_is_let_go_while_the_post_waits_does_nothing(client, what):
    """Without the lock each of these would be done, and leave nobody or an invitation of who has no say."""
    gone, stays = OfficeUserFactory(), OfficeUserFactory()
    membership = MembershipFactory(user=gone, role=MemberRole.EDITOR)
    client.force_login(gone)
    invite = {"email": "nieuw@voorbeeld.example", "role": MemberRole.MANAGER}
    delete = {"action": "delete_selected", "_selected_action": [stays.pk], "post": "yes", "keys": stays.pk}
    path, fields = {
        "invites": ("/account/collegas/programmabureau/", invite),
        "invites to a partner": (f"/account/collegas/bij/{membership.partner.slug}/", invite),
        "unticks": (f"{USERS}{stays.pk}/change/", account_fields(stays) | {"is_programme_office": ""}),
        "deletes": (f"{USERS}{stays.pk}/delete/", {"post": "yes"}),
        "deletes in the list": (USERS, delete),
    }[what]
    with Meanwhile(partial(office.let_go, user_id=gone.pk, by=stays)):
        answer = client.post(path, fields)
    assert answer.status_code == 404
    assert User.objects.get(is_programme_office=True) == stays
    assert not Invitation.objects.exists()


def test_who_is_let_go_while_leaving_a_partner_stays_its_only_manager(client):
    """What the office may is asked under the lock, not of who it was when the post came in."""
    gone, stays = OfficeUserFactory(), OfficeUserFactory()
    membership = MembershipFactory(user=gone, role=MemberRole.MANAGER)
    client.force_login(gone)
    with Meanwhile(partial(office.let_go, user_id=gone.pk, by=stays)):
        answer = client.post(f"/account/collegas/leden/{membership.pk}/", {"actie": "weg"}, follow=True)
    assert "Dit is de enige beheerder." in answer.content.decode()
    assert Membership.objects.get() == membership


def test_what_was_typed_stays_for_who_waits_too_long(client, impatient):
    """Somebody else changes the office and does not get ready."""
    account = UserFactory()
    client.force_login(OfficeUserFactory())
    fields = account_fields(account) | {"name": "Nieuwe Naam"}
    with Meanwhile(partial(invitations.lock_office, OfficeUserFactory()), until_they_give_up):
        answer = client.post(f"{USERS}{account.pk}/change/", fields)
    assert answer.status_code == 200
    assert str(BUSY) in answer.content.decode()
    assert 'value="Nieuwe Naam"' in answer.content.decode()
    assert User.objects.filter(pk=account.pk, name=account.name).exists()


def get_another_address(user, by):
    """As in the form of the account."""
    invitations.lock_office(by)
    User.objects.filter(pk=user.pk).update(email="een-ander@voorbeeld.example")


def test_who_gets_another_address_while_accepting_joins_nothing(client):
    asked = InvitationFactory()
    joining = UserFactory(email=asked.email)
    client.force_login(joining)
    claim = tokens.Claim(tokens.Purpose.INVITATION, asked.uuid, asked.token_version)
    page = client.get(f"/account/uitnodiging/{tokens.make(claim)}/")["Location"]
    with Meanwhile(partial(get_another_address, joining, OfficeUserFactory())):
        assert client.post(page).status_code == 404
    assert not Membership.objects.exists()


def test_who_accepts_and_who_saves_the_account_are_not_stuck(client):
    """Without the lock of both, one holds the invitation and wants the account, the other the other way round."""
    by, joining = OfficeUserFactory(), OfficeUserFactory()
    asked = InvitationFactory(to_office=True, email=joining.email)
    link = {"uuid": asked.uuid, "version": asked.token_version, "now": clock.now()}
    opens = partial(invitations._open, *link.values())
    client.force_login(by)
    with Meanwhile(opens, then=partial(invitations.accept, **link, user=joining)):
        fields = account_fields(joining) | {"is_programme_office": ""}
        assert client.post(f"{USERS}{joining.pk}/change/", fields).status_code == 302
    asked.refresh_from_db()
    assert (asked.accepted_at, User.objects.get(is_programme_office=True)) == (link["now"], by)
