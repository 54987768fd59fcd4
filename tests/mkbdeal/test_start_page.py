"""The start page of the back office: what is on soon, what asks for something, for whom; and the guide per role."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from content import clock
from content.domain import history
from content.models import Deed, PublicationState
from hubs.models import Activity, Hub
from mkbdeal import guide, start_page, upkeep, week
from partners.models import MemberRole
from signups.models import Delivery, State
from tests.factories import content, hubs, partners, signups

pytestmark = pytest.mark.django_db
PAGE = "/beheer/"
GUIDE = "/beheer/uitleg/"
AT_MOST = 20


def staff_of(partner, role=MemberRole.EDITOR):
    user = partners.UserFactory()
    partners.MembershipFactory(user=user, partner=partner, role=role)
    return user


def programme_of(partner, **fields):
    """A programme at a hub that this partner runs."""
    hub = hubs.HubFactory()
    hubs.HubPartnerFactory(hub=hub, partner=partner)
    return hubs.ProgrammeFactory(hub=hub, **fields)


def soon(programme, *, hours=3, **fields):
    return hubs.ActivityFactory(programme=programme, starts_at=clock.now() + timedelta(hours=hours), **fields)


@pytest.fixture
def own():
    return partners.PartnerFactory()


@pytest.fixture
def at_work(client, own):
    client.force_login(staff_of(own))
    return client


@pytest.fixture
def office(client):
    client.force_login(partners.OfficeUserFactory())
    return client


def start(client):
    return client.get(PAGE).context["start"]


def blocks(client):
    return {block.key: block for block in start(client).blocks}


def busy(programme):
    """A date for every block of the page."""
    activity = soon(programme, hours=30, capacity=60)
    signups.SignUpFactory(activity=activity, state=State.REQUESTED, proof_expires_at=clock.now() + timedelta(hours=2))
    entry = signups.SignUpFactory(activity=activity, state=State.OFFERED, email="")
    signups.SignUpFactory(activity=activity, state=State.WAITING, class_of=20)
    signups.OutboxMessageFactory(sign_up=entry, state=Delivery.FAILED)
    signups.SignUpFactory(activity=soon(programme, hours=40, capacity=1))
    hubs.ProgrammeFactory(hub=programme.hub, state=PublicationState.IN_REVIEW)
    hubs.ProgrammeFactory(hub=programme.hub, to_confirm=["summary"])
    draft = hubs.ProgrammeFactory(hub=programme.hub, state=PublicationState.DRAFT)
    history.record(subject=draft, deed=Deed.SENT_BACK, by=None, now=clock.now(), note="Noem de prijs.")
    signups.DateInterestFactory()


# --- Whose it is -----------------------------------------------------------------------------------------------------


def test_another_partners_rows_are_nowhere(at_work, own):
    """Demand is the one block of everybody: numbers without a name."""
    programme_of(own)
    busy(programme_of(partners.PartnerFactory()))
    page = start(at_work)
    assert page.blocks == []
    assert [part.rows for part in page.parts_of_week] == [[], []]
    assert not page.has_dates


def test_the_office_sees_them_all(office):
    busy(programme_of(partners.PartnerFactory()))
    assert set(blocks(office)) == {"attention", "mails", "review", "sent_back", "full", "empty", "stale"}


def test_who_publishes_is_asked_to_judge(client, own):
    programme_of(own, state=PublicationState.IN_REVIEW)
    headings, lists = [], []
    editor, manager, both = staff_of(own), staff_of(own, MemberRole.MANAGER), staff_of(own)
    partners.MembershipFactory(user=both, role=MemberRole.MANAGER)
    for user in (editor, manager, both):
        client.force_login(user)
        headings.append(blocks(client)["review"].heading)
        lists.append("waarover jij beslist" in client.get(PAGE).content.decode())
    assert headings == ["Ter beoordeling bij een beheerder", "Ter beoordeling: jij beslist", "Ter beoordeling"]
    assert lists == [False, True, True]


# --- How much it costs -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fixture", ["at_work", "office"])
def test_the_page_needs_no_more_queries_for_more_rows(request, own, fixture):
    client = request.getfixturevalue(fixture)
    programme, counts = programme_of(own), []
    client.get(PAGE)  # content types are remembered
    for more in (1, 2, 27):
        for _ in range(more):
            busy(programme)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= AT_MOST, counts


def test_long_lists_end_and_say_how_many_more(at_work, own):
    programme = programme_of(own)
    for hours in range(week.MOST_LATER + 3):
        soon(programme, hours=25 + hours)
    later = start(at_work).parts_of_week[1]
    assert (len(later.rows), later.more) == (week.MOST_LATER, 3)
    assert "en nog 3" in at_work.get(PAGE).content.decode()


# --- What stands where -----------------------------------------------------------------------------------------------


def test_this_week_leads_to_the_people_and_the_door(at_work, own):
    programme = programme_of(own)
    activity, far = soon(programme, hours=1), soon(programme, hours=24 * 8)
    cancelled = soon(programme, hours=2, cancelled_at=clock.now(), cancel_reason="Ziek")
    over = soon(programme, hours=-6)
    html = at_work.get(PAGE).content.decode()
    for shown, number in ((activity, 1), (far, 0), (cancelled, 0), (over, 0)):
        assert html.count(reverse("admin:door_list", args=[shown.meetings.get().pk])) == number
    assert "gaat niet door" in html
    assert "0 van 12 bezet" in html


def test_sign_ups_that_wait_for_something(at_work, own):
    programme, now = programme_of(own), clock.now()
    calm, asking = soon(programme, hours=90), soon(programme, hours=50, capacity=60)
    later = {"state": State.REQUESTED, "proof_expires_at": now + timedelta(hours=20)}
    signups.SignUpFactory(activity=calm, **later)
    signups.SignUpFactory(activity=calm, state=State.CONFIRMED, email="")
    for _ in range(2):
        signups.SignUpFactory(activity=asking, **later | {"proof_expires_at": now + timedelta(hours=2)})
    signups.SignUpFactory(activity=asking, state=State.OFFERED, email="")
    signups.SignUpFactory(activity=asking, state=State.OFFERED)
    signups.SignUpFactory(activity=asking, state=State.WAITING, class_of=20)
    signups.SignUpFactory(activity=asking, state=State.WAITING)
    (row,) = blocks(at_work)["attention"].rows
    assert row.url == reverse("admin:participants", args=[asking.pk])
    starts = [ask.split(" ", 2)[:2] for ask in row.asks]
    assert starts == [["Bel", "1"], ["1", "aanbod"], ["2", "aanmeldingen"], ["1", "klas"]]


def test_a_caller_with_an_offer_comes_first(at_work, own):
    programme, now = programme_of(own), clock.now()
    first, second = soon(programme, hours=50), soon(programme, hours=60)
    signups.SignUpFactory(activity=first, state=State.REQUESTED, proof_expires_at=now + timedelta(hours=1))
    signups.SignUpFactory(activity=second, state=State.OFFERED, email="")
    rows = blocks(at_work)["attention"].rows
    assert [row.url.rstrip("/").rpartition("/")[2] for row in rows] == [str(second.pk), str(first.pk)]


@pytest.mark.parametrize(
    ("taken", "hours", "key"), [(8, 999, "full"), (7, 48, None), (2, 48, "empty"), (3, 48, None), (2, 24 * 15, None)]
)
def test_nearly_full_and_nearly_empty(at_work, own, taken, hours, key):
    activity = soon(programme_of(own), hours=hours, capacity=10)
    for _ in range(taken):
        signups.SignUpFactory(activity=activity)
    assert set(blocks(at_work)) == ({key} if key else set())


def test_a_capacity_as_large_as_the_column_is_no_error(at_work, own):
    Activity.objects.filter(pk=soon(programme_of(own)).pk).update(capacity=2_147_483_647)
    assert at_work.get(PAGE).status_code == 200


def test_failed_mails_lead_to_their_list(at_work, own):
    entry = signups.SignUpFactory(activity=soon(programme_of(own), capacity=2))
    for state in (Delivery.FAILED, Delivery.FAILED, Delivery.QUEUED):
        signups.OutboxMessageFactory(sign_up=entry, state=state)
    (row,) = blocks(at_work)["mails"].rows
    assert row.title == "2 mails kwamen niet aan"
    assert len(at_work.get(row.url).context["cl"].result_list) == 2


def test_what_may_no_longer_be_true(office):
    now = clock.now()
    old, unsure = hubs.HubFactory(name="Oud"), hubs.HubFactory(name="Onzeker", to_confirm=["street", "opening"])
    hubs.HubFactory(name="Vers")
    draft = hubs.HubFactory(name="Concept", state=PublicationState.DRAFT)
    news = content.NewsArticleFactory()
    for row in (old, draft, news):
        type(row).objects.filter(pk=row.pk).update(changed_at=now - upkeep.STALE - timedelta(days=1))
    rows = blocks(office)["stale"].rows
    assert [row.title.split()[0] for row in rows] == ["Oud", "Onzeker"]
    assert rows[0].url == reverse("admin:hubs_hub_change", args=[old.pk])
    assert rows[1].asks == ["2 gegevens nog te bevestigen"]
    assert unsure.changed_at


def test_what_may_no_longer_be_true_is_all_within_reach(office):
    for number in range(start_page.MOST + 2):
        hubs.HubFactory(name=f"Hub {number}", to_confirm=["street"])
    block, html = blocks(office)["stale"], office.get(PAGE).content.decode()
    assert (len(block.rows), len(block.rest)) == (start_page.MOST, 2)
    assert all(html.count(f'href="{row.url}"') == 1 for row in [*block.rows, *block.rest])


def test_every_kind_of_text_can_be_in_review(office):
    state = {"state": PublicationState.IN_REVIEW}
    made = [hubs.HubFactory(**state), partners.PartnerFactory(**state), content.PageFactory(**state)]
    made += [content.NewsArticleFactory(**state), hubs.ProgrammeFactory(**state)]
    rows = blocks(office)["review"].rows
    assert {row.title for row in rows} == {str(row) for row in made}
    assert {office.get(row.url).status_code for row in rows} == {200}


def test_demand_is_a_column_for_each_month(at_work, own):
    soon(programme_of(own))
    assert start(at_work).demand == []
    today = clock.local_date(clock.now())
    signups.DateInterestFactory(from_on=today, until_on=today, people=24)
    signups.DateInterestFactory(from_on=today, until_on=today, people=6)
    months = start(at_work).demand
    assert [month.people for month in months] == [30, *[0] * 12]
    assert months[0].height == 40


# --- Empty -----------------------------------------------------------------------------------------------------------


def test_who_has_nothing_yet_reads_what_to_do_first(at_work, own):
    html = at_work.get(PAGE).content.decode()
    assert "Maak een programma, en dan een datum." in html
    assert reverse("admin:hubs_programme_add") in html
    programme = programme_of(own)
    assert "Maak een datum, dan kunnen mensen zich aanmelden." in at_work.get(PAGE).content.decode()
    soon(programme, hours=999, capacity=None)
    html = at_work.get(PAGE).content.decode()
    assert "Vandaag is er niets." in html
    assert "Verder is er nu niets dat op je wacht." in html


@pytest.mark.parametrize(
    ("query", "said"), [({}, "Maak een programma, en dan een datum."), ({"q": "x"}, "Niets gevonden.")]
)
def test_an_empty_list_says_what_to_do(at_work, query, said):
    html = at_work.get(reverse("admin:hubs_activity_changelist"), query).content.decode()
    assert said in html
    assert ("Maak de eerste: activiteit" in html) is (not query)


def test_a_list_that_one_may_not_add_to_offers_nothing_to_add(at_work):
    html = at_work.get(reverse("admin:hubs_hub_changelist")).content.decode()
    assert "Hier staat nog niets." in html
    assert "Maak de eerste" not in html


# --- The guide -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [*MemberRole, None])
def test_the_guide_has_the_own_role_first_and_leads_where_one_may_come(client, own, role):
    client.force_login(staff_of(own, role) if role else partners.OfficeUserFactory())
    html = client.get(GUIDE).content.decode()
    shown = client.get(GUIDE).context["chapters"]
    first = {MemberRole.EDITOR: guide.EDITOR, MemberRole.MANAGER: guide.MANAGER, None: guide.OFFICE}[role]
    assert (shown[0], shown[-1]) == (first, guide.DOOR)
    assert html.count("<h2") == len(shown)
    ways = {line.way for chapter in shown for line in chapter.lines if line.way}
    assert {client.get(reverse(way), follow=True).status_code for way in ways} == {200}


def test_every_chapter_has_ten_lines():
    assert {len(chapter.lines) for chapter in (guide.EDITOR, guide.MANAGER, guide.OFFICE, guide.DOOR)} == {10}


def test_the_guide_is_for_staff(client):
    assert client.get(GUIDE).status_code == 302
    client.force_login(partners.UserFactory())
    assert client.get(GUIDE).status_code == 302


# --- Forms -----------------------------------------------------------------------------------------------------------


def test_what_must_be_filled_in_says_so_in_words(at_work, own):
    html = at_work.get(reverse("admin:hubs_activity_add")).content.decode()
    assert '<label class="required" for="id_programme">Programma (verplicht)</label>' in html
    assert "Begin (verplicht)" in html
    assert ">Bijzonderheid</label>" in html


def test_help_says_what_the_public_will_see(at_work, own):
    html = at_work.get(reverse("admin:hubs_programme_add")).content.decode()
    for text in ("Staat in lijsten, op borden en in mails.", 'data-placeholder="Typ om te zoeken"'):
        assert text in html
    assert Hub._meta.get_field("name").help_text == ""
