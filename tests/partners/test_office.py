"""The programme office invites its own colleagues and lets them go: nobody else does, and somebody can always enter."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from content import clock
from partners.domain import invitations, office
from partners.domain.errors import GoneError, RefusedError
from partners.models import Invitation, InvitedRole, MemberRole, StaffSession, User
from signups import tasks
from tests.factories.partners import (
    InvitationFactory,
    MembershipFactory,
    OfficeUserFactory,
    PartnerFactory,
    UserFactory,
)
from tests.logging_in import StaffClient
from tests.partners.test_accounts import account_fields
from tests.partners.test_invitations import EMAIL, PASSWORD, at_once, opened

NOW = datetime(2030, 3, 1, 12, tzinfo=UTC)
PAGE = "/account/collegas/programmabureau/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague():
    return OfficeUserFactory(name="Bureau 1")


def invite(by, email=EMAIL, now=NOW):
    return invitations.invite_to_office(email=email, by=by, now=now)


class TestTheDatabase:
    """An empty partner means the office, and nothing else does."""

    @pytest.mark.parametrize("role", MemberRole.values)
    def test_takes_no_role_at_nobody(self, role):
        with pytest.raises(IntegrityError), transaction.atomic():
            InvitationFactory(partner=None, role=role)

    def test_takes_no_partner_for_the_office(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            InvitationFactory(role=InvitedRole.OFFICE)

    def test_takes_one_open_invitation_for_an_address(self):
        InvitationFactory(to_office=True, email=EMAIL)
        InvitationFactory(email=EMAIL)
        with pytest.raises(IntegrityError), transaction.atomic():
            InvitationFactory(to_office=True, email=EMAIL.upper())


class TestWhoMay:
    def test_the_office(self, colleague):
        made = invite(colleague, f" {EMAIL.upper()} ")
        assert (made.email, made.partner, made.role) == (EMAIL, None, InvitedRole.OFFICE)
        assert made.expires_at == NOW + timedelta(days=14)

    @pytest.mark.parametrize("who", ["manager", "nobody", "inactive", "left a moment ago"])
    def test_nobody_else(self, who):
        theirs, member = InvitationFactory(to_office=True), OfficeUserFactory()
        by = MembershipFactory(role=MemberRole.MANAGER).user if who == "manager" else UserFactory()
        if who == "inactive":
            by = OfficeUserFactory(is_active=False)
        if who == "left a moment ago":
            by = OfficeUserFactory()
            User.objects.filter(pk=by.pk).update(is_programme_office=False)
        acts = [
            lambda: invite(by),
            lambda: invitations.withdraw(invitation_id=theirs.pk, by=by, now=NOW),
            lambda: invitations.invite_again(invitation_id=theirs.pk, by=by, now=NOW),
            lambda: office.let_go(user_id=member.pk, by=by),
        ]
        for act in acts:
            with pytest.raises(GoneError):
                act()
        theirs.refresh_from_db()
        assert (theirs.withdrawn_at, theirs.token_version, Invitation.objects.count()) == (None, 1, 1)
        assert User.objects.get(pk=member.pk).is_programme_office

    def test_for_anybody_else_the_pages_do_not_exist(self, client):
        theirs, member = InvitationFactory(to_office=True), OfficeUserFactory()
        client.force_login(MembershipFactory(role=MemberRole.MANAGER).user)
        posts = [
            PAGE, f"{PAGE}{member.pk}/", f"/account/collegas/uitnodigingen/{theirs.pk}/",
            f"{PAGE}999999999/", "/account/collegas/uitnodigingen/999999999/",
        ]  # fmt: skip
        gets = [PAGE, f"{PAGE}{member.pk}/weg/", f"{PAGE}999999999/weg/"]
        answers = [
            *map(client.get, gets),
            *(client.post(path, {"email": EMAIL, "actie": "intrekken"}) for path in posts),
        ]
        assert {answer.status_code for answer in answers} == {404}
        shown = client.get("/account/collegas/", follow=True).content.decode()
        assert PAGE not in shown
        assert theirs.email not in shown
        theirs.refresh_from_db()
        assert theirs.withdrawn_at is None

    def test_who_is_in_or_switched_off_is_not_invited(self, colleague):
        for email in (colleague.email.upper(), UserFactory(is_active=False).email):
            with pytest.raises(RefusedError) as refusal:
                invite(colleague, email)
            assert refusal.value.field == "email"


class TestComingIn:
    def test_as_somebody_new_through_the_mail(self, client, colleague, mailoutbox):
        client.force_login(colleague)
        assert client.post(PAGE, {"email": EMAIL}).status_code == 303
        tasks.tell_invited()
        (mail,) = mailoutbox
        assert (mail.to, mail.subject) == ([EMAIL], "Je bent uitgenodigd: programmabureau")
        assert "Bureau 1 nodigt je uit om mee te werken in het programmabureau." in mail.body
        visitor = StaffClient()
        page = opened(visitor, Invitation.objects.get())
        answer = visitor.post(page, {"name": "Nieuwe collega", "password": PASSWORD, "partner": "1"})
        assert answer["Location"] == "/account/tweede-stap/"
        user = User.objects.get(email=EMAIL)
        assert (user.is_programme_office, user.memberships.count()) == (True, 0)
        assert visitor.get("/beheer/").status_code == 302, "first the second factor"

    def test_with_the_account_of_a_partner(self, client, mailoutbox):
        membership = MembershipFactory()
        page = opened(client, InvitationFactory(to_office=True, email=membership.user.email))
        tasks.tell_invited()
        assert "log in met het account dat je al hebt" in mailoutbox[0].body
        assert "Log in om de uitnodiging aan te nemen" in client.get(page).content.decode()
        client.force_login(membership.user)
        assert client.post(page).status_code == 303
        user = User.objects.get(pk=membership.user.pk)
        assert (user.is_programme_office, user.memberships.get()) == (True, membership)

    def test_not_once_it_was_withdrawn_or_sent_again(self, client, colleague):
        first = InvitationFactory(to_office=True)
        page = opened(client, first)
        client.force_login(colleague)
        client.post(f"/account/collegas/uitnodigingen/{first.pk}/", {"actie": "opnieuw"})
        assert StaffClient().get(page).status_code == 404
        answer = client.post(f"/account/collegas/uitnodigingen/{first.pk}/", {"actie": "intrekken"})
        assert answer["Location"] == PAGE
        first.refresh_from_db()
        assert (first.token_version, bool(first.withdrawn_at)) == (3, True)

    def test_nobody_mails_the_world_in_our_name(self, colleague, monkeypatch):
        monkeypatch.setattr(invitations, "MOST_OPEN", 1)
        invite(colleague)
        with pytest.raises(RefusedError):
            invite(colleague, "ander@voorbeeld.example")


class TestLeaving:
    def test_closes_the_door_and_every_way_back(self, client, colleague):
        gone = OfficeUserFactory()
        visitor = StaffClient()
        visitor.force_login(gone)
        to_them = InvitationFactory(to_office=True, email=gone.email)
        by_them = InvitationFactory(to_office=True, invited_by=gone)
        other = InvitationFactory(to_office=True, invited_by=colleague)
        client.force_login(colleague)
        assert f"Ja, haal {gone.name} weg" in client.get(f"{PAGE}{gone.pk}/weg/").content.decode()
        answer = client.post(f"{PAGE}{gone.pk}/", follow=True)
        assert answer.context["accounts"].get() == colleague
        assert f"{gone.name} hoort niet meer bij het programmabureau." in answer.content.decode()
        assert visitor.get("/account/sessies/").status_code == 302
        assert set(Invitation.objects.filter(withdrawn_at=None)) == {other}
        assert {to_them, by_them} == set(Invitation.objects.exclude(withdrawn_at=None))

    def test_who_works_for_a_partner_too_stays_there(self, colleague):
        membership = MembershipFactory(user=OfficeUserFactory())
        StaffClient().force_login(membership.user)
        office.let_go(user_id=membership.user.pk, by=colleague)
        assert StaffSession.objects.of(membership.user).exists()

    def test_the_last_one_stays(self, client, colleague):
        OfficeUserFactory(is_active=False)
        client.force_login(colleague)
        said = client.get(f"{PAGE}{colleague.pk}/weg/").content.decode()
        assert "is de laatste met een actief account" in said
        assert 'value="weg"' not in said, "nothing is asked that is refused"
        assert "laatste actieve account" in client.post(f"{PAGE}{colleague.pk}/", follow=True).content.decode()
        assert User.objects.get(pk=colleague.pk).is_programme_office

    def test_letting_oneself_go(self, client, colleague):
        OfficeUserFactory()
        client.force_login(colleague)
        assert client.post(f"{PAGE}{colleague.pk}/")["Location"] == "/account/collegas/"
        assert client.get(PAGE).status_code == 404

    @pytest.mark.parametrize(
        "how", ["let go", "switched off", "no longer of the office", "deleted", "deleted in the list"]
    )
    def test_leaves_no_invitation_in_their_name(self, client, colleague, how):
        gone = OfficeUserFactory()
        MembershipFactory(partner=(edits := PartnerFactory()), user=gone)
        asked = [
            InvitationFactory(to_office=True, email=gone.email),
            InvitationFactory(to_office=True, invited_by=gone),
            InvitationFactory(invited_by=gone, role=MemberRole.MANAGER),
            InvitationFactory(invited_by=gone, partner=edits),
        ]
        other = InvitationFactory(invited_by=colleague)
        client.force_login(colleague)
        path = f"/beheer/partners/user/{gone.pk}/"
        fields = account_fields(gone)
        match how:
            case "let go":
                client.post(f"{PAGE}{gone.pk}/")
            case "switched off":
                client.post(f"{path}change/", fields | {"is_active": ""})
            case "no longer of the office":
                client.post(f"{path}change/", fields | {"is_programme_office": ""})
            case "deleted":
                client.post(f"{path}delete/", {"post": "yes"})
            case _:
                delete = {"action": "delete_selected", "_selected_action": [gone.pk], "post": "yes", "keys": gone.pk}
                client.post("/beheer/partners/user/", delete)
        assert not User.objects.filter(pk=gone.pk, is_active=True, is_programme_office=True).exists()
        assert not Invitation.objects.open(clock.now()).filter(pk__in=[one.pk for one in asked]).exists()
        assert Invitation.objects.open(clock.now()).get() == other

    def test_keeps_what_a_manager_asked_for_the_own_partner(self, colleague):
        membership = MembershipFactory(user=OfficeUserFactory(), role=MemberRole.MANAGER)
        kept = InvitationFactory(partner=membership.partner, invited_by=membership.user)
        office.let_go(user_id=membership.user.pk, by=colleague)
        assert Invitation.objects.open(clock.now()).get() == kept


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_one_address_is_invited_once(self):
        colleague = OfficeUserFactory()
        answers = at_once(12, lambda _number: invite(colleague))
        assert Invitation.objects.count() == 1
        assert answers.count(RefusedError) == 2


def test_the_list_leads_to_the_office_first(client, colleague):
    PartnerFactory()
    InvitationFactory(to_office=True)
    client.force_login(colleague)
    shown = client.get("/account/collegas/").content.decode()
    assert PAGE in shown
    assert "1 uitnodiging open" in shown
