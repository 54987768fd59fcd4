"""What both drawings of the pathway must hold for every network: nothing overlaps or lies outside, no line passes by.
What both drawings of the pathway must hold for every network: nothing overlaps or lies outside, no line passes by."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest

from hubs.pathway.horizontal import draw_horizontal
from hubs.pathway.network import CHANGE, OUTSIDE, Line, Network
from hubs.pathway.shapes import Box, Drawing, Stroke
from hubs.pathway.vertical import draw_vertical
from tests.hubs.pathway_networks import LINES, NETWORKS, STOPS, M, N, W, network, served

DRAWERS = {"horizontal": draw_horizontal, "vertical": draw_vertical}
every_drawing = pytest.mark.parametrize("name,orientation", [(name, way) for name in NETWORKS for way in DRAWERS])


def drawing_of(name: str, orientation: str) -> tuple[Network, Drawing]:
    return NETWORKS[name], DRAWERS[orientation](NETWORKS[name])


def label_boxes(drawing: Drawing) -> list[tuple[str, Box]]:
    return [(f"{s.stop.key} {word.text}", word.box) for s in drawing.stations for word in s.label]


def passes(stroke: Stroke, box: Box) -> bool:
    """Whether the middle of the stroke comes within half its width of the box; corners count as sharp."""
    near = stroke.width / 2
    for (x0, y0), (x1, y1) in pairwise(stroke.points):
        steps = max(2, int(max(abs(x1 - x0), abs(y1 - y0)) / 2))
        for step in range(steps + 1):
            x, y = x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps
            if box.x - near < x < box.x + box.width + near and box.y - near < y < box.y + box.height + near:
                return True
    return False


def hub_tracks(drawing: Drawing) -> Iterator[Stroke]:
    return (s for s in drawing.strokes if s.css.startswith("track "))


@every_drawing
def test_every_stop_is_a_link_with_its_number(name: str, orientation: str) -> None:
    network, drawing = drawing_of(name, orientation)
    assert sorted(s.stop.key for s in drawing.stations) == sorted(stop.key for stop in network.stops)
    for station in drawing.stations:
        assert station.stop.url
        assert station.total == sum(station.stop.counts.values()) == sum(count.number for count in station.counts)
        assert (station.number is None) == (not station.stop.hubs)
        assert "".join(word.text for word in station.label).replace("-", "").replace(
            " ", ""
        ) == station.stop.name.replace("-", "").replace(" ", "")


@every_drawing
def test_labels_keep_apart(name: str, orientation: str) -> None:
    _, drawing = drawing_of(name, orientation)
    labels = label_boxes(drawing)
    assert [(a, b) for (a, one), (b, other) in combinations(labels, 2) if one.overlaps(other)] == []
    stations = [(s.stop.key, box) for s in drawing.stations if s.number for box in s.boxes]
    assert [(a, key) for a, one in labels for key, box in stations if one.overlaps(box)] == []


@every_drawing
def test_stations_keep_apart(name: str, orientation: str) -> None:
    _, drawing = drawing_of(name, orientation)
    stations = [(s.stop.key, box) for s in drawing.stations for box in s.boxes]
    assert [(a, b) for (a, one), (b, other) in combinations(stations, 2) if a != b and one.overlaps(other)] == []


@every_drawing
def test_no_line_passes_a_stop_it_does_not_serve(name: str, orientation: str) -> None:
    _, drawing = drawing_of(name, orientation)
    wrong = [
        (track.strand, station.stop.key)
        for track in hub_tracks(drawing)
        for station in drawing.stations
        if track.strand not in station.stop.hubs
        for box in station.boxes
        if passes(track, box)
    ]
    assert wrong == []


@every_drawing
def test_every_line_reaches_every_stop_it_serves(name: str, orientation: str) -> None:
    network, drawing = drawing_of(name, orientation)
    for station in drawing.stations:
        for line in network.lines:
            if line.slug in station.stop.hubs:
                own = [t for t in hub_tracks(drawing) if t.strand == line.slug]
                assert any(passes(track, box) for track in own for box in station.boxes), (
                    line.letter,
                    station.stop.key,
                )
                assert any(badge.letter == line.letter for badge in drawing.badges) or not network.ways()


@every_drawing
def test_everything_lies_on_the_sheet(name: str, orientation: str) -> None:
    _, drawing = drawing_of(name, orientation)
    sheet = Box(-1, -1, drawing.width + 2, drawing.height + 2)
    boxes = [box for _, box in label_boxes(drawing)] + [box for s in drawing.stations for box in s.boxes]
    boxes += [badge.box for badge in drawing.badges] + ([drawing.terminal.box] if drawing.terminal else [])
    for box in boxes:
        assert sheet.x <= box.x < box.x + box.width <= sheet.x + sheet.width, box
        assert sheet.y <= box.y < box.y + box.height <= sheet.y + sheet.height, box
    for stroke in drawing.strokes:
        # Who steps in later comes from beyond the left edge of a phone; nothing else leaves the sheet.
        assert all(-41 <= x <= drawing.width + 1 and -1 <= y <= drawing.height + 5 for x, y in stroke.points), stroke


def test_work_keeps_a_margin_in_the_widest_type() -> None:
    """Werk and Work are 2.9 em in DejaVu Sans Bold, measured in Chromium."""
    _, drawing = drawing_of(next(iter(NETWORKS)), "horizontal")
    assert drawing.terminal
    assert drawing.terminal.box.width - 2.9 * drawing.terminal.size >= 16


@every_drawing
def test_targets_and_letters_are_large_enough(name: str, orientation: str) -> None:
    """At 320 px the vertical map is drawn at its own size; the horizontal one at least at four fifths."""
    _, drawing = drawing_of(name, orientation)
    scale = 1 if orientation == "vertical" else 0.75
    for station in drawing.stations:
        assert max(box.width for box in station.boxes) * scale >= 24
        assert max(box.height for box in station.boxes) * scale >= 24
        assert all(word.size * scale >= 15 for word in station.label)


def crossings(drawing: Drawing, one: str, other: str) -> int:
    """How often tracks of two hubs cross, stations apart."""

    def side(ax: float, ay: float, bx: float, by: float, cx: float, cy: float) -> float:
        return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)

    found = 0
    for first in (s for s in hub_tracks(drawing) if s.strand == one):
        for second in (s for s in hub_tracks(drawing) if s.strand == other):
            for a, b in pairwise(first.points):
                for c, d in pairwise(second.points):
                    found += side(*a, *b, *c) * side(*a, *b, *d) < 0 and side(*c, *d, *a) * side(*c, *d, *b) < 0
    return found


@pytest.mark.parametrize("orientation", DRAWERS)
def test_the_lines_of_the_three_hubs_do_not_cross(orientation: str) -> None:
    _, drawing = drawing_of("default", orientation)
    assert {(a, b): crossings(drawing, a, b) for a, b in combinations((W, N, M), 2)} == {
        (W, N): 0,
        (W, M): 0,
        (N, M): 0,
    }


@pytest.mark.parametrize("orientation", DRAWERS)
def test_the_network_of_the_deal(orientation: str) -> None:
    network, drawing = drawing_of("default", orientation)
    assert {s.stop.key: s.total for s in drawing.stations} == {
        "basis": 4, "vmbo": 3, "mavo": 3, "havo": 3, "vwo": 3, "mbo": 3, "post": 2, "hbo": 0, "zij": 1,
    }  # fmt: skip
    ways = {(r.from_key, r.to_key): found for r, found in network.ways().items()}
    assert ways == {
        ("basis", "vmbo"): (W,),
        ("basis", "mavo"): (W, M),
        ("basis", "havo"): (W, M),
        ("basis", "vwo"): (W, M),
        ("vmbo", "mbo"): (CHANGE,),
        ("mavo", "mbo"): (CHANGE,),
        ("havo", "mbo"): (CHANGE,),
        ("havo", "hbo"): (OUTSIDE,),
        ("vwo", "hbo"): (OUTSIDE,),
        ("mbo", "post"): (N,),
        ("mbo", "hbo"): (OUTSIDE,),
        ("post", "work"): (N,),
        ("hbo", "work"): (OUTSIDE,),
        ("zij", "post"): (CHANGE,),
        ("zij", "work"): (W,),
    }
    weaves = {s.strand: s.width for s in drawing.strokes if s.css == "weave"}
    assert set(weaves) == {N, M}
    assert len(set(weaves.values())) == 2


def test_a_new_hub_leaves_the_lines_of_the_others_as_they_are() -> None:
    newcomer = Line("eerst", "E", "Werkplaats E", "teal", "/hubs/eerst/")
    before, after = (
        {s.strand: (s.width, s.dash) for s in draw_horizontal(found).strokes if s.css == "weave"}
        for found in (network(), network(served(STOPS, "eerst", "vmbo mbo"), (newcomer, *LINES)))
    )
    assert before.items() <= after.items()


@pytest.mark.parametrize("name", NETWORKS)
def test_letters_keep_apart_on_the_horizontal_map(name: str) -> None:
    badges = drawing_of(name, "horizontal")[1].badges
    assert [(a.letter, b.letter) for a, b in combinations(badges, 2) if a.box.overlaps(b.box)] == []


@pytest.mark.parametrize("stops", ["vmbo", "havo", "mbo", "basis", "zij"])
def test_a_hub_with_one_stop_has_its_own_line_and_letter(stops: str) -> None:
    for draw in DRAWERS.values():
        drawing = draw(network(served(STOPS, "x", stops), (*LINES, Line("x", "X", "X", "purple", "/hubs/x/"))))
        (badge,) = {b.box for b in drawing.badges if b.letter == "X"}
        assert not any(badge.overlaps(b.box) for b in drawing.badges if b.letter != "X" and draw is draw_horizontal)


@pytest.mark.parametrize("name", ["default", "fourth-hub", "fifth-hub", "hub-everywhere"])
def test_no_line_runs_over_the_name_of_the_first_school(name: str) -> None:
    _, drawing = drawing_of(name, "horizontal")
    (words,) = next(s.label for s in drawing.stations if s.stop.key == "basis")
    letters = Box(words.x, words.y - 17, words.box.width * 0.93, 17)  # widths are estimated on the safe side
    assert [track.strand for track in hub_tracks(drawing) if passes(track, letters)] == []


def test_a_line_by_which_one_steps_in_later_has_its_letter_on_a_phone() -> None:
    drawing = draw_vertical(network(served(STOPS, N, "zij")))
    station = next(s for s in drawing.stations if s.stop.key == "zij")
    near = [b for b in drawing.badges if b.letter == "N" and b.box.y > station.boxes[0].y - 120 and b.box.x < 120]
    assert len(near) == 1
