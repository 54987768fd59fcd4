"""The journey of an import in a real browser: three faulty rows, mended, in. Axe and the policy on every page of it."""

import pytest

from content.domain.exchange.writing import CONTENT_TYPES
from hubs.models import Activity
from tests.exchanging import at, xlsx
from tests.factories.hubs import HubPartnerFactory, ProgrammeFactory
from tests.factories.partners import MembershipFactory
from tests.logging_in import log_in
from tests.looking import faults

HEAD = ["Nummer", "Programma", "Begin", "Einde", "Bijzonderheid"]
LONG_WORD = "Arbeidsongeschiktheidsverzekeringsmaatschappijmedewerkster"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(live_server, page):
    """The list of dates, opened by a partner's editor at a narrow window, with one programme."""
    programme = ProgrammeFactory(title="Leer lassen", slug="leer-lassen")
    membership = MembershipFactory()
    HubPartnerFactory(hub=programme.hub, partner=membership.partner)
    page.set_viewport_size({"width": 375, "height": 800})
    log_in(page, live_server.url, membership.user)
    page.goto(f"{live_server.url}/beheer/hubs/activity/")
    return page


def choose(page, *rows):
    content = xlsx(HEAD, *rows)
    page.get_by_label("Kies je ingevulde bestand").set_input_files(
        {"name": "data.xlsx", "mimeType": CONTENT_TYPES["xlsx"], "buffer": content}
    )
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    page.get_by_text("data.xlsx").wait_for()


def test_three_faulty_rows_are_mended_and_go_in(desk):
    desk.get_by_role("link", name="importeer een bestand").click()
    assert faults(desk) == []
    good = ["", "leer-lassen", at("2099-03-01 10:00"), at("2099-03-01 12:00"), LONG_WORD]
    choose(
        desk,
        good,
        ["", "leer-lasen", *good[2:]],
        ["", "leer-lassen", "1 maart", *good[3:]],
        ["", "leer-lassen", *good[2:4], "=A1"],
    )
    desk.get_by_role("heading", name="Verbeter eerst deze 3 rijen").wait_for()
    desk.get_by_text("“leer-lasen” kun je hier niet kiezen").wait_for()
    assert faults(desk) == []
    assert Activity.objects.count() == 0
    desk.get_by_role("link", name="Kies het verbeterde bestand").click()
    choose(desk, good, *[["", "leer-lassen", at(f"2099-03-0{day} 10:00"), "12.00", "mooi"] for day in (2, 3, 4)])
    assert faults(desk) == []
    desk.get_by_role("button", name="Ja, neem dit over").click()
    desk.get_by_text("Ingelezen: 4 nieuw, 0 gewijzigd.").wait_for()
    assert Activity.objects.count() == 4
