"""How the own page reads what has run out, before the sweep has noted it."""

from datetime import UTC, datetime, timedelta

import pytest

from content import clock, dates
from signups.domain import seats
from signups.models import Ending, State
from tests.factories.signups import SignUpFactory
from tests.signups.visiting import open_own

pytestmark = pytest.mark.django_db
SOON = timedelta(hours=3)  # from now
PAST = datetime(2020, 9, 5, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"state": State.OFFERED, "offer_expires_at": PAST}, ["Je staat op de wachtlijst", "Ga van de wachtlijst af"]),
        ({"state": State.OFFERED, "offer_expires_at": PAST, "offers_run_out": 1}, ["Je hebt niet op tijd gekozen."]),
        (
            {"state": State.OFFERED, "offer_expires_at": PAST, "activity__starts_at": SOON},
            ["Je hebt niet op tijd gekozen."],
        ),
        (
            {"state": State.OFFERED, "activity__starts_at": -SOON, "activity__signup_closes_at": None},
            ["Je hebt niet op tijd gekozen."],
        ),
        ({"state": State.WAITING, "activity__signup_closes_at": PAST}, ["De wachtlijst is gesloten."]),
    ],
)
def test_what_ran_out_reads_as_after_the_sweep(client, given, said):
    if "activity__starts_at" in given:
        given = given | {"activity__starts_at": clock.now() + given["activity__starts_at"]}
    entry = SignUpFactory(**{"activity__capacity": 1} | given)
    SignUpFactory(activity=entry.activity, state=State.WAITING)  # else what comes free is offered to the same one
    page = open_own(client, entry)
    assert "Dit aanbod is verlopen." in client.post(page, {"action": "accept"}).text
    for sweep in (lambda: None, lambda: seats.tidy(activity_id=entry.activity_id, now=clock.now())):
        sweep()
        text = client.get(page).text
        assert [sentence for sentence in said if sentence not in text] == []
        assert ("Deze aanmelding is voorbij" in text) == ("Je staat op de wachtlijst" not in said)
        assert "Ja, ik neem de plek" not in text


def test_whose_first_offer_ran_out_waits_behind_the_others(client):
    entry = SignUpFactory(state=State.OFFERED, offer_expires_at=PAST)
    SignUpFactory.create_batch(2, activity=entry.activity, state=State.WAITING)
    assert "Er zijn 2 aanmeldingen vóór je." in client.get(open_own(client, entry)).text


def test_an_offer_stands_as_told_after_a_closing_that_was_moved_forward(client):
    entry = SignUpFactory(state=State.OFFERED, offer_expires_at=clock.now() + SOON, activity__signup_closes_at=PAST)
    until = dates.moment(entry.offer_expires_at)
    page = client.get(open_own(client, entry)).text
    assert f"Kies vóór {until}." in page and "Ja, ik neem de plek" in page


def test_no_seat_comes_free_of_a_cancelled_date(client):
    closes = clock.now() + SOON
    given = {"activity__signup_closes_at": closes, "activity__cancelled_at": clock.now()}
    entry = SignUpFactory(state=State.EXPIRED, ending=Ending.LIST_CLOSED, activity__cancel_reason="Ziekte.", **given)
    page = client.get(open_own(client, entry)).text
    assert "De wachtlijst is gesloten." in page
    assert "Komt er toch nog een plek vrij?" not in page
