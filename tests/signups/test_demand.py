"""Where dates are missed: counted by level, month and place, and shown to staff without anybody's address."""

from datetime import UTC, date, datetime

import pytest

from signups.domain import demand
from signups.domain.small_numbers import Together
from tests.factories.hubs import EducationLevelFactory, HubFactory, ProgrammeFactory
from tests.factories.partners import OfficeUserFactory, UserFactory
from tests.factories.signups import DateInterestFactory

PAGE = "/beheer/signups/dateinterest/"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def asked(level, people, first, last, **fields):
    return DateInterestFactory(education_level=level, people=people, from_on=first, until_on=last, **fields)


@pytest.fixture
def levels():
    return [EducationLevelFactory(name=name, position=place) for place, name in enumerate(["havo", "vwo", "mbo 2"])]


def test_the_months_are_those_of_the_form():
    months = demand.months(NOW)
    assert (months[0], months[1], months[2], months[-1]) == (
        date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 11, 1),
    )  # fmt: skip
    assert len(months) == 13
    assert demand.months(datetime(2026, 12, 31, 23, 0, tzinfo=UTC))[0] == date(
        2027, 1, 1
    )  # midnight in the Netherlands


def test_each_month_of_a_period_counts_its_people(levels):
    havo, vwo, _mbo = levels
    asked(havo, 20, date(2026, 11, 1), date(2027, 1, 31))
    asked(havo, 3, date(2026, 12, 15), date(2026, 12, 20), email="")
    asked(vwo, 5, date(2026, 1, 1), date(2026, 11, 22))
    found = demand.demand(NOW)
    assert [(row.level, row.people.people, row.by_month[:4]) for row in found.levels] == [
        (havo, 23, (20, 23, 20, 0)),
        (vwo, 5, (5, 0, 0, 0)),
    ]


def test_who_is_not_at_school_stands_last(levels):
    for level in (None, levels[1], None):
        asked(level, 5, date(2026, 11, 1), date(2026, 11, 30))
    found = demand.demand(NOW).levels
    assert [(row.level, row.people.people, row.by_month[0]) for row in found] == [(levels[1], 5, 5), (None, 10, 10)]


class TestFewerThanFive:
    """All staff read these numbers, of every partner: none of them may be about somebody whom one knows."""

    def test_a_level_and_a_month_say_only_that_there_is_somebody(self, levels):
        asked(levels[0], 4, date(2026, 11, 1), date(2026, 11, 30))
        asked(levels[0], 1, date(2026, 12, 1), date(2026, 12, 31))
        (row,) = demand.demand(NOW).levels
        assert (row.people, row.by_month[:3]) == (Together(5, is_more=True), (None, None, 0))

    @pytest.mark.parametrize("months", [(5, 1), (5, 4)])
    def test_no_total_tells_what_is_hidden_in_its_row(self, levels, months):
        for number, day in zip(months, (date(2026, 11, 30), date(2026, 12, 30)), strict=True):
            asked(levels[0], number, day, day)
        (row,) = demand.demand(NOW).levels
        assert (row.people, row.by_month[:2]) == (Together(5, is_more=True), (5, None))

    def test_nor_a_place(self, levels):
        asked(levels[0], 4, date(2026, 11, 1), date(2026, 11, 30), hub=HubFactory())
        assert [row.people for row in demand.demand(NOW).places] == [None]

    @pytest.mark.parametrize(
        ("people", "together"),
        [
            ((), Together(0)),
            ((4,), Together(None)),
            ((1, 2), Together(None)),
            ((5,), Together(5)),
            ((12, 8), Together(20)),
            ((4, 4), Together(5, is_more=True)),
            ((12, 3), Together(12, is_more=True)),
            ((12, 4, 4), Together(12, is_more=True)),
            ((12, 6, 1), Together(18, is_more=True)),
        ],
    )
    def test_no_sum_tells_what_is_hidden_beside_it(self, levels, people, together):
        for level, number in zip(levels, people, strict=False):
            asked(level, number, date(2026, 11, 1), date(2026, 11, 30))
        assert demand.people_by_month(NOW)[0] == (date(2026, 11, 1), together)

    def test_the_pages_say_less_than_five(self, client, levels):
        client.force_login(OfficeUserFactory())
        asked(levels[0], 3, date(2026, 11, 1), date(2099, 12, 31), hub=HubFactory())
        few = '<span aria-hidden="true">&lt;5</span><span class="visually-hidden">minder dan 5</span>'
        assert client.get(PAGE).content.decode().count(few) == 1 + demand.MONTHS + 1
        assert client.get("/beheer/").content.decode().count(few) == demand.MONTHS

    def test_nor_more_than_so_many_beside_them(self, client, levels):
        client.force_login(OfficeUserFactory())
        asked(levels[0], 3, date(2026, 11, 1), date(2099, 12, 31))
        asked(levels[1], 417, date(2026, 11, 1), date(2099, 12, 31))
        more = '<span aria-hidden="true">417+</span><span class="visually-hidden">417 of meer</span>'
        assert client.get("/beheer/").content.decode().count(more) == demand.MONTHS


def test_what_is_over_no_longer_counts(levels):
    asked(levels[0], 20, date(2026, 11, 1), date(2026, 11, 21))
    assert demand.demand(NOW).levels == []


def test_places_the_most_wanted_first(levels):
    hub, programme = HubFactory(), ProgrammeFactory()
    for people, place in ((5, {"hub": hub}), (3, {"programme": programme}), (4, {"programme": programme}), (9, {})):
        asked(levels[0], people, date(2026, 11, 1), date(2026, 11, 30), **place)
    assert [(row.place, row.people) for row in demand.demand(NOW).places] == [(programme, 7), (hub, 5)]


def test_it_costs_the_same_for_many(levels, django_assert_num_queries):
    for number in range(30):
        asked(levels[number % 3], 1, date(2026, 11, 1), date(2027, number % 9 + 1, 1), hub=HubFactory())
    with django_assert_num_queries(4):
        demand.demand(NOW)


def test_the_page_shows_numbers_and_no_address(client, levels):
    client.force_login(OfficeUserFactory())
    asked(levels[1], 417, date(2026, 11, 1), date(2099, 12, 31), programme=ProgrammeFactory(title="Leer lassen"))
    html = client.get(PAGE).content.decode()
    for text in ("vwo", "417", "Leer lassen"):
        assert text in html
    assert "havo" not in html
    assert "voorbeeld.example" not in html.split("<main")[1].split("</main")[0]
    assert "style=" not in html
    assert PAGE in client.get("/beheer/").content.decode()


def test_without_wishes_it_says_so(client):
    client.force_login(OfficeUserFactory())
    assert "nog niemand die een datum mist" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("user", [None, {"is_active": False, "is_programme_office": True}])
def test_nobody_from_outside_reads_it(client, user):
    if user:
        client.force_login(UserFactory(**user))
    assert client.get(PAGE).status_code == 302


def test_the_rows_themselves_have_no_page(client):
    client.force_login(OfficeUserFactory())
    interest = DateInterestFactory()
    for path in (f"{interest.pk}/change/", "add/", f"{interest.pk}/delete/", f"{interest.pk}/history/"):
        assert client.get(PAGE + path).status_code == 404
