"""Something is needed in the moment in which it is deleted."""

from functools import partial

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection

from hubs.models import Activity
from partners.models import Membership
from signups.models import SignUp
from tests.factories.hubs import ActivityFactory
from tests.factories.partners import MembershipFactory, OfficeUserFactory, UserFactory
from tests.factories.signups import SignUpFactory
from tests.races.meanwhile import Meanwhile

pytestmark = pytest.mark.django_db(transaction=True)
DATES = "/beheer/hubs/activity/"


@pytest.mark.parametrize("where", ["its own page", "the list"])
def test_the_date_stays_and_its_page_says_why(client, where):
    activity = ActivityFactory()
    client.force_login(OfficeUserFactory())
    in_list = {"action": "delete_selected", "_selected_action": [activity.pk], "keys": activity.pk}
    path, fields = (DATES, in_list) if where == "the list" else (f"{DATES}{activity.pk}/delete/", {})
    with Meanwhile(partial(SignUpFactory, activity=activity)):
        answer = client.post(path, {**fields, "post": "yes"}, follow=True)
    assert "Er is intussen iets bijgekomen dat dit nodig heeft." in answer.content.decode()
    assert Activity.objects.get() == activity
    assert SignUp.objects.count() == 1
    assert not LogEntry.objects.exists()


def joins_a_partner(account):
    """Asked now whether there is such an account, as it will be at the end of the transaction."""
    MembershipFactory(user=account)
    connection.check_constraints()


def test_the_account_of_who_joins_a_partner_meanwhile_stays(client):
    account = UserFactory()
    client.force_login(OfficeUserFactory())
    with Meanwhile(partial(joins_a_partner, account)):
        answer = client.post(f"/beheer/partners/user/{account.pk}/delete/", {"post": "yes"}, follow=True)
    assert "Er is intussen iets bijgekomen dat dit nodig heeft." in answer.content.decode()
    assert Membership.objects.get().user == account
