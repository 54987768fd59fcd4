"""The templates of the pathway print what was drawn: links with a spoken label, numbers with points, no inline style.
The templates of the pathway print what was drawn: links with a spoken label, numbers with points, no inline style."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from hubs.pathway.picture import picture_of
from tests.hubs.pathway_networks import NETWORKS


def printed(name: str, template: str) -> str:
    with translation.override("nl"):
        return render_to_string(f"hubs/pathway/{template}.html", {"pathway": picture_of(NETWORKS[name])})


@pytest.mark.parametrize("name", NETWORKS)
def test_the_maps_are_plain_svg(name: str) -> None:
    html = printed(name, "maps")
    assert "style=" not in html
    assert "<style" not in html
    coordinates = re.findall(r' (?:x|y|width|height|font-size|stroke-width|rx|d|viewBox)="([^"]*)"', html)
    assert all("," not in found for found in coordinates)
    assert html.count('<a href="/leerlijn/') == 2 * len(NETWORKS[name].stops)


def test_every_station_says_what_it_offers() -> None:
    html = printed("default", "maps")
    assert html.count('aria-label="Vmbo: 3 programma\'s, Technohub Woerden 3"') == 2
    assert html.count('aria-label="Zij-instromers: 1 programma, Technohub Woerden 1"') == 2
    assert html.count('aria-label="hbo, wo: verder leren buiten de hubs"') == 2


def test_the_table_has_a_caption_scopes_and_a_row_per_stop() -> None:
    html = printed("default", "table")
    assert "<caption>De leerlijn als tabel</caption>" in html
    assert html.count('<th scope="row">') == len(NETWORKS["default"].stops)
    assert html.count('<th scope="col">') == 5
    assert "1 programma<" in html
    assert "3 programma's" in html
