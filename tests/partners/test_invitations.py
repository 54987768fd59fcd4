"""Inviting a colleague: who may, for how long, by which link, and what two at once do."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import IntegrityError, connection

from content import clock, tokens
from content.domain import named_locks
from partners import tasks
from partners.domain import attempts, invitations, work_log
from partners.domain.errors import GoneError, RefusedError
from partners.models import Attempt, Invitation, MemberRole, Membership, User
from signups.domain import invited
from signups.models import MailKind, OutboxMessage
from tests.factories.partners import (
    InvitationFactory,
    MembershipFactory,
    OfficeUserFactory,
    PartnerFactory,
    UserFactory,
)

NOW = datetime(2030, 3, 1, 12, tzinfo=UTC)
EMAIL = "collega@voorbeeld.example"
PASSWORD = "paardenbloem-in-de-wei"
pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return PartnerFactory()


@pytest.fixture
def manager(partner):
    return MembershipFactory(partner=partner, role=MemberRole.MANAGER).user


def invite(partner, by, email=EMAIL, role=MemberRole.EDITOR, now=NOW):
    return invitations.invite(partner_id=partner.pk, email=email, role=role, by=by, now=now)


def link(invitation, purpose=tokens.Purpose.INVITATION, version=None):
    claim = tokens.Claim(purpose, invitation.uuid, version or invitation.token_version)
    return f"/account/uitnodiging/{tokens.make(claim)}/"


def opened(client, invitation):
    """The page behind the link."""
    return client.get(link(invitation))["Location"]


class TestWhoMay:
    def test_the_manager_and_the_office(self, partner, manager):
        assert invite(partner, manager).expires_at == NOW + timedelta(days=14)
        assert invite(partner, OfficeUserFactory(), "ander@voorbeeld.example").pk

    @pytest.mark.parametrize(
        "who", ["editor", "stranger", "manager elsewhere", "inactive manager", "of the office a moment ago"]
    )
    def test_nobody_else(self, partner, who):
        user = UserFactory()
        if who == "editor":
            MembershipFactory(partner=partner, user=user)
        elif who == "manager elsewhere":
            MembershipFactory(user=user, role=MemberRole.MANAGER)
        elif who == "inactive manager":
            MembershipFactory(partner=partner, user=user, role=MemberRole.MANAGER)
            User.objects.filter(pk=user.pk).update(is_active=False)
            user.refresh_from_db()
        elif who == "of the office a moment ago":
            user = OfficeUserFactory()
            User.objects.filter(pk=user.pk).update(is_programme_office=False)
        theirs = InvitationFactory(partner=partner)
        with pytest.raises(GoneError):
            invite(partner, user)
        with pytest.raises(GoneError):
            invitations.withdraw(invitation_id=theirs.pk, by=user, now=NOW)
        with pytest.raises(GoneError):
            invitations.invite_again(invitation_id=theirs.pk, by=user, now=NOW)
        assert Invitation.objects.filter(withdrawn_at=None).count() == 1

    def test_who_is_in_already_is_not_invited(self, partner, manager):
        with pytest.raises(RefusedError) as refusal:
            invite(partner, manager, manager.email.upper())
        assert refusal.value.field == "email"

    def test_there_is_an_end_to_it(self, partner, manager):
        for number in range(invitations.MOST_OPEN):
            InvitationFactory(partner=partner, email=f"n{number}@voorbeeld.example")
        with pytest.raises(RefusedError):
            invite(partner, manager)

    def test_nobody_is_mailed_without_end(self, partner, manager):
        for _time in range(invitations.MOST_SENT):
            invite(partner, manager)
        with pytest.raises(RefusedError):
            invite(partner, manager)

    def test_whoever_withdraws_has_an_end_too(self, partner, monkeypatch):
        monkeypatch.setattr(invitations, "MOST_A_DAY", 3)
        now, office = clock.now(), OfficeUserFactory()
        for number in range(3):
            made = invite(partner, office, f"n{number}@voorbeeld.example", now=now)
            invited.tell(now=now)
            invitations.withdraw(invitation_id=made.pk, by=office, now=now)
        with pytest.raises(RefusedError):
            invite(partner, office, now=now)
        with pytest.raises(RefusedError):
            invitations.invite_again(invitation_id=InvitationFactory(partner=partner).pk, by=office, now=now)
        assert invite(PartnerFactory(), office, now=now).pk
        assert invite(partner, office, now=now + timedelta(days=2)).pk


class TestLinks:
    def test_again_means_a_new_link(self, client, partner, manager):
        first = invite(partner, manager, EMAIL.upper())
        old = link(first)
        second = invite(partner, manager, role=MemberRole.MANAGER)
        assert (second.pk, second.token_version, second.role) == (first.pk, 2, MemberRole.MANAGER)
        assert client.get(old).status_code == 404
        assert client.get(link(second)).status_code == 302

    def test_what_ran_out_is_renewed(self, partner, manager):
        first = invite(partner, manager)
        later = NOW + timedelta(days=20)
        assert invite(partner, manager, now=later).pk == first.pk
        assert invitations.find(uuid=first.uuid, version=2, now=later)

    def test_what_does_not_work_gets_one_page(self, client, partner, manager):
        fresh = InvitationFactory(partner=partner)
        ended = [
            InvitationFactory(expires_at=datetime(2020, 1, 2, tzinfo=UTC), created_at=datetime(2020, 1, 1, tzinfo=UTC)),
            InvitationFactory(withdrawn_at=NOW),
            InvitationFactory(accepted_at=NOW),
        ]
        links = [link(one) for one in ended]
        links += [link(fresh, tokens.Purpose.SIGN_UP), link(fresh, version=2), f"{link(fresh)[:-2]}/"]
        links += ["/account/uitnodiging/onzin/", f"/account/uitnodiging/s/{fresh.uuid}/"]
        pages = {(answer.status_code, answer.content) for answer in map(client.get, links)}
        assert len(pages) == 1
        assert next(iter(pages))[0] == 404

    def test_looking_changes_nothing(self, client, partner, manager):
        invitation = InvitationFactory(partner=partner)
        for _time in range(20):
            client.get(opened(client, invitation))
            client.head(link(invitation))
        invitation.refresh_from_db()
        assert invitation.accepted_at is None
        assert not User.objects.filter(email=invitation.email).exists()


class TestAccepting:
    def test_as_somebody_new(self, client, partner):
        invitation = InvitationFactory(partner=partner, role=MemberRole.MANAGER)
        page = opened(client, invitation)
        answer = client.post(page, {"name": "Nieuwe collega", "password": PASSWORD})
        assert answer["Location"] == "/account/tweede-stap/"
        membership = Membership.objects.get(partner=partner)
        assert (membership.user.email, membership.role) == (invitation.email, MemberRole.MANAGER)
        assert client.get("/account/tweede-stap/").status_code == 200
        assert client.get("/account/collegas/")["Location"] == "/account/tweede-stap/"
        assert client.post(page, {"name": "Nog een", "password": PASSWORD}).status_code in {302, 404}
        assert User.objects.filter(email=invitation.email).count() == 1

    @pytest.mark.parametrize("fields", [{"name": "", "password": PASSWORD}, {"name": "A", "password": "kort"}])
    def test_faults_are_said(self, client, fields):
        invitation = InvitationFactory()
        answer = client.post(opened(client, invitation), fields)
        assert answer.status_code == 200
        assert "error-summary" in answer.content.decode()
        assert not User.objects.filter(email=invitation.email).exists()

    def test_every_fault_of_one_field_is_counted(self, client):
        invitation = InvitationFactory(email="sanne@bedrijf.example")
        fields = {"name": "Sanne", "password": "sanne"}
        html = client.post(opened(client, invitation), fields).content.decode()
        assert "Het wachtwoord lijkt te veel op je naam." in html
        assert "Er kloppen nog 2 dingen niet" in html

    @pytest.mark.parametrize(("password", "what"), [("sanne@bedrijf.example", "e-mailadres"), ("SanneDeVries", "naam")])
    def test_a_password_that_looks_like_oneself(self, client, password, what):
        invitation = InvitationFactory(email="sanne@bedrijf.example")
        fields = {"name": "Sanne de Vries", "password": password}
        html = client.post(opened(client, invitation), fields).content.decode()
        assert f"Het wachtwoord lijkt te veel op je {what}." in html
        assert "Er klopt nog één ding niet" in html

    def test_other_fields_are_ignored(self, client):
        fields = {"is_programme_office": "on", "is_staff": "on", "email": "ander@voorbeeld.example", "role": "manager"}
        invitation = InvitationFactory()
        client.post(opened(client, invitation), {"name": "A", "password": PASSWORD, **fields})
        user = User.objects.get(email=invitation.email)
        assert (user.is_programme_office, user.memberships.get().role) == (False, MemberRole.EDITOR)

    def test_with_the_account_that_one_has(self, client, partner):
        user = UserFactory()
        invitation = InvitationFactory(partner=partner, email=user.email)
        page = opened(client, invitation)
        assert f"/account/login/?next={page}" in client.get(page).content.decode()
        client.post(page, {"name": "Aap", "password": PASSWORD})
        assert not user.memberships.exists(), "the password of an account is not set by a link"
        assert not user.check_password(PASSWORD)
        client.force_login(user)
        assert client.post(page).status_code == 303
        assert user.memberships.get().partner == partner
        assert client.get(page).status_code == 404

    def test_invited_by_two_partners_one_account_joins_both(self, client, partner):
        first, second = (InvitationFactory(partner=one, email=EMAIL) for one in (partner, PartnerFactory()))
        client.post(opened(client, first), {"name": "Nieuwe collega", "password": PASSWORD})
        client.force_login(User.objects.get(email=EMAIL))
        assert client.post(opened(client, second), {"name": "Nieuwe collega", "password": PASSWORD}).status_code == 303
        assert User.objects.get(email=EMAIL).memberships.count() == 2

    def test_not_with_another_account(self, client, partner):
        invitation = InvitationFactory(partner=partner)
        client.force_login(UserFactory())
        page = opened(client, invitation)
        assert "ander account" in client.get(page).content.decode()
        assert client.post(page, {"name": "A", "password": PASSWORD}).status_code == 200
        assert not Membership.objects.filter(partner=partner).exists()

    def test_not_with_a_password_alone(self, client, partner):
        user = UserFactory()
        invitation = InvitationFactory(partner=partner, email=user.email)
        client.force_password(user)
        assert client.get(link(invitation))["Location"] == "/account/tweede-stap/"

    def test_a_role_from_elsewhere_stays(self, partner):
        membership = MembershipFactory(partner=partner, role=MemberRole.MANAGER)
        invitation = InvitationFactory(partner=partner, email=membership.user.email)
        invitations.accept(uuid=invitation.uuid, version=1, user=membership.user, now=NOW)
        membership.refresh_from_db()
        assert membership.role == MemberRole.MANAGER


def at_once(count, act):
    """What each of so many threads got, on a connection of its own."""
    together, answers = Barrier(count), []

    def run(number):
        together.wait()
        try:
            answers.append(act(number))
        except Exception as error:  # noqa: BLE001 - the kind of error is what is counted
            answers.append(type(error))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture(autouse=True)
    def _quick(self, settings):
        """Hashing a dozen passwords is not what is tried here."""
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

    def test_one_accepts(self):
        invitation = InvitationFactory()

        def accept(number):
            return invitations.accept_as_new(
                uuid=invitation.uuid, version=1, name=f"Nummer {number}", password=PASSWORD, now=NOW
            )

        answers = at_once(12, accept)
        assert answers.count(GoneError) == 11
        assert Membership.objects.count() == User.objects.count() == 1

    def test_without_the_lock_more_try(self, monkeypatch):
        """The negative control: without it the constraints of the database are what is left."""
        invitation = InvitationFactory()
        held = Barrier(12, timeout=20)

        def unlocked(uuid, version, now):
            found = Invitation.objects.open(now).get(uuid=uuid, token_version=version)
            held.wait()
            return found

        monkeypatch.setattr(invitations, "_open", unlocked)
        answers = at_once(
            12,
            lambda _n: invitations.accept_as_new(uuid=invitation.uuid, version=1, name="A", password=PASSWORD, now=NOW),
        )
        assert answers.count(GoneError) < 11

    def test_of_two_partners_at_once_one_makes_the_account(self):
        theirs = [InvitationFactory(email=EMAIL) for _ in range(12)]

        def accept(number):
            return invitations.accept_as_new(uuid=theirs[number].uuid, version=1, name="A", password=PASSWORD, now=NOW)

        answers = at_once(12, accept)
        assert answers.count(GoneError) == 11
        assert User.objects.count() == Membership.objects.count() == 1

    def test_without_one_lock_for_all_the_database_breaks_in(self, monkeypatch):
        """The negative control."""
        theirs = [InvitationFactory(email=EMAIL) for _ in range(12)]
        held = Barrier(12, timeout=20)
        monkeypatch.setattr(named_locks, "hold", lambda _name: None)
        monkeypatch.setattr(invitations, "has_account", lambda _invitation: held.wait() < 0)
        answers = at_once(
            12,
            lambda n: invitations.accept_as_new(uuid=theirs[n].uuid, version=1, name="A", password=PASSWORD, now=NOW),
        )
        assert answers.count(IntegrityError) == 11

    def test_one_address_is_invited_once(self):
        partner, office = PartnerFactory(), OfficeUserFactory()
        answers = at_once(12, lambda _number: invite(partner, office))
        assert Invitation.objects.count() == 1
        assert max(one.token_version for one in answers if isinstance(one, Invitation)) == 10
        assert answers.count(RefusedError) == 2


class TestMails:
    def test_one_for_each_link(self, partner, manager):
        invitation = invite(partner, manager)
        for _time in range(2):
            invited.tell(now=NOW)
        assert OutboxMessage.objects.get().invitation == invitation
        invite(partner, manager)
        assert invited.tell(now=NOW) == 1
        assert OutboxMessage.objects.filter(kind=MailKind.INVITATION).count() == 2
        assert invited.tell(now=NOW) == 0

    def test_none_for_what_is_over(self, partner, manager):
        invitation = invite(partner, manager)
        assert invited.tell(now=NOW + timedelta(days=15)) == 0
        invitations.withdraw(invitation_id=invitation.pk, by=manager, now=NOW)
        assert invited.tell(now=NOW) == 0


def test_forgotten_thirty_days_after_their_end():
    old = NOW - timedelta(days=31)
    made = NOW - timedelta(days=90)
    ended = [
        InvitationFactory(accepted_at=old),
        InvitationFactory(withdrawn_at=old),
        InvitationFactory(created_at=made, expires_at=old),
    ]
    kept = [
        InvitationFactory(),
        InvitationFactory(accepted_at=NOW - timedelta(days=29)),
        InvitationFactory(created_at=made, expires_at=NOW - timedelta(days=29)),
        InvitationFactory(created_at=made, expires_at=old, accepted_at=NOW - timedelta(days=1)),
    ]
    assert invitations.forget_past_term(now=NOW) == len(ended)
    assert set(Invitation.objects.all()) == set(kept)


def test_an_unknown_invitation_is_nobodys(manager):
    with pytest.raises(GoneError):
        invitations.withdraw(invitation_id=0, by=manager, now=NOW)
    with pytest.raises(GoneError):
        invitations.accept(uuid=uuid4(), version=1, user=manager, now=NOW)


def test_what_staff_did_is_forgotten_after_two_years(manager):
    now = clock.now()
    for age in (work_log.KEPT - timedelta(days=1), work_log.KEPT + timedelta(days=1)):
        LogEntry.objects.create(user=manager, action_flag=CHANGE, object_repr="x", action_time=now - age)
    tasks.tidy_access()
    assert LogEntry.objects.get().action_time > now - work_log.KEPT


def test_what_was_tried_is_forgotten_after_an_hour():
    now = clock.now()
    for tried_at in (now - timedelta(hours=1), now):
        attempts.take(attempts.PASSWORD_MAILS, of=EMAIL, now=tried_at)
    tasks.tidy_access()
    assert Attempt.objects.get().tried_at == now
