"""The accounts in the back office: a form changes what was changed in it, and nothing else."""

import re

import pytest
from django.contrib import admin
from django.forms import modelform_factory

from content import clock
from partners.admin.accounts import AccountForm
from partners.domain import office
from partners.models import Invitation, StaffSession, User
from tests.factories.partners import InvitationFactory, MembershipFactory, OfficeUserFactory, UserFactory
from tests.logging_in import StaffClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague():
    return OfficeUserFactory(name="Bureau 1")


def account_fields(account):
    """What the form of this account sends."""
    ticked = {name: "on" for name in ("is_active", "is_programme_office") if getattr(account, name)}
    rows = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    return {"name": account.name, "email": account.email, **ticked, **rows}


@pytest.mark.parametrize("is_active", [True, False])
def test_another_name_leaves_the_invitation_open(client, colleague, is_active):
    invited = UserFactory(is_active=is_active)
    asked = InvitationFactory(to_office=True, email=invited.email)
    client.force_login(colleague)
    path = f"/beheer/partners/user/{invited.pk}/change/"
    assert client.post(path, account_fields(invited) | {"name": "Beter"}).status_code == 302
    assert User.objects.get(pk=invited.pk).name == "Beter"
    assert Invitation.objects.open(clock.now()).get() == asked


def test_a_form_from_before_brings_nobody_back(client, colleague):
    gone = OfficeUserFactory()
    client.force_login(colleague)
    path = f"/beheer/partners/user/{gone.pk}/change/"
    opened_with = dict(re.findall(r'name="(initial-\w+)" value="([^"]*)"', client.get(path).content.decode()))
    assert len(opened_with) == 4
    office.let_go(user_id=gone.pk, by=colleague)
    client.post(path, opened_with | account_fields(gone) | {"name": "Beter"})
    assert User.objects.filter(pk=gone.pk, name="Beter", is_programme_office=False).exists()


@pytest.mark.parametrize("is_member", [True, False])
def test_who_has_nothing_left_after_the_office_is_logged_out(client, colleague, is_member):
    gone = OfficeUserFactory()
    if is_member:
        MembershipFactory(user=gone)
    StaffClient().force_login(gone)
    client.force_login(colleague)
    fields = account_fields(gone) | {"is_programme_office": ""}
    assert client.post(f"/beheer/partners/user/{gone.pk}/change/", fields).status_code == 302
    assert StaffSession.objects.of(gone).exists() == is_member


def test_who_joins_while_the_form_is_saved_stays_in(colleague):
    """The accepted invitation is written between reading and writing the account."""
    joining = UserFactory()
    fields = ["name", "email", "is_active", "is_programme_office"]
    form_class = modelform_factory(User, AccountForm, fields)
    form = form_class(account_fields(joining) | {"name": "Beter"}, instance=User.objects.get(pk=joining.pk))
    assert form.is_valid()
    User.objects.filter(pk=joining.pk).update(is_programme_office=True)
    admin.site.get_model_admin(User).save_model(None, form.save(commit=False), form, change=True)
    assert User.objects.filter(pk=joining.pk, name="Beter", is_programme_office=True).exists()
