"""Signing up from the form to the certain seat, with real mails: by keyboard alone, without JavaScript, on a phone."""

import itertools
import re
import time

import pytest

from tests.journeys.signing_up import FILL_SECONDS, Keyboard, mailing, open_link, state
from tests.journeys.test_every_page import faults_by_axe
from tests.journeys.test_narrow import FAULTS

WINDOWS = pytest.mark.parametrize(
    ("width", "scheme", "scripted"), [(320, "dark", True), (1280, "light", False)], ids=["phone", "without scripts"]
)
PATIENCE = 60  # seconds for a mail: on a busy machine some nudges and sweeps expire
numbers = itertools.count(1)


@pytest.fixture(scope="module")
def mails(portal, servers):
    with mailing(portal, servers) as server:
        yield server


@pytest.fixture
def address():
    return f"bezoeker{next(numbers)}@voorbeeld.example"  # the stage has an "aanmelder" of every number


@pytest.fixture
def judged():
    """`judged(visitor)` fails for what axe, the console or a narrow window finds on the page as it is now."""

    def judge(visitor, *, scripted):
        if scripted:
            found = faults_by_axe(visitor.page) + visitor.complaints() + visitor.page.evaluate(FAULTS, "")
            assert found == []

    return judge


def fill_person(keyboard, address, *, under_16=False):
    keyboard.type("participant_name", "Leerling 0417")
    keyboard.choose("age_band", 0 if under_16 else 1)
    keyboard.choose("audience")
    keyboard.type("education_level", "havo")
    if under_16:
        keyboard.type("guardian_name", "Ouder 12")
        keyboard.type("guardian_email", address)
    else:
        keyboard.type("email", address)
    keyboard.choose("privacy")


@WINDOWS
def test_a_person(visit, mails, address, judged, width, scheme, scripted):
    visitor = visit(width, scheme, java_script_enabled=scripted)
    page, keyboard = visitor.page, Keyboard(visitor)
    visitor.open("/agenda/{sign_up}/")
    page.get_by_role("link", name="Meld je aan", exact=True).click()
    started = time.monotonic()
    keyboard.press()
    assert page.evaluate("document.activeElement.className") == "error-summary"
    judged(visitor, scripted=scripted)
    fill_person(keyboard, address)
    assert page.locator(".is-invalid, .invalid-feedback").count() == 0 or not scripted
    time.sleep(max(0, FILL_SECONDS - (time.monotonic() - started)))
    keyboard.press()
    assert state(page) == "requested"
    assert address in page.inner_text("main")
    judged(visitor, scripted=scripted)
    open_link(visitor, mails.wait_for(address, seconds=PATIENCE))
    assert re.search(r"/aanmelding/s/[\w-]{36}/$", page.url)
    assert state(page) == "requested"
    judged(visitor, scripted=scripted)
    keyboard.press("action", "prove")
    assert state(page) == "confirmed"
    judged(visitor, scripted=scripted)
    mails.wait_for(address, 2, seconds=PATIENCE)
    page.get_by_role("link", name="Meld je af").click()
    judged(visitor, scripted=scripted)
    keyboard.press()
    assert state(page) == "cancelled"
    judged(visitor, scripted=scripted)
    page.get_by_role("link", name="Wis je gegevens").click()
    judged(visitor, scripted=scripted)
    keyboard.press()
    assert "Je gegevens zijn gewist" in page.inner_text("h1")
    assert "Leerling 0417" not in page.content()
    judged(visitor, scripted=scripted)


@WINDOWS
@pytest.mark.parametrize("consents", [True, False], ids=["yes", "no"])
def test_under_16(visit, mails, address, judged, width, scheme, scripted, consents):
    visitor = visit(width, scheme, java_script_enabled=scripted)
    page, keyboard = visitor.page, Keyboard(visitor)
    visitor.open("/agenda/{sign_up}/aanmelden/")
    fill_person(keyboard, address, under_16=True)
    judged(visitor, scripted=scripted)
    page.wait_for_timeout(FILL_SECONDS * 1000)
    keyboard.press()
    assert "72 uur" in page.inner_text("main")
    open_link(visitor, mails.wait_for(address, seconds=PATIENCE))
    assert "Mag je kind meedoen?" in page.inner_text("h1")
    judged(visitor, scripted=scripted)
    keyboard.press("action", "prove" if consents else "refuse")
    assert state(page) == ("confirmed" if consents else "cancelled")
    judged(visitor, scripted=scripted)
    if consents:
        keyboard.press("action", "refuse")  # as easy as giving it was
        assert state(page) == "cancelled"
    assert "Leerling 0417" not in page.content()


@WINDOWS
def test_a_class(visit, mails, address, judged, width, scheme, scripted):
    visitor = visit(width, scheme, java_script_enabled=scripted)
    page, keyboard = visitor.page, Keyboard(visitor)
    visitor.open("/agenda/{sign_up}/aanmelden/klas/")
    given = {"school_other": "De Voorbeeldschool", "class_name": f"{next(numbers)}B", "education_level": "vwo"}
    given |= {"pupils": "24", "adults": "2", "contact_name": "Docent 12", "email": address}
    for name, text in given.items():
        keyboard.type(name, text)
    keyboard.choose("privacy")
    page.wait_for_timeout(FILL_SECONDS * 1000)
    keyboard.press()
    assert state(page) == "requested"
    open_link(visitor, mails.wait_for(address, seconds=PATIENCE))
    keyboard.press("action", "prove")
    assert "24 leerlingen en 2 begeleiders" in page.inner_text("main")
    judged(visitor, scripted=scripted)
    page.get_by_role("link", name="Verander de aantallen").click()
    page.fill("[name=pupils]", "31")
    keyboard.press()
    assert "hoogstens 30 leerlingen" in page.inner_text("main")
    judged(visitor, scripted=scripted)
    page.fill("[name=pupils]", "25")
    keyboard.press()
    assert "25 leerlingen en 2 begeleiders" in page.inner_text("main")


def test_the_waiting_list(visit, mails, address, judged):
    visitor = visit(320)
    page, keyboard = visitor.page, Keyboard(visitor)
    visitor.open("/agenda/{queue}/aanmelden/")
    page.fill("[name=participant_name]", "Leerling 0418")
    page.check("[value=from_16]")
    page.fill("[name=email]", address)
    page.check("[name=privacy]")
    page.wait_for_timeout(FILL_SECONDS * 1000)
    page.get_by_role("button", name="Zet me op de wachtlijst").click()
    page.wait_for_url("**/ontvangen/")
    assert state(page) == "waiting"
    judged(visitor, scripted=True)
    open_link(visitor, mails.wait_for(address, seconds=PATIENCE))
    keyboard.press("action", "prove")
    assert "Je staat op de wachtlijst" in page.inner_text("h1")
    judged(visitor, scripted=True)


def test_one_address_does_not_mix_two_sign_ups(visit, mails, address):
    """Two tabs of one browser, each with the page of another child."""
    visitor = visit(1280)
    pages = []
    for number in (1, 2):
        page = visitor.page.context.new_page()
        page.goto(visitor.portal.url("/agenda/{sign_up}/aanmelden/"))
        page.fill("[name=participant_name]", f"Kind {number}")
        page.check("[value=under_16]")
        page.check("[value=career_changer]")
        page.fill("[name=guardian_name]", "Ouder 12")
        page.fill("[name=guardian_email]", address)
        page.check("[name=privacy]")
        page.wait_for_timeout(FILL_SECONDS * 1000)
        page.locator("main form button[type=submit]").click()
        page.wait_for_url("**/ontvangen/")
        visitor.page = page
        open_link(visitor, mails.wait_for(address, number, seconds=PATIENCE))
        pages.append(page)
    for number, page in enumerate(pages, 1):
        page.get_by_role("button", name="Ik geef toestemming").click()
        page.wait_for_selector("[data-state=confirmed]")
        assert f"Kind {number}" in page.inner_text("main")
