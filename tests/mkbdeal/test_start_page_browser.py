"""The start page, the guide and an empty list in a real browser: axe, the policy and the width.

`make test` sees each in one look, `make proof` in all.
"""

from datetime import timedelta

import pytest

from content import clock
from hubs.models import Hub
from tests.factories.partners import OfficeUserFactory, PartnerFactory
from tests.factories.signups import SignUpFactory
from tests.journeys.places import SCHEMES, WIDTHS
from tests.logging_in import log_in
from tests.looking import faults
from tests.mkbdeal.test_start_page import busy, programme_of, soon

LONG_WORD = "Hoogspanningsinstallatiemonteursopleidingsvoorlichtingsbijeenkomst"
LOOKS = [(width, scheme) for width in WIDTHS for scheme in SCHEMES]
STATES = ["full", "empty", "guide", "list"]
pytestmark = pytest.mark.django_db(transaction=True)


def prepared(state):
    """The address of the page, after making what it shows."""
    if state == "full":
        programme = programme_of(PartnerFactory(), title=LONG_WORD)
        for hours in (1, 30):
            soon(programme, hours=hours, cancelled_at=clock.now(), cancel_reason="Ziek")
        SignUpFactory(activity=soon(programme, hours=2, capacity=60))
        busy(programme)
        Hub.objects.update(changed_at=clock.now() - timedelta(days=999))
    return {"guide": "uitleg/", "list": "hubs/activity/"}.get(state, "")


def judge(page, live_server, state, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    log_in(page, live_server.url, OfficeUserFactory())
    page.goto(f"{live_server.url}/beheer/{prepared(state)}")
    assert faults(page) == []


@pytest.mark.parametrize(("state", "look"), [*zip(STATES, [LOOKS[0], LOOKS[3], LOOKS[1], LOOKS[2]], strict=True)])
def test_in_one_look(page, live_server, state, look):
    judge(page, live_server, state, *look)


@pytest.mark.proof("X1")
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("state", STATES)
def test_in_every_look(page, live_server, state, width, scheme):
    """axe, the policy and the width on the start page and the guide of the back office"""
    judge(page, live_server, state, width, scheme)
