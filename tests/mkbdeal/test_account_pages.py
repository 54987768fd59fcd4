"""The pages for staff in a real browser: passkeys work, all fits, is accessible and keeps to the policy."""

import pytest
from playwright.sync_api import expect

from partners.models import MemberRole
from tests.factories.partners import InvitationFactory, MembershipFactory, OfficeUserFactory, PartnerFactory
from tests.logging_in import StaffClient, code, log_in
from tests.looking import faults_at_both_ends

PASSWORD = "een-lang-wachtwoord"
LONG = "arbeidsongeschiktheidsverzekeringsmaatschappijen-in-de-regio"
pytestmark = pytest.mark.django_db(transaction=True)


def enter(page, origin, user):
    page.goto(f"{origin}/account/login/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def press(page, name):
    page.get_by_role("button", name=name).click()


def test_a_passkey_is_made_and_opens_the_door(live_server, page):
    """With the authenticator that the browser itself brings for tests."""
    user = OfficeUserFactory(password=PASSWORD)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
    enter(page, live_server.url, user)
    page.get_by_role("link", name="Voeg een passkey toe").click()
    assert faults_at_both_ends(page) == []
    press(page, "Maak de passkey")
    page.wait_for_url("**/reservecodes/")
    page.goto(f"{live_server.url}/beheer/")
    assert page.url.endswith("/beheer/")
    page.goto(f"{live_server.url}/account/tweede-stap/")
    assert faults_at_both_ends(page) == []
    page.goto(f"{live_server.url}/account/uitloggen/")
    press(page, "Log uit")
    enter(page, live_server.url, user)
    page.wait_for_url("**/account/tweede-stap/code/")
    assert faults_at_both_ends(page) == []
    press(page, "Gebruik je passkey")
    page.wait_for_url("**/beheer/")
    page.goto(f"{live_server.url}/account/tweede-stap/reservecodes/nieuw/")
    assert "/account/bevestigen/" in page.url


def test_pages_without_an_account(live_server, page):
    for path in (
        "login/",
        "wachtwoord/vergeten/",
        "wachtwoord/vergeten/verstuurd/",
        "uitnodiging/onzin/",
        "staat-uit/",
    ):
        page.goto(f"{live_server.url}/account/{path}")
        assert faults_at_both_ends(page) == [], path
    page.goto(f"{live_server.url}/account/login/")
    press(page, "Inloggen")
    expect(page.locator(".error-summary")).to_be_focused()
    assert faults_at_both_ends(page) == []


def test_pages_with_an_account(live_server, page):
    user = OfficeUserFactory(password=PASSWORD)
    PartnerFactory()
    partner = PartnerFactory(name=f"{LONG} en omstreken")
    for role in MemberRole:
        MembershipFactory(partner=partner, role=role, user__name=LONG, user__email=f"{LONG}@{role}.example")
    InvitationFactory(partner=partner, email=f"{LONG}@voorbeeld.example")
    InvitationFactory(to_office=True, email=f"{LONG}@voorbeeld.example")
    StaffClient().force_login(user)
    log_in(page, live_server.url, user)
    for path in (
        "collegas/", f"collegas/bij/{partner.slug}/", "collegas/programmabureau/", "sessies/", "tweede-stap/",
        f"collegas/leden/{partner.memberships.first().pk}/weg/", "wachtwoord/", "bevestigen/",
        "tweede-stap/opnieuw/", "uitloggen/",
    ):  # fmt: skip
        page.goto(f"{live_server.url}/account/{path}")
        assert page.url.endswith(path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        assert faults_at_both_ends(page) == [], path


def test_all_of_it_works_without_javascript(live_server, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, live_server.url, OfficeUserFactory(password=PASSWORD))
    page.get_by_role("link", name="Stel de app in").click()
    page.fill("[name=code]", code(secret=page.inner_text(".secret")))
    press(page, "Klaar")
    page.wait_for_url("**/reservecodes/")
    context.close()
