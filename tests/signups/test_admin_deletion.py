"""A date that somebody signed up for is not deleted: the page counts, names nobody, and shows what can be done."""

from datetime import timedelta

import pytest
from django.contrib.admin import site

from content import clock
from content.admin.deletion import usage
from hubs.models import Activity
from tests.factories.hubs import ActivityFactory, HubFactory, ProgrammeFactory
from tests.factories.partners import MembershipFactory, OfficeUserFactory
from tests.factories.signups import AttendanceFactory, LetterFactory, SignUpFactory

pytestmark = pytest.mark.django_db
LIST = "/beheer/hubs/activity/"


@pytest.fixture
def office(client):
    client.force_login(OfficeUserFactory())
    return client


def asked(office, *dates):
    """The pages that ask whether to delete these: of the first, and of all together."""
    one = office.post(f"{LIST}{dates[0].pk}/delete/", {"post": "yes"})
    several = office.post(LIST, {"action": "delete_selected", "_selected_action": [date.pk for date in dates]})
    return one.content.decode(), several.content.decode()


def test_what_keeps_a_date_is_counted_without_a_code_or_name(office):
    entry = SignUpFactory(name="Sanne de Vries")
    AttendanceFactory(sign_up=entry, meeting=entry.activity.meetings.get())
    LetterFactory(activity=entry.activity, subject="Neem je bril mee")
    for html in asked(office, entry.activity):
        for kind in ("Aanmeldingen: 1", "Aanwezigheid: 1", "Berichten aan deelnemers: 1"):
            assert f"<li>{kind}</li>" in html
        for personal in (str(entry.uuid), "Sanne", "bril"):
            assert personal not in html
        assert "eerst weg" not in html
    assert Activity.objects.filter(pk=entry.activity.pk).exists()


def test_named_is_only_what_the_user_manages(rf):
    """Today nobody but the office deletes what others depend on; the names do not rely on that."""
    hub, request = HubFactory(), rf.get("/")
    ProgrammeFactory(hub=hub, title="KANARIE")
    for request.user, is_named in ((MembershipFactory().user, False), (OfficeUserFactory(), True)):
        told = str(usage([hub], request, site))
        assert "Programma's: 1" in told
        assert ("KANARIE" in told) == is_named


def test_the_way_on_is_cancelling_what_is_coming(office):
    first, second, free = SignUpFactory().activity, SignUpFactory().activity, ActivityFactory()
    one, several = asked(office, first, second, free)
    assert f"/signups/datums/{first.pk}/afgelasten/" in one
    chosen = office.get(several.split('/afgelasten/">')[0].split('href="')[-1] + "/afgelasten/").context["open_ones"]
    assert {date.pk for date in chosen} == {first.pk, second.pk}
    assert "De rest kan wel weg" in several


def test_what_is_over_is_kept_and_forgotten_by_itself(office):
    now = clock.now()
    past = SignUpFactory(activity=ActivityFactory(starts_at=now - timedelta(days=3))).activity
    for html in asked(office, past):
        assert "Het is voorbij" in html
        assert "30 dagen na de datum vanzelf gewist" in html
        assert "/afgelasten/" not in html


def test_a_cancelled_date_says_so(office):
    now = clock.now()
    cancelled = SignUpFactory(activity=ActivityFactory(cancelled_at=now, cancel_reason="Ziek")).activity
    assert "Het is al afgelast" in asked(office, cancelled)[0]
