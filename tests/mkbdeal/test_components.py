"""Every component renders, says what it takes, and carries no inline style or script; drawings and links are right."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from hubs.models.theme import Pictogram
from mkbdeal.templatetags.components import icon, pictogram, seat_squares
from mkbdeal.templatetags.site_links import (
    absolute_url,
    canonical_url,
    footer,
    language_links,
    masthead,
    menu,
    menu_groups,
)

TEMPLATES = Path(__file__).parents[2] / "templates"
ALL = sorted([*TEMPLATES.glob("*.html"), *TEMPLATES.glob("components/*.html")])


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_template_is_short_documented_and_fit_for_the_policy(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 150
    assert "{% comment %}" in text
    assert not re.search(r"\s(style|on[a-z]+)=\"", text)
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("name", Pictogram.values)
def test_every_pictogram_is_drawn_on_the_grid(name: str) -> None:
    drawing = pictogram(name)
    assert 'viewBox="0 0 96 96"' in drawing
    assert 'aria-hidden="true"' in drawing
    assert (TEMPLATES / "pictograms" / f"{name}.svg.html").exists()


def test_unknown_pictogram_is_the_neutral_one() -> None:
    assert pictogram("../base") == pictogram("no-such-machine") == pictogram("tool")


def test_unknown_icon_is_nothing() -> None:
    assert icon("no-such-icon") == ""
    assert "icon-arrow" in icon("arrow")


def test_seat_squares_count_taken_and_free() -> None:
    svg = seat_squares([True] * 8 + [False] * 6)
    taken, free = re.findall(r' d="([^"]+)"', svg)
    assert taken.count("M") == 8
    assert free.count("M") == 6
    assert 'height="32"' in svg  # two lines
    assert seat_squares([]) == ""


ROW: dict[str, Any] = {
    "url": "/agenda/7/",
    "title": "Lassen <b>",
    "title_lang": "nl",
    "starts_iso": "2026-12-02T13:30+01:00",
    "spoken": "woensdag 2 december 2026, 13.30 tot 16.00 uur",
    "day": "2",
    "month": "dec",
    "for_whom": "Vmbo",
    "is_for_classes": True,
    "meeting_count": 3,
    "is_example": True,
    "hub": {"letter": "W", "colour": "orange", "name": "Technohub", "town": "Woerden"},
    "seats": {
        "text": "nog 3 van 8 plekken",
        "level": "few",
        "squares": [True] * 5 + [False] * 3,
    },
}


def test_departure_row_says_it_all_without_the_picture() -> None:
    html = render_to_string("components/departure_row.html", {"row": ROW})
    said = re.sub(r'<(\w+)[^>]*aria-hidden="true"[^>]*>.*?</\1>', "", html, flags=re.DOTALL)
    for text in (
        ROW["spoken"],
        "nog 3 van 8 plekken",
        "Technohub",
        "3 keer",
        "voor klassen",
        "voorbeeld",
        "Lassen &lt;b&gt;",
    ):
        assert text in said
    assert 'lang="nl"' in html


def test_programme_row_without_date_hub_or_drawing() -> None:
    html = render_to_string(
        "components/programme_row.html",
        {"row": {"url": "/", "title": "T", "pictogram": "unknown"}},
    )
    assert "Nog geen datum" in html
    assert "hub-badge" not in html
    assert "<svg" in html


@pytest.mark.parametrize("code", [400, 403, 404, 500, 503])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_error_page_needs_nothing(code: int, language: str) -> None:
    with override(language):
        html = render_to_string(f"{code}.html")
    assert html.count("<h1") == 1
    assert f'<html lang="{language}"' in html
    assert 'content="noindex"' in html
    assert 'rel="canonical"' not in html


def test_canonical_keeps_the_page_number_alone() -> None:
    request = RequestFactory().get("/programmas/?hub=x&pagina=3&utm_source=y", headers={"host": "testserver"})
    assert canonical_url(Context({"request": request})) == absolute_url("/programmas/?pagina=3")


@pytest.mark.parametrize("number", ["1", "0", "-1", "abc", "9" * 30, "3&x=<b>", ""])
def test_canonical_drops_a_page_number_that_is_none(number: str) -> None:
    request = RequestFactory().get("/programmas/", {"pagina": number})
    assert canonical_url(Context({"request": request})) == absolute_url("/programmas/")


def test_language_links_keep_the_filters_for_people_only() -> None:
    request = RequestFactory().get("/programmas/?hub=x")
    dutch, english = language_links(Context({"request": request}))
    assert (dutch.code, english.code) == ("nl", "en")
    assert english.url == "/en/programmas/?hub=x"
    assert english.canonical == absolute_url("/en/programmas/")


def test_page_outside_the_languages_has_no_other_language() -> None:
    assert language_links(Context({"request": RequestFactory().get("/healthz")})) == []
    assert language_links(Context()) == []


def test_an_address_that_starts_with_two_slashes_is_no_link() -> None:
    request = RequestFactory().get("/")
    request.path = "//evil.example/hubs/"
    assert language_links(Context({"request": request})) == []


def test_menu_marks_where_you_are() -> None:
    current = {
        link.label: link.current for link in menu(Context({"request": RequestFactory().get("/hubs/x/")}), "main")
    }
    assert current["Hubs"] == "true"
    assert current["Agenda"] == ""
    exact = {link.label: link.current for link in menu(Context({"request": RequestFactory().get("/agenda/")}), "main")}
    assert exact["Agenda"] == "page"


def test_the_group_with_this_page_stands_open() -> None:
    groups = menu_groups(Context({"request": RequestFactory().get("/voor-ouders/")}))
    assert [(group.label, group.is_current) for group in groups] == [("Voor wie", True), ("Over ons", False)]
    assert [link.label for link in groups[0].links if link.current] == ["Voor ouders"]


def test_menu_speaks_the_active_language() -> None:
    with override("en"):
        assert all(link.url.startswith("/en/") for link in menu(Context(), "main"))


def shown_at(path: str) -> str:
    context = Context({"request": RequestFactory().get(path)})
    return masthead(context, language_links(context))


def test_what_is_kept_of_the_masthead_is_of_this_very_page() -> None:
    """One kept too widely would mark another page, lose the filters or speak the other language."""
    paths = ("/agenda/", "/agenda/?hub=x", "/hubs/", "/healthz")
    first = {path: shown_at(path) for path in paths}
    assert len(set(first.values())) == len(paths)
    assert {path: shown_at(path) for path in reversed(paths)} == first
    assert 'href="/agenda/" aria-current="page"' in first["/agenda/"]
    assert 'href="/en/agenda/?hub=x"' in first["/agenda/?hub=x"]
    with override("en"):
        assert "For companies" in shown_at("/en/agenda/")
        assert "For companies" in footer()
    assert "Voor bedrijven" in first["/agenda/"]
    assert "Voor bedrijven" in footer()


def test_content_is_escaped_in_a_state_banner() -> None:
    html = Template('{% include "components/state_banner.html" with kind="warning" title=text %}').render(
        Context({"text": "<script>"})
    )
    assert "<script>" not in html
