"""Values that no form sends, on every public route: never a broken page, never slow, never a value shown as code."""

import time
from itertools import product
from urllib.parse import quote

import pytest

from tests.journeys.reading import get

MARKER = "<script>proef()</script>"
VALUES = [
    "",
    " ",
    "0",
    "-1",
    "1e9",
    "1" + "0" * 30,
    "NaN",
    "١٢",
    "²",
    "morgen",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "10000-01-01",
    "x" * 3000,
    "a b " * 500,
    MARKER,
    f'"{MARKER}',
    f"' onload={MARKER}",
    "'; drop table hubs_hub; --",
    "%",
    "_%\\",
    "\\",
    "../../etc/passwd",
    "{{ 7|add:7 }}{% debug %}",
    "javascript:alert(1)",
    "\r\nSet-Cookie: proef=1",
    "é" * 200,
    "\u202eneppe tekst",
    "\ufeff",
    "👷🏽‍♀️",
    "=1+1",
]
RAW = ["%00", "%ed%a0%80", "%ff%fe", "%", "%zz", "%c0%af", "+", "%0d%0a", "&&&=;", "q=1&q=2&" * 40]
FIELDS = ["q", "niveau", "thema", "hub", "doelgroep", "vorm", "van", "tot", "vrij", "weergave", "pagina", "onbekend"]
LISTS = ["/programmas/", "/agenda/", "/en/agenda/"]
PAGES = ["/", "/hubs/", "/leerlijn/", "/partners/", "/nieuws/", "/contact/", "/sitemap.xml", "/robots.txt", "/healthz"]
SLOTS = [
    "/hubs/{}/",
    "/programmas/{}/",
    "/agenda/{}/",
    "/leerlijn/{}/",
    "/partners/{}/",
    "/nieuws/{}/",
    "/{}/",
    "/en/{}",
    "/media/{}",
    "/static/{}",
    "/sitemap-{}.xml",
]
SLOWEST, PATIENCE = 2, 20  # seconds: the bar, for the proof; among tests that run beside it, what is no hanging
WITHIN = pytest.mark.parametrize("slowest", [PATIENCE, pytest.param(SLOWEST, marks=pytest.mark.proof("N1"))])


def attack(portal, paths, slowest):
    """What went wrong, by path."""
    wrong = {}
    for path in paths:
        started = time.monotonic()
        answer = get(portal.origin, path)
        seconds = time.monotonic() - started
        shown = answer.is_html and MARKER.encode() in answer.body
        if answer.status >= 500 or seconds > slowest or shown or "set-cookie" in answer.headers:
            wrong[path[:200]] = (answer.status, round(seconds, 2), shown)
    return wrong


@WITHIN
@pytest.mark.parametrize("base", ["/programmas/", "/agenda/"])
def test_filters(portal, base, slowest):
    """Each value in a field by turns; the values that matter most in every field."""
    pairs = [(FIELDS[number % len(FIELDS)], value) for number, value in enumerate(VALUES * 2)]
    pairs += product(FIELDS, [MARKER, "1" + "0" * 30])
    paths = [f"{base}?{field}={quote(value)}" for field, value in pairs]
    assert attack(portal, paths + [f"{base}?{raw}" for raw in RAW], slowest) == {}


@WITHIN
def test_pages_without_filters(portal, slowest):
    paths = [f"{page}?pagina={quote(value)}&{quote(value)}=1" for page, value in zip(PAGES * 4, VALUES, strict=False)]
    assert attack(portal, paths, slowest) == {}


@WITHIN
@pytest.mark.parametrize("slot", SLOTS)
def test_addresses(portal, slot, slowest):
    values = [quote(value, safe="") for value in VALUES if value] + RAW
    assert attack(portal, [slot.format(value) for value in values[SLOTS.index(slot) % 2 :: 2]], slowest) == {}


@pytest.mark.proof("N1")
@pytest.mark.timeout(900)
@pytest.mark.parametrize("base", LISTS + PAGES)
def test_every_value_in_every_field(portal, base):
    """hostile values in every query field of every route"""
    values = [quote(value) for value in VALUES] + RAW
    paths = [f"{base}?{field}={value}" for field, value in product(FIELDS, values)]
    assert attack(portal, paths, SLOWEST) == {}


def test_faulty_values_are_named(portal):
    html = get(portal.origin, "/programmas/?niveau=onzin&pagina=0").text
    assert "Deze keuze kennen we niet: onzin" in html
    assert "Dat paginanummer kennen we niet" in html
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "a b", ""])
def test_a_foreign_host_is_refused(portal, host):
    answer = get(portal.origin, "/", {"Host": host})
    assert answer.status == 400
    assert b"evil.example" not in answer.body
