"""Every place in a browser: nothing wrong in the console, nothing that axe finds.

`make test` sees each place once, `make proof` sees it in every look.
"""

import pytest

from tests.journeys.contrast import too_faint
from tests.journeys.places import LOOKS, PLACES, one_look_each
from tests.looking import by_axe


def name_of(value):
    return getattr(value, "name", None) or "-".join(map(str, value))


def faults_by_axe(page):
    """What is wrong, and what axe leaves open; the contrast that it cannot compute is measured on the screen."""
    found = by_axe(page)
    wrong = [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    left_open = [(rule["id"], node) for rule in found["incomplete"] for node in rule["nodes"]]
    undecided = [f"undecided {rule}: {node['html']}" for rule, node in left_open if rule != "color-contrast"]
    unclear = [node["target"][0] for rule, node in left_open if rule == "color-contrast"]
    return wrong + undecided + too_faint(page, unclear)


def judge(visitor, place, language):
    visitor.open(place, language)
    faults = visitor.complaints() + faults_by_axe(visitor.page)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("place", "look"), one_look_each(), ids=name_of)
def test_in_one_look(visit, place, look):
    language, width, scheme = look
    judge(visit(width, scheme), place, language)


@pytest.mark.proof("X1")
@pytest.mark.parametrize("look", LOOKS, ids=name_of)
@pytest.mark.parametrize("place", PLACES, ids=name_of)
def test_in_every_look(visit, place, look):
    """axe and the console on every place in every language, width and scheme"""
    language, width, scheme = look
    judge(visit(width, scheme), place, language)
