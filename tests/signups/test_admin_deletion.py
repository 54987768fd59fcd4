"""A date that somebody signed up for is not deleted: the page counts, names nobody, and shows what can be done."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin import site
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content import clock
from content.admin import deletion
from content.admin.usage import usage
from hubs.models import Activity
from partners.models import MemberRole
from signups.domain import interests
from tests.factories.hubs import (
    ActivityFactory,
    EducationLevelFactory,
    HubFactory,
    ProgrammeFactory,
    ProgrammePartnerFactory,
)
from tests.factories.partners import MembershipFactory, OfficeUserFactory, PartnerFactory, SchoolFactory
from tests.factories.signups import AttendanceFactory, DateInterestFactory, LetterFactory, SignUpFactory

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


def test_what_is_over_is_not_called_cancelled(office):
    now = clock.now()
    past = SignUpFactory(activity=ActivityFactory(starts_at=now - timedelta(days=3))).activity
    cancelled = SignUpFactory(activity=ActivityFactory(cancelled_at=now, cancel_reason="Ziek")).activity
    several = asked(office, past, cancelled)[1]
    assert "Wat nog kwam, is al afgelast." in several
    assert "Wat voorbij is, laat je." in several
    assert "Het is al afgelast" not in several


@pytest.mark.parametrize(
    ("field", "why"), [("education_level", "Hoe vaak het is gekozen, blijft"), ("school", "hun aantallen tellen mee")]
)
def test_what_visitors_chose_stays(office, field, why):
    """Totals keep it also when the sign-up is emptied: nobody can take that away first."""
    chosen = {"education_level": EducationLevelFactory, "school": SchoolFactory}[field]()
    SignUpFactory(**{field: chosen})
    page = f"/beheer/{chosen._meta.app_label}/{chosen._meta.model_name}/{chosen.pk}/delete/"
    html = office.get(page).content.decode()
    assert "Aanmeldingen: 1" in html
    assert why in html
    assert "eerst weg" not in html


def test_a_level_of_a_forgotten_wish_stays(office):
    """What is said of it is true after the address went, and when the period is long over: wishes are not added up."""
    now = clock.now()
    long_ago = clock.local_date(now) - timedelta(days=400)
    wish = DateInterestFactory(from_on=long_ago, until_on=long_ago)
    interests.forget_past_term(now=now)
    html = office.get(f"/beheer/hubs/educationlevel/{wish.education_level_id}/delete/").content.decode()
    assert "Datumwensen: 1" in html
    assert "Wie dat waren, wordt vanzelf gewist. Hoe vaak het is gekozen, blijft staan." in html
    assert "tellen mee" not in html


def test_what_has_such_dates_stays_with_them(office):
    entry = SignUpFactory()
    emptiable = ActivityFactory(programme__hub=entry.activity.programme.hub).programme
    programmes, hub = "/beheer/hubs/programme/", entry.activity.programme.hub
    for page in (f"{programmes}{entry.activity.programme_id}/", f"/beheer/hubs/hub/{hub.pk}/"):
        html = office.get(f"{page}delete/").content.decode()
        assert "Die blijven bewaard, en daarmee ook dit." in html
        assert "eerst weg" not in html
    assert "Haal dat eerst weg." in office.get(f"{programmes}{emptiable.pk}/delete/").content.decode()


def many(number, is_used):
    return [SignUpFactory().activity if is_used else ActivityFactory() for _ in range(number)]


@pytest.mark.parametrize("is_used", [True, False])
@pytest.mark.parametrize("by_partner", [True, False])
def test_as_many_queries_for_many_as_for_few(client, is_used, by_partner):
    partner = PartnerFactory()
    user = MembershipFactory(partner=partner, role=MemberRole.MANAGER).user if by_partner else OfficeUserFactory()
    client.force_login(user)
    counts = []
    for number in (12, 30):
        dates = many(number, is_used)
        for date in dates:
            ProgrammePartnerFactory(programme=date.programme, partner=partner)
        fields = {"action": "delete_selected", "_selected_action": [date.pk for date in dates]}
        with CaptureQueriesContext(connection) as queries:
            html = client.post(LIST, fields).content.decode()
        counts.append(len(queries))
        assert f"<li>en nog {number - 10}</li>" in html
    assert counts[0] == counts[1]


def ticked(*dates):
    """What the list sends."""
    return {"action": "delete_selected", "_selected_action": [date.pk for date in dates]}


def answer_to(client, fields):
    """What the page that asks sends, if it asks."""
    html = client.post(LIST, fields).content.decode()
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))


def test_too_many_at_once_are_not_asked_about(office, monkeypatch):
    monkeypatch.setattr(deletion, "MOST_AT_ONCE", 2)
    html = office.post(LIST, ticked(*many(3, is_used=False)), follow=True).content.decode()
    assert "Kies er hoogstens 2 tegelijk. Er is niets verwijderd." in html
    assert "Weet je zeker" not in html


def test_all_that_were_asked_about_go(office):
    going, staying = many(12, is_used=False), ActivityFactory()
    office.post(LIST, answer_to(office, ticked(*going)))
    assert list(Activity.objects.all()) == [staying]


class TestWhatIsGoneMeanwhile:
    """Deleted by a colleague, or out of the list's filter: the rest of the list is nobody's choice."""

    @pytest.fixture(params=["office", "editor"])
    def user(self, request, client):
        """Manages each of the `dates`."""
        self.dates = many(3, is_used=False)
        partner = PartnerFactory()
        for date in self.dates:
            ProgrammePartnerFactory(programme=date.programme, partner=partner)
        theirs = MembershipFactory(partner=partner, role=MemberRole.EDITOR)
        client.force_login(OfficeUserFactory() if request.param == "office" else theirs.user)
        return client

    def said(self, answer):
        return "Wat je koos, staat er niet meer. Er is niets verwijderd." in answer.content.decode()

    def test_before_it_is_asked(self, user):
        fields = ticked(self.dates[0])
        self.dates[0].delete()
        answer = user.post(LIST, fields, follow=True)
        assert self.said(answer)
        assert "Weet je zeker" not in answer.content.decode()
        assert Activity.objects.count() == 2

    def test_after_it_was_asked(self, user):
        answer = answer_to(user, ticked(self.dates[0]))
        self.dates[0].delete()
        assert self.said(user.post(LIST, answer, follow=True))
        assert Activity.objects.count() == 2

    @pytest.mark.parametrize("keys", [{}, {"keys": ""}, {"keys": ","}])
    def test_whoever_names_nothing_deletes_nothing(self, user, keys):
        fields = ticked(self.dates[0]) | {"select_across": "1", "post": "yes"} | keys
        assert self.said(user.post(LIST, fields, follow=True))
        assert Activity.objects.count() == 3


def test_what_is_no_key_and_what_is_another_partners_deletes_nothing(client):
    """In the one field that names those which were asked about."""
    own, rivals = ActivityFactory(), ActivityFactory()
    partner = ProgrammePartnerFactory(programme=own.programme).partner
    client.force_login(MembershipFactory(partner=partner, role=MemberRole.MANAGER).user)
    keys = f"{rivals.pk},x,²,{10**18},{'9' * 40}"
    fields = {"action": "delete_selected", "_selected_action": own.pk, "post": "yes", "keys": keys}
    assert client.post(LIST, fields).status_code in {200, 302}
    assert Activity.objects.count() == 2
