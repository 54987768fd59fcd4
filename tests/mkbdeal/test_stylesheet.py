"""One stylesheet out of many sources: order, comments, what is served, and the size rule."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles import finders

from mkbdeal.stylesheet import BUNDLE, StylesheetFinder, bundle

ROOT = Path(__file__).parents[2]
CSS = ROOT / "static" / "css"


@pytest.fixture
def finder(tmp_path: Path, settings: LazySettings) -> StylesheetFinder:
    settings.DATA_FOLDER = tmp_path
    return StylesheetFinder()


def test_sources_stand_in_order_without_comments(tmp_path: Path) -> None:
    for name in (
        "pages/home.css",
        "components/b.css",
        "components/a.css",
        "layout.css",
        "tokens.css",
        "base.css",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"/* what\nit is */\n.{path.stem}{{color:red}}\n", "utf-8")
    expected = [".tokens", ".base", ".layout", ".a", ".b", ".home"]
    assert bundle(tmp_path).split() == [f"{name}{{color:red}}" for name in expected]


def test_bundle_takes_the_place_of_its_sources(finder: StylesheetFinder) -> None:
    paths = [path for path, _storage in finder.list([])]
    assert [path for path in paths if path.startswith("css/")] == [BUNDLE]
    assert "img/favicon.svg" in paths
    assert not finder.find("css/tokens.css")
    assert finder.find("img/favicon.svg")


def test_found_file_is_the_bundle_of_now(finder: StylesheetFinder, tmp_path: Path) -> None:
    found = Path(finder.find(BUNDLE))
    assert found.is_relative_to(tmp_path)
    assert found.read_text("utf-8") == bundle(CSS)
    found.write_text("stale", "utf-8")
    assert Path(finder.find(BUNDLE, find_all=True)[0]).read_text("utf-8") == bundle(CSS)


def test_collected_file_can_be_opened(finder: StylesheetFinder) -> None:
    storage = dict(finder.list([]))[BUNDLE]
    with storage.open(BUNDLE) as file:
        assert file.read().decode() == bundle(CSS)


def test_settings_use_the_finder() -> None:
    assert finders.find(BUNDLE)
    assert not finders.find("css/base.css")


@pytest.mark.parametrize("path", sorted(CSS.rglob("*.css")), ids=lambda path: path.name)
def test_source_is_short_says_what_it_is_and_fetches_nothing(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 120
    assert text.startswith("/* ")
    assert "@import" not in text
    assert "url(" not in text
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("path", sorted((CSS / "components").glob("*.css")), ids=lambda path: path.stem)
def test_only_tokens_name_colours_of_the_page(path: Path) -> None:
    """A component may fix a ground of its own (white on a field), but what changes with the scheme is a token."""
    text = path.read_text("utf-8")
    assert "--paper:" not in text
    assert "--ink:" not in text
