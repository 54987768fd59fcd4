"""The rules of what is on the pathway map, how tracks are ordered, and what the table says. Plain data."""

from __future__ import annotations

from hubs.pathway import lettering, strands
from hubs.pathway.network import CHANGE, OUTSIDE, WORK, Route, Stage, build_network
from hubs.pathway.picture import picture_of, table_rows
from tests.hubs.pathway_networks import LINES, NETWORKS, ROUTES, STOPS, M, N, W, network, served, stop


def test_what_no_hub_serves_is_left_out_unless_a_stop_would_lead_nowhere() -> None:
    keys = [found.key for found in NETWORKS["default"].stops]
    assert "pro" not in keys
    assert "hbo" in keys
    assert all("pro" not in (route.from_key, route.to_key) for route in NETWORKS["default"].routes)


def test_a_stop_that_a_hub_begins_to_serve_appears() -> None:
    assert "pro" in [found.key for found in network(served(STOPS, W, "pro")).stops]


def test_a_hub_may_serve_a_stop_before_it_has_a_programme() -> None:
    found = NETWORKS["no-programmes-yet"]
    assert found.strands(Route("basis", "vmbo")) == (W,)
    assert [cell.serves for cell in table_rows(found)[0].cells] == [True, False, True]


def test_a_route_shows_the_hubs_at_both_ends_or_a_change_or_travel_outside() -> None:
    default = NETWORKS["default"]
    assert default.strands(Route("basis", "havo")) == (W, M)
    assert default.strands(Route("vmbo", "mbo")) == (CHANGE,)
    assert default.strands(Route("vwo", "hbo")) == (OUTSIDE,)
    assert default.strands(Route("zij", WORK)) == (W,)


def test_routes_that_are_double_circular_or_unknown_are_dropped() -> None:
    found = build_network(
        STOPS, LINES, (*ROUTES, *ROUTES, Route("mbo", "mbo"), Route("mbo", "nergens"), Route("nergens", "mbo"))
    )
    assert found.routes == NETWORKS["default"].routes


def test_bundles_fan_out_without_crossing() -> None:
    ordered = strands.interleave([("W", "M"), ("W", "M"), ("M",), ("W",)])
    assert ordered == [("M", "W"), ("W", "M"), ("M",), ("W",)]
    assert strands.ports(ordered)[1] == 4


def test_too_many_tracks_become_one_per_line() -> None:
    ordered, single = strands.arrange([tuple("ABCDE")] * 5)
    assert single
    assert strands.ports(ordered, single=single)[1] == 5


def test_the_table_says_what_the_map_says() -> None:
    rows = table_rows(NETWORKS["default"])
    assert [row.stop.key for row in rows] == ["basis", "vmbo", "mavo", "havo", "vwo", "mbo", "post", "hbo", "zij"]
    numbers = {row.stop.key: {cell.line.slug: cell.number for cell in row.cells if cell.number} for row in rows}
    assert numbers["havo"] == {W: 1, M: 2}
    assert numbers["post"] == {N: 2}
    assert numbers["hbo"] == {}
    onward = {row.stop.key: [found.key for found in row.onward] + [WORK] * row.to_work for row in rows}
    assert onward["mavo"] == ["mbo", "havo"]
    assert onward["mbo"] == ["post", "hbo", WORK]


def test_every_hub_has_its_own_sample_in_the_legend() -> None:
    for name in ("default", "six-hubs-everywhere"):
        picture = picture_of(NETWORKS[name])
        weaves = [tuple((s.width, s.dash) for s in entry.strokes if s.css == "weave") for entry in picture.legend]
        assert len(set(weaves)) == len(picture.legend)


def test_an_empty_network_draws_an_empty_map() -> None:
    picture = picture_of(NETWORKS["empty"])
    assert picture.rows == ()
    assert picture.horizontal.strokes == picture.vertical.strokes == ()
    assert picture.horizontal.terminal is None


def test_names_break_at_spaces_and_hyphens_and_only_then_inside_words() -> None:
    assert lettering.lines("Post-initieel mbo", 17, 90) == ("Post-", "initieel", "mbo")
    assert lettering.lines("Mbo", 17, 90) == ("Mbo",)
    assert all(
        lettering.width(line, 17) <= 60 for line in lettering.lines("Gemengde leerweg met voorzieningen", 17, 60)
    )
    assert lettering.lines("", 17, 60) == ()


def test_a_stage_knows_its_stops_in_order() -> None:
    assert [found.key for found in NETWORKS["default"].at(Stage.SECONDARY)] == ["vmbo", "mavo", "havo", "vwo"]
    assert stop("a", "A", Stage.MBO, 1, {W: 1}).hubs == {W}
