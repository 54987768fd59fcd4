"""Every place in a browser: quiet, accessible, valid. Each place once in `make test`, in every look in `make proof`."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.places import LANGUAGES, LOOKS, PLACES, SCHEMES, WIDTHS, one_look_each
from tests.journeys.reading import read

# Everything that axe knows of WCAG A and AA up to 2.2, and best practice; target-size is off unless asked for.
RULES = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations", "incomplete"]}
axe = Axe()


def name_of(value):
    return getattr(value, "name", None) or "-".join(map(str, value))


def faults_by_axe(page):
    """What is wrong, and what axe cannot decide; each as rule, element and reason."""
    found = axe.run(page, options=RULES).response
    return [
        f"{kind} {rule['id']}: {node['target']} {node['failureSummary' if kind == 'violations' else 'html'][:300]}"
        for kind in ("violations", "incomplete")
        for rule in found[kind]
        for node in rule["nodes"]
    ]


def judge(visitor, place, language):
    visitor.open(place, language)
    assert visitor.complaints() == []
    assert faults_by_axe(visitor.page) == []


@pytest.mark.parametrize(("place", "look"), one_look_each(), ids=name_of)
def test_in_one_look(visit, place, look):
    language, width, scheme = look
    judge(visit(width, scheme), place, language)


@pytest.mark.proof
@pytest.mark.parametrize("look", LOOKS, ids=name_of)
@pytest.mark.parametrize("place", PLACES, ids=name_of)
def test_in_every_look(visit, place, look):
    language, width, scheme = look
    judge(visit(width, scheme), place, language)
