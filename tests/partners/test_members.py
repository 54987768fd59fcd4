"""Colleagues: roles, letting go, sessions; each partner keeps a manager."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from partners.domain import members
from partners.domain.errors import GoneError, RefusedError
from partners.models import Invitation, MemberRole, Membership, StaffSession
from partners.sessions import describe
from partners.tasks import tidy_access
from tests.factories.partners import (
    InvitationFactory,
    MembershipFactory,
    OfficeUserFactory,
    PartnerFactory,
    UserFactory,
)
from tests.logging_in import StaffClient
from tests.mkbdeal.test_admin_site import address, shown_values
from tests.partners.test_invitations import at_once

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return PartnerFactory()


@pytest.fixture
def manager(partner):
    return MembershipFactory(partner=partner, role=MemberRole.MANAGER)


@pytest.fixture
def editor(partner):
    return MembershipFactory(partner=partner)


class TestRoles:
    def test_given_and_taken(self, manager, editor):
        members.change_role(membership_id=editor.pk, role=MemberRole.MANAGER, by=manager.user)
        members.change_role(membership_id=manager.pk, role=MemberRole.EDITOR, by=editor.user)
        assert Membership.objects.get(role=MemberRole.MANAGER) == editor

    @pytest.mark.parametrize("act", ["demote", "remove"])
    def test_a_partner_keeps_a_manager(self, manager, editor, act):
        with pytest.raises(RefusedError) as refusal:
            if act == "demote":
                members.change_role(membership_id=manager.pk, role=MemberRole.EDITOR, by=manager.user)
            else:
                members.remove(membership_id=manager.pk, by=manager.user)
        assert "enige beheerder" in refusal.value.sentence
        manager.refresh_from_db()
        assert manager.role == MemberRole.MANAGER

    def test_unless_the_office_says_so(self, manager):
        members.remove(membership_id=manager.pk, by=OfficeUserFactory())
        assert not Membership.objects.exists()

    @pytest.mark.parametrize("who", ["editor", "manager elsewhere", "nobody"])
    def test_nobody_else_may(self, manager, editor, who):
        elsewhere = MembershipFactory(role=MemberRole.MANAGER).user
        by = {"editor": editor.user, "manager elsewhere": elsewhere, "nobody": UserFactory()}[who]
        with pytest.raises(GoneError):
            members.change_role(membership_id=editor.pk, role=MemberRole.MANAGER, by=by)
        with pytest.raises(GoneError):
            members.remove(membership_id=manager.pk, by=by)


@pytest.mark.django_db(transaction=True)
def test_managers_who_let_each_other_go_at_once_leave_one():
    partner = PartnerFactory()
    managers = [MembershipFactory(partner=partner, role=MemberRole.MANAGER) for _number in range(12)]

    def let_go(number):
        members.remove(membership_id=managers[number - 1].pk, by=managers[number].user)

    at_once(12, let_go)
    assert Membership.objects.filter(partner=partner, role=MemberRole.MANAGER).count() >= 1


class TestSessions:
    @pytest.fixture
    def user(self):
        return OfficeUserFactory(password="een-lang-wachtwoord")

    def test_know_their_owner_and_no_address(self, client, user):
        client.post(
            "/account/login/",
            {"login": user.email, "password": "een-lang-wachtwoord"},
            headers={"user-agent": FIREFOX},
        )
        session = StaffSession.objects.get(user=user)
        assert session.device == "Firefox · Windows"
        assert session.began_at
        assert client.defaults["REMOTE_ADDR"] not in str(client.session.items())

    def test_are_listed_without_their_keys_and_ended(self, client, user):
        others = [StaffClient() for _number in range(3)]
        for one in (client, *others):
            one.force_login(user)
        stranger = StaffClient()
        stranger.force_login(UserFactory())
        page = client.get("/account/sessies/")
        keys = StaffSession.objects.values_list("pk", flat=True)
        assert not [key for key in keys if key in page.content.decode()]
        other = next(row for row in page.context["rows"] if not row.is_this)
        client.post("/account/sessies/", {"sessie": other.number})
        assert StaffSession.objects.of(user).count() == 3
        client.post("/account/sessies/", {"sessie": "alle"})
        assert StaffSession.objects.of(user).count() == 1
        assert client.get("/account/sessies/").status_code == 200
        assert [one.get("/beheer/").status_code for one in others] == [302] * 3
        assert stranger.get("/account/sessies/").status_code == 200

    def test_nobody_ends_anothers(self, client, user):
        stranger = StaffClient()
        stranger.force_login(UserFactory())
        number = stranger.get("/account/sessies/").context["rows"][0].number
        client.force_login(user)
        client.post("/account/sessies/", {"sessie": number})
        assert stranger.get("/account/sessies/").status_code == 200

    def test_end_with_the_last_partner(self, client, partner, manager, editor):
        client.force_login(editor.user)
        members.remove(membership_id=editor.pk, by=manager.user)
        assert not StaffSession.objects.of(editor.user).exists()
        assert client.get("/account/sessies/").status_code == 302

    def test_stay_while_there_is_another_partner(self, client, manager, editor):
        MembershipFactory(user=editor.user)
        client.force_login(editor.user)
        members.remove(membership_id=editor.pk, by=manager.user)
        assert client.get("/account/sessies/").status_code == 200

    def test_end_when_the_office_switches_somebody_off(self, client, user):
        gone = UserFactory()
        StaffClient().force_login(gone)
        client.force_login(user)
        fields = {"name": gone.name, "email": gone.email, "memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
        answer = client.post(f"/beheer/partners/user/{gone.pk}/change/", fields)
        assert answer.status_code == 302
        assert set(StaffSession.objects.values_list("user", flat=True)) == {user.pk}

    def test_the_office_lets_somebody_start_anew(self, client, user):
        """A phone was lost."""
        other = OfficeUserFactory(password="een-lang-wachtwoord")
        visitor = StaffClient()
        visitor.force_login(other)
        client.force_login(user)
        client.post("/beheer/partners/user/", {"action": "start_anew", "_selected_action": [other.pk]})
        assert visitor.get("/beheer/").status_code == 302
        assert client.get("/beheer/").status_code == 200
        visitor.post("/account/login/", {"login": other.email, "password": "een-lang-wachtwoord"})
        assert visitor.get("/beheer/").status_code == 302
        assert visitor.get("/account/tweede-stap/app/").status_code == 200

    def test_the_last_of_the_office_does_so_at_the_server(self, user):
        StaffClient().force_login(user)
        call_command("reset_second_factor", user.email.upper(), stdout=StringIO())
        assert not StaffSession.objects.exists()
        assert not user.authenticator_set.exists()
        with pytest.raises(CommandError):
            call_command("reset_second_factor", "niemand@voorbeeld.example")

    def test_go_when_useless(self, client, user):
        client.force_login(user)
        gone = UserFactory()
        StaffClient().force_login(gone)
        type(gone).objects.filter(pk=gone.pk).update(is_active=False)
        old = StaffClient()
        old.force_login(user)
        StaffSession.objects.filter(pk=old.session.session_key).update(
            expire_date=datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=1)
        )
        tidy_access()
        assert StaffSession.objects.get().pk == client.session.session_key

    @pytest.mark.parametrize(
        ("agent", "device"),
        [
            ("", ""),
            ("curl/8", ""),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
                "Chrome · Android",
            ),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari · iPhone"),
            ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
            ("<script>" * 1000, ""),
        ],
    )
    def test_devices_in_words(self, agent, device):
        session = {}
        describe(session, agent, datetime(2030, 1, 1, tzinfo=UTC))
        assert session["device"] == device


class TestPages:
    def test_a_manager_comes_straight_to_the_own_partner(self, client, partner, manager):
        client.force_login(manager.user)
        assert client.get("/account/collegas/")["Location"] == f"/account/collegas/bij/{partner.slug}/"

    def test_the_office_chooses(self, client, partner, manager):
        PartnerFactory()
        client.force_login(OfficeUserFactory())
        assert partner.name in client.get("/account/collegas/").content.decode()

    def test_an_editor_reads_whom_to_ask(self, client, editor):
        client.force_login(editor.user)
        assert "Vraag je beheerder" in client.get("/account/collegas/").content.decode()

    def test_inviting_again_and_withdrawing(self, client, partner, manager):
        client.force_login(manager.user)
        page = f"/account/collegas/bij/{partner.slug}/"
        assert client.post(page, {"email": "Nieuw@voorbeeld.example", "role": "editor"}).status_code == 303
        invitation = partner.invitations.get()
        assert (invitation.email, invitation.invited_by) == ("nieuw@voorbeeld.example", manager.user)
        assert "nieuw@voorbeeld.example" in client.get(page).content.decode()
        client.post(f"/account/collegas/uitnodigingen/{invitation.pk}/", {"actie": "opnieuw"})
        client.post(f"/account/collegas/uitnodigingen/{invitation.pk}/", {"actie": "intrekken"})
        invitation.refresh_from_db()
        assert (invitation.token_version, bool(invitation.withdrawn_at)) == (3, True)

    @pytest.mark.parametrize("fields", [{"email": "nee", "role": "editor"}, {"email": "a@b.example", "role": "baas"}])
    def test_faults_are_said(self, client, partner, manager, fields):
        client.force_login(manager.user)
        answer = client.post(f"/account/collegas/bij/{partner.slug}/", fields)
        assert "error-summary" in answer.content.decode()
        assert not partner.invitations.exists()

    def test_refusals_are_said(self, client, partner, manager):
        client.force_login(manager.user)
        answer = client.post(f"/account/collegas/leden/{manager.pk}/", {"actie": "weg"}, follow=True)
        assert "enige beheerder" in answer.content.decode()

    def test_letting_go_is_asked_first_and_names_who(self, client, partner, manager, editor):
        client.force_login(manager.user)
        page = client.get(f"/account/collegas/bij/{partner.slug}/").content.decode()
        assert 'value="weg"' not in page, "no single click"
        asked = client.get(f"/account/collegas/leden/{editor.pk}/weg/").content.decode()
        assert f"Ja, haal {editor.user.name} weg" in asked
        assert Membership.objects.filter(pk=editor.pk).exists()
        said = client.post(f"/account/collegas/leden/{editor.pk}/", {"actie": "weg"}, follow=True).content.decode()
        assert f"{editor.user.name} hoort niet meer bij {partner.name}." in said

    def test_only_who_manages_colleagues_has_them_in_the_menu(self, client, manager, editor):
        for user, is_there in ((manager.user, True), (editor.user, False)):
            client.force_login(user)
            for path in ("/beheer/", "/account/sessies/"):
                assert ('href="/account/collegas/"' in client.get(path).content.decode()) == is_there, path

    def test_that_the_last_manager_cannot_go_is_said_before_asking(self, client, partner, manager, editor):
        client.force_login(manager.user)
        page = f"/account/collegas/leden/{manager.pk}/weg/"
        said = client.get(page).content.decode()
        assert f"Je bent de enige beheerder van {partner.name}." in said
        assert "Maak eerst een collega beheerder." in said
        assert f'href="/account/collegas/bij/{partner.slug}/"' in said
        assert 'value="weg"' not in said
        members.change_role(membership_id=editor.pk, role=MemberRole.MANAGER, by=manager.user)
        assert 'value="weg"' in client.get(page).content.decode()

    def test_the_office_reads_that_it_is_the_last_manager_and_may(self, client, manager):
        client.force_login(OfficeUserFactory())
        said = client.get(f"/account/collegas/leden/{manager.pk}/weg/").content.decode()
        assert "Dit is de enige beheerder van deze partner." in said
        assert 'value="weg"' in said

    @pytest.mark.parametrize("is_office", [True, False])
    def test_what_is_said_of_who_is_of_the_office_too_is_true(self, client, partner, manager, is_office):
        also = OfficeUserFactory() if is_office else UserFactory()
        MembershipFactory(user=also)
        theirs = MembershipFactory(partner=partner, user=also)
        client.force_login(manager.user)
        said = client.get(f"/account/collegas/leden/{theirs.pk}/weg/").content.decode()
        assert f"hoort dan bij de volgende klik niet meer bij {partner.name}." in said
        keeps = f"{also} is ook van het programmabureau, en kan daarom alles blijven zien en bewerken."
        assert (keeps in said) == is_office
        assert ("Dan nodig je opnieuw uit" in said) != is_office
        assert "Voor partners" not in said, "where else somebody works is nobody's business"

    def test_letting_oneself_go(self, client, partner, manager):
        MembershipFactory(partner=partner, role=MemberRole.MANAGER)
        MembershipFactory(user=manager.user)
        client.force_login(manager.user)
        answer = client.post(f"/account/collegas/leden/{manager.pk}/", {"actie": "weg"})
        assert answer["Location"] == "/account/collegas/"

    def test_anothers_answer_as_what_does_not_exist(self, client, manager):
        theirs, invitation = MembershipFactory(), InvitationFactory()
        client.force_login(manager.user)
        requests = [
            (client.get, f"/account/collegas/bij/{theirs.partner.slug}/"),
            (client.post, f"/account/collegas/bij/{theirs.partner.slug}/"),
            (client.post, f"/account/collegas/leden/{theirs.pk}/"),
            (client.get, f"/account/collegas/leden/{theirs.pk}/weg/"),
            (client.get, "/account/collegas/leden/999999999/weg/"),
            (client.post, f"/account/collegas/uitnodigingen/{invitation.pk}/"),
            (client.post, "/account/collegas/leden/999999999/"),
            (client.post, "/account/collegas/uitnodigingen/999999999/"),
            (client.get, "/account/collegas/bij/bestaat-niet/"),
        ]
        for action in ("weg", "manager", "intrekken", "opnieuw"):
            answers = [act(path, {"actie": action, "email": "a@b.example", "role": "editor"}) for act, path in requests]
            assert {answer.status_code for answer in answers} == {404}
        invitation.refresh_from_db()
        assert (invitation.token_version, invitation.withdrawn_at) == (1, None)
        assert theirs.partner.memberships.get() == theirs
        assert not theirs.partner.invitations.exists()


class TestNoWayBack:
    """Who was let go, or may not invite any more, leaves no invitation behind."""

    @pytest.mark.parametrize("what", ["removed", "an editor from now on"])
    @pytest.mark.parametrize("where", ["among the colleagues", "in the back office"])
    def test_neither_to_them_nor_by_them(self, client, partner, manager, what, where):
        goes = MembershipFactory(partner=partner, role=MemberRole.MANAGER)
        MembershipFactory(user=goes.user)  # works elsewhere too, and goes on asking there
        for invited in ({"email": goes.user.email}, {"invited_by": goes.user}):
            InvitationFactory(partner=partner, **invited)
        others = [InvitationFactory(partner=partner, invited_by=manager.user), InvitationFactory(invited_by=goes.user)]
        client.force_login(OfficeUserFactory() if where == "in the back office" else manager.user)
        if where == "in the back office":
            page = address("User", "change", goes.user.pk)
            row = {"memberships-0-DELETE": "on"} if what == "removed" else {"memberships-0-role": MemberRole.EDITOR}
            answer = client.post(page, {**shown_values(client.get(page)), **row})
        else:
            said = "weg" if what == "removed" else MemberRole.EDITOR
            answer = client.post(f"/account/collegas/leden/{goes.pk}/", {"actie": said})
        assert answer.status_code in {302, 303}
        assert not partner.memberships.filter(user=goes.user, role=MemberRole.MANAGER).exists()
        assert set(Invitation.objects.unanswered()) == set(others)
