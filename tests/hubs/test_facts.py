"""What stands "in short" beside a programme and a date."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from hubs.models import Audience
from tests.factories.hubs import ActivityFactory, EducationLevelFactory, HubFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
PAST = datetime(2020, 7, 2, 9, 0, tzinfo=UTC)


def facts(client, subject):
    return {fact.term: fact for fact in client.get(subject.get_absolute_url()).context["facts"] if fact.value}


def test_where_names_street_and_town(client):
    hub = HubFactory(name="Technohub", town="Woerden", street="Industrieweg 2b", to_confirm=["street"])
    where = facts(client, ProgrammeFactory(hub=hub))["Waar"]
    assert (where.value, where.is_unconfirmed) == ("Technohub Woerden, Industrieweg 2b, Woerden", True)


def test_a_date_elsewhere_does_not_send_people_to_the_hub(client):
    activity = ActivityFactory(programme__hub=HubFactory(name="Technohub", town="Woerden"), meetings=2)
    first = activity.meetings.first()
    activity.meetings.filter(pk=first.pk).update(place="Kiremko, Montfoort")
    assert "Woerden" in facts(client, activity)["Waar"].value
    activity.meetings.update(place="Kiremko, Montfoort")
    where = facts(client, activity)["Waar"]
    assert (where.value, where.url) == ("Kiremko, Montfoort", "")


def test_usual_ages_of_one_level_only(client):
    havo = EducationLevelFactory(name="havo", age_from=12, age_to=17)
    mbo = EducationLevelFactory(name="mbo 2", age_from=16)
    assert facts(client, ProgrammeFactory(levels=[havo]))["Leeftijd"].value == "meestal 12 tot 17 jaar"
    assert facts(client, ProgrammeFactory(levels=[mbo]))["Leeftijd"].value == "meestal vanaf 16 jaar"
    assert "Leeftijd" not in facts(client, ProgrammeFactory(levels=[havo, mbo]))


@pytest.mark.parametrize(
    ("prices", "said"),
    [([], None), ([0, 0], "Gratis"), ([Decimal(0), Decimal(10)], "Verschilt per datum"), ([None], "Nog niet bekend")],
)
def test_what_a_programme_costs(client, prices, said):
    programme = ProgrammeFactory()
    for price in prices:
        ActivityFactory(programme=programme, price=price)
    ActivityFactory(programme=programme, price=99, cancelled_at=PAST, cancel_reason="Ziek")
    found = facts(client, programme).get("Kosten")
    assert (found.value if found else None) == said


def test_what_is_not_confirmed_is_marked(client):
    programme = ProgrammeFactory(body="<p>Tekst</p>", audiences=[Audience.PUPIL], to_confirm=["body", "levels"])
    assert client.get(programme.get_absolute_url()).text.count("nog niet bevestigd") == 2


def test_a_date_that_is_no_more_offers_what_is(client):
    activity = ActivityFactory(cancelled_at=PAST, cancel_reason="De docent is ziek.", price=10)
    assert {"Aanmelden", "Aanmelden tot", "Kosten"}.isdisjoint(facts(client, activity))
    response = client.get("/en" + activity.get_absolute_url())
    assert '<p lang="nl">De docent is ziek.</p>' in response.text
    assert 'href="/en/programmas/"' in response.text
    over = ActivityFactory(starts_at=PAST, price=10)
    assert "Kosten" not in facts(client, over)
    ActivityFactory(programme=activity.programme)
    assert len(client.get(activity.get_absolute_url()).context["others"]) == 1


def test_a_row_says_that_it_is_for_classes_and_from_when(client):
    ActivityFactory(
        for_persons=False, for_classes=True, class_size_min=10, class_size_max=30, capacity=60, meetings=2,
        starts_at=datetime(2098, 3, 1, 13, tzinfo=UTC), programme__audiences=["pupil", "teacher"],
    )  # fmt: skip
    page = client.get("/agenda/")
    row = page.context["rows"][0]
    assert (row.for_whom, row.times) == ("Leerlingen", "vanaf 14.00")
    assert '<span class="label-classes">voor klassen</span> Leerlingen' in page.text
    assert row.seats.text == "plek voor een klas van 10 tot 30"
