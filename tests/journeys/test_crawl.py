"""What must hold on every page that can be reached over links, in both languages. By plain HTTP."""

import re
from collections import Counter

import pytest

from tests.journeys.places import LANGUAGES
from tests.journeys.reading import get, internal, read

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-src 'none'; "
    "frame-ancestors 'none'; base-uri 'none'; object-src 'none'",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)(?![^>]*application/ld\+json)", re.IGNORECASE
)


@pytest.fixture(scope="module")
def pages(crawled):
    return {path: read(answer.text) for path, answer in crawled.items() if answer.is_html}


def directives(policy):
    return {part.strip() for part in policy.split(";")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_enough_to_see(pages, language):
    english = [path for path in pages if path.startswith("/en/")]
    assert len(english if language == "en" else set(pages) - set(english)) >= 25


def test_no_broken_link(crawled):
    assert {path: answer.status for path, answer in crawled.items() if answer.status >= 300} == {}


def test_headers(crawled):
    for path, answer in crawled.items():
        given = {name: answer.headers.get(name) for name in HEADERS}
        given["content-security-policy"] = directives(given["content-security-policy"])
        assert given == {**HEADERS, "content-security-policy": directives(HEADERS["content-security-policy"])}, path
        assert "permissions-policy" in answer.headers, path
        has_form = "/aanmeld" in path or "/agenda/wens/" in path
        assert "set-cookie" not in answer.headers or has_form, path


def test_nothing_inline(crawled):
    found = {path: INLINE.findall(answer.text) for path, answer in crawled.items() if answer.is_html}
    assert {path: texts for path, texts in found.items() if texts} == {}


def test_nothing_from_elsewhere(portal, pages):
    foreign = {link for path, page in pages.items() for link in page.fetched if not internal(portal.origin, path, link)}
    assert foreign == set()


def test_everything_fetched_is_there(portal, pages):
    targets = {internal(portal.origin, path, link) for path, page in pages.items() for link in page.fetched}
    assert {target: status for target in targets if (status := get(portal.origin, target).status) != 200} == {}


def test_fragments_lead_somewhere(portal, crawled, pages):
    lost = set()
    for path, page in pages.items():
        for link in page.links:
            base, _, fragment = link.partition("#")
            target = internal(portal.origin, path, base) if base else path
            if fragment and target in pages and fragment not in pages[target].ids:
                lost.add((path, link))
    assert lost == set()


def test_one_heading_right_language_single_ids(pages):
    for path, page in pages.items():
        assert page.headings == 1, path
        assert page.lang == ("en" if path.startswith("/en/") else "nl"), path
        assert page.doubled_ids == [], path


def test_english_pages_speak_english(pages):
    found = {path: page.dutch for path, page in pages.items() if page.dutch}
    assert found == {}


def test_canonical_is_the_page_without_its_filters(portal, pages):
    for path, page in pages.items():
        number = re.search(r"[?&]pagina=(\d+)", path)
        expected = path.partition("?")[0] + (f"?pagina={number[1]}" if number and number[1] != "1" else "")
        assert page.canonical == portal.origin + expected, path


def test_titles_tell_pages_apart(pages):
    """The choices and pages of one list share a title; no two addresses in a language do."""
    addresses = {(page.lang, page.title.strip(), path.partition("?")[0]) for path, page in pages.items()}
    titles = Counter((lang, title) for lang, title, _ in addresses)
    assert [title for title, number in titles.items() if number > 1] == []
