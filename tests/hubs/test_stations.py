"""Which stations the pathway has, who stops there, and how many programmes each has."""

import pytest

from hubs.models import Audience, Phase, Programme, Sector
from hubs.stations import LATERAL_KEY, POST_INITIAL_KEY, network, of_key, related_keys, stations
from hubs.taxonomy import Taxonomy
from tests.factories.hubs import (
    EducationLevelFactory,
    HubFactory,
    LevelGroupFactory,
    ProgrammeFactory,
    ProgressionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def levels():
    vmbo = LevelGroupFactory(code="vmbo", name="vmbo")
    mbo = LevelGroupFactory(code="mbo", name="mbo")
    return {
        "kb": EducationLevelFactory(code="vmbo_kb", name="vmbo kader", group=vmbo, position=1),
        "tl": EducationLevelFactory(code="vmbo_tl", name="vmbo tl", alias="mavo (vmbo-tl)", group=vmbo, position=2),
        "mbo_3": EducationLevelFactory(
            code="mbo_3", name="mbo 3", group=mbo, position=3, sector=Sector.MBO, ends_in_work=True
        ),
        "pro": EducationLevelFactory(code="pro", name="praktijkonderwijs", position=0),
    }


def by_key(found):
    return {station.stop.key: station.stop for station in found}


def test_group_and_alias_are_stations_without_a_level_in_common(levels):
    whole = HubFactory(slug="w", levels=[levels["kb"], levels["tl"]])
    only_tl = HubFactory(slug="m", levels=[levels["tl"]])
    ProgrammeFactory(hub=whole, levels=[levels["kb"], levels["tl"]])
    ProgrammeFactory.create_batch(2, hub=only_tl, levels=[levels["tl"]])
    found = {station.stop.key: station for station in stations(Taxonomy.load())}
    vmbo, mavo = found["vmbo"], found["vmbo_tl"]
    assert (vmbo.leaves, vmbo.stop.served, dict(vmbo.stop.counts)) == ((levels["kb"],), {"w"}, {"w": 1})
    assert (mavo.leaves, mavo.stop.served, dict(mavo.stop.counts)) == ((levels["tl"],), {"w", "m"}, {"w": 1, "m": 2})
    assert (mavo.stop.name, mavo.stop.note) == ("Mavo", "vmbo-tl")
    assert related_keys(vmbo, found.values()) == {"vmbo_tl"}


def test_an_alias_that_no_hub_serves_alone_stays_in_its_group(levels):
    HubFactory(slug="w", levels=[levels["kb"], levels["tl"]])
    assert "vmbo_tl" not in by_key(stations(Taxonomy.load()))


def test_a_level_lists_what_the_filter_finds(levels, client):
    HubFactory(slug="m", levels=[levels["tl"]])
    elsewhere = HubFactory(slug="n", levels=[levels["mbo_3"]])
    ProgrammeFactory(title="Mavo bij een ander", hub=elsewhere, levels=[levels["tl"]])
    ProgrammeFactory(title="Kader", hub=elsewhere, levels=[levels["kb"]])
    listed = [row.title for row in client.get("/leerlijn/vmbo_tl/").context["programmes"]]
    assert listed == [row.title for row in client.get("/programmas/?niveau=vmbo_tl").context["rows"]]
    assert listed == ["Mavo bij een ander"]


def test_phase_and_audience_make_a_station_too(levels):
    hub = HubFactory(
        slug="n", levels=[levels["mbo_3"]], phases=[Phase.POST_INITIAL], audiences=[Audience.CAREER_CHANGER]
    )
    ProgrammeFactory(hub=hub, phases=[Phase.POST_INITIAL])
    ProgrammeFactory(hub=hub, audiences=[Audience.CAREER_CHANGER])
    stops = by_key(stations(Taxonomy.load()))
    assert dict(stops[POST_INITIAL_KEY].counts) == {"n": 1}
    assert dict(stops[LATERAL_KEY].counts) == {"n": 1}


def test_drafts_do_not_count(levels):
    hub = HubFactory(slug="n", levels=[levels["mbo_3"]])
    ProgrammeFactory(hub=hub, levels=[levels["mbo_3"]], state="draft")
    assert dict(by_key(stations(Taxonomy.load()))["mbo"].counts) == {}


def test_counts_equal_what_the_station_lists(levels):
    hub = HubFactory(slug="w", levels=[levels["kb"], levels["tl"], levels["mbo_3"]], phases=[Phase.POST_INITIAL])
    ProgrammeFactory(hub=hub, levels=[levels["kb"], levels["mbo_3"]])
    ProgrammeFactory(hub=hub, levels=[levels["mbo_3"]], phases=[Phase.POST_INITIAL])
    for station in stations(Taxonomy.load()):
        assert station.programmes(Programme.objects.published()).count() == sum(station.stop.counts.values())


def test_unserved_levels_are_off_the_map_and_routes_are_lifted(levels):
    HubFactory(slug="w", levels=[levels["kb"], levels["tl"]])
    HubFactory(slug="n", levels=[levels["mbo_3"]])
    ProgressionFactory(from_level=levels["kb"], to_level=levels["mbo_3"])
    taxonomy = Taxonomy.load()
    drawn = network(stations(taxonomy), taxonomy)
    assert [stop.key for stop in drawn.stops] == ["vmbo", "mbo"]
    assert [(route.from_key, route.to_key) for route in drawn.routes] == [("vmbo", "mbo"), ("mbo", "work")]


def test_a_level_inside_a_station_has_a_page_too(levels):
    HubFactory(slug="w", levels=[levels["kb"], levels["tl"]])
    taxonomy = Taxonomy.load()
    station = of_key("vmbo_kb", stations(taxonomy), taxonomy)
    assert (station.stop.name, station.stop.hubs) == ("Vmbo kader", frozenset({"w"}))
    assert of_key("gymnasium", stations(taxonomy), taxonomy) is None


def test_one_query_for_any_number_of_programmes(levels, django_assert_num_queries):
    hub = HubFactory(slug="w", levels=[levels["kb"]])
    ProgrammeFactory.create_batch(30, hub=hub, levels=[levels["kb"]])
    taxonomy = Taxonomy.load()
    with django_assert_num_queries(1):
        network(stations(taxonomy), taxonomy)
