"""From the waiting list to a seat, with real mails: one comes free, the first in line declines, the next accepts."""

import pytest

from tests.journeys.signing_up import FILL_SECONDS, Keyboard, mailing, open_link, state
from tests.journeys.test_every_page import faults_by_axe
from tests.journeys.test_narrow import FAULTS

PATIENCE = 60  # seconds for a mail: on a busy machine some nudges and sweeps expire
PROOF, OFFER, SEAT = 1, 3, 4  # the mails of whoever waits, by their number; the second says that they do


@pytest.fixture(scope="module")
def mails(portal, servers):
    with mailing(portal, servers) as server:
        yield server


class Pupil:
    """Somebody who signs up in a window of their own, with the keyboard alone."""

    def __init__(self, visitor, mails, name):
        self.visitor, self.page, self.keyboard = visitor, visitor.page, Keyboard(visitor)
        self.mails, self.name, self.email = mails, name, f"{name}@voorbeeld.example"

    def sign_up(self, place):
        """Up to the proof; gives the heading of the page that says what they have now."""
        self.visitor.open(place)
        self.keyboard.type("participant_name", self.name)
        self.keyboard.choose("age_band", 1)
        self.keyboard.type("email", self.email)
        self.keyboard.choose("privacy")
        self.page.wait_for_timeout(FILL_SECONDS * 1000)
        self.keyboard.press()
        return self.push(PROOF, "prove")

    def read(self, number):
        """Click the link of a mail; what its page says of the sign-up."""
        open_link(self.visitor, self.mails.wait_for(self.email, number, seconds=PATIENCE))
        return state(self.page)

    def push(self, number, button):
        """Click the link of a mail, then its page's button; what it says then."""
        self.read(number)
        self.keyboard.press("action", button)
        return state(self.page)

    def leave(self):
        """Give the seat back from the own page."""
        self.page.get_by_role("link", name="Meld je af").focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.keyboard.press()
        return state(self.page)


def test_an_offer_declined_and_accepted(visit, mails):
    seated = Pupil(visit(1280), mails, "zit")
    declines = Pupil(visit(320, java_script_enabled=False), mails, "wacht-niet")
    accepts = Pupil(visit(320, "dark"), mails, "wacht-wel")
    place = "/agenda/{one_seat}/aanmelden/"
    assert seated.sign_up(place) == "confirmed"
    assert declines.sign_up(place) == "waiting"
    assert accepts.sign_up(place) == "waiting"
    assert seated.leave() == "cancelled"

    assert declines.read(OFFER) == "offered"
    assert declines.page.evaluate(FAULTS, "") == []
    assert declines.push(OFFER, "decline") == "cancelled"

    assert accepts.read(OFFER) == "offered"
    assert faults_by_axe(accepts.page) + accepts.visitor.complaints() + accepts.page.evaluate(FAULTS, "") == []
    assert accepts.push(OFFER, "accept") == "confirmed"
    assert "plek is zeker" in mails.wait_for(accepts.email, SEAT, seconds=PATIENCE)["Subject"]
    assert declines.read(OFFER) == "cancelled"  # the old mail offers nothing any more
