"""The pages for staff in a real browser: passkeys work, all fits, is accessible and keeps to the policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from content import tokens
from partners.models import MemberRole
from tests.factories.partners import InvitationFactory, MembershipFactory, OfficeUserFactory, PartnerFactory
from tests.logging_in import StaffClient, code, log_in

PASSWORD = "een-lang-wachtwoord"
LONG = "arbeidsongeschiktheidsverzekeringsmaatschappijen-in-de-regio"
NOTE = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(
  `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _plain_names(settings):
    """The test server hands out static files by the names that they have in the tree."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def window(page):
    page.add_init_script(NOTE)
    return page


def enter(page, origin, user):
    page.goto(f"{origin}/account/login/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def press(page, name):
    page.get_by_role("button", name=name).click()


def judged(page):
    """What is wrong with the page as it is shown now, in both schemes and at both ends of width."""
    wrong = list(page.evaluate("window.violations"))
    for width in (320, 375, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide = (
                "[...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > innerWidth)"
            )
            wrong.append((width, page.evaluate(f"{wide}.map((e) => e.outerHTML.slice(0, 90))")))
    for width, scheme in ((320, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]
        wrong += [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]
    return wrong


def test_a_passkey_is_made_and_opens_the_door(live_server, window):
    """With the authenticator that the browser itself brings for tests."""
    user = OfficeUserFactory(password=PASSWORD)
    devtools = window.context.new_cdp_session(window)
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
    enter(window, live_server.url, user)
    window.get_by_role("link", name="Voeg een passkey toe").click()
    assert judged(window) == []
    press(window, "Maak de passkey")
    window.wait_for_url("**/reservecodes/")
    window.goto(f"{live_server.url}/beheer/")
    assert window.url.endswith("/beheer/")
    window.goto(f"{live_server.url}/account/tweede-stap/")
    assert judged(window) == []
    window.goto(f"{live_server.url}/account/uitloggen/")
    press(window, "Log uit")
    enter(window, live_server.url, user)
    assert window.url.endswith("/account/tweede-stap/code/")
    assert judged(window) == []
    press(window, "Gebruik je passkey")
    window.wait_for_url("**/beheer/")
    window.goto(f"{live_server.url}/account/tweede-stap/reservecodes/nieuw/")
    assert "/account/bevestigen/" in window.url


def test_somebody_who_was_invited_comes_in(live_server, window):
    invitation = InvitationFactory(role=MemberRole.MANAGER)
    claim = tokens.Claim(tokens.Purpose.INVITATION, invitation.uuid, invitation.token_version)
    window.goto(f"{live_server.url}/account/uitnodiging/{tokens.make(claim)}/")
    assert judged(window) == []
    press(window, "Maak je account")
    assert judged(window) == []
    window.fill("[name=name]", "Nieuwe collega")
    window.fill("[name=password]", "paardenbloem-in-de-wei")
    press(window, "Maak je account")
    window.get_by_role("link", name="Stel de app in").click()
    assert judged(window) == []
    secret = window.inner_text(".secret")
    window.fill("[name=code]", "12")
    press(window, "Klaar")
    assert judged(window) == []
    window.fill("[name=code]", code(secret=secret))
    press(window, "Klaar")
    window.wait_for_url("**/reservecodes/")
    assert judged(window) == []
    window.get_by_role("link", name="Collega's").click()
    assert window.get_by_text("Nieuwe collega").count()


def test_pages_without_an_account(live_server, window):
    for path in (
        "login/",
        "wachtwoord/vergeten/",
        "wachtwoord/vergeten/verstuurd/",
        "uitnodiging/onzin/",
        "staat-uit/",
    ):
        window.goto(f"{live_server.url}/account/{path}")
        assert judged(window) == [], path
    window.goto(f"{live_server.url}/account/login/")
    press(window, "Inloggen")
    window.wait_for_function("document.activeElement.className === 'error-summary'")
    assert judged(window) == []


def test_pages_with_an_account(live_server, window):
    user = OfficeUserFactory(password=PASSWORD)
    PartnerFactory()
    partner = PartnerFactory(name=f"{LONG} en omstreken")
    for role in MemberRole:
        MembershipFactory(partner=partner, role=role, user__name=LONG, user__email=f"{LONG}@{role}.example")
    InvitationFactory(partner=partner, email=f"{LONG}@voorbeeld.example")
    StaffClient().force_login(user)
    log_in(window, live_server.url, user)
    for path in (
        "collegas/", f"collegas/bij/{partner.slug}/", "sessies/", "tweede-stap/", "wachtwoord/", "bevestigen/",
        "tweede-stap/opnieuw/", "uitloggen/",
    ):  # fmt: skip
        window.goto(f"{live_server.url}/account/{path}")
        assert window.url.endswith(path)
        window.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        assert judged(window) == [], path


def test_all_of_it_works_without_javascript(live_server, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, live_server.url, OfficeUserFactory(password=PASSWORD))
    page.get_by_role("link", name="Stel de app in").click()
    page.fill("[name=code]", code(secret=page.inner_text(".secret")))
    press(page, "Klaar")
    assert page.url.endswith("/reservecodes/")
    context.close()
