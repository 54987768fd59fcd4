"""The rich text editor in a real browser under the strict policy: it works, has a name, and needs each exception."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from content.admin.editor import TIPTAP_STYLE
from tests.factories.content import PageFactory
from tests.factories.hubs import ActivityFactory, ProgrammeFactory
from tests.factories.partners import OfficeUserFactory

VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(
  `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
PASSWORD = "een-lang-wachtwoord"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _plain_names(settings):
    """The test server hands out static files by the names that they have in the tree."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def desk(live_server, page):
    """A browser in which the programme office is logged in; desk(path) opens a page of the back office."""
    user = OfficeUserFactory(password=PASSWORD)
    page.add_init_script(VIOLATIONS)
    page.goto(f"{live_server.url}/beheer/login/")
    page.fill("[name=username]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")

    def opened(path):
        page.goto(f"{live_server.url}/beheer/{path}")
        page.wait_for_load_state("networkidle")
        return page

    return opened


def test_staff_write_a_text(desk):
    text = PageFactory(body="<p>Oud</p>")
    page = desk(f"content/page/{text.pk}/change/")
    editor = page.get_by_role("textbox", name="Tekst", exact=False).first
    editor.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("Nieuw <script>")
    page.keyboard.press("Control+A")
    page.get_by_role("button", name="vet", exact=True).first.click()
    page.click("[name=_save]")
    page.wait_for_url("**/beheer/content/page/")
    assert page.evaluate("window.violations") == []
    text.refresh_from_db()
    assert text.body == "<p><strong>Nieuw &lt;script&gt;</strong></p>"


@pytest.mark.parametrize("without", ["nonce", "hash"])
def test_without_either_exception_the_browser_refuses(desk, page, without):
    """The negative control: an upgrade that changes the style, or needs neither any more, shows here."""

    def strip(route):
        answer = route.fetch()
        policy = answer.headers["content-security-policy"]
        parts = [
            part for part in policy.split(" ") if not part.startswith("'nonce-" if without == "nonce" else "'sha256-")
        ]
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": " ".join(parts)})

    programme = ProgrammeFactory()
    page.route("**/change/", strip)
    desk(f"hubs/programme/{programme.pk}/change/")
    assert page.evaluate("window.violations") != []


def test_only_pages_with_an_editor_have_the_exceptions(client):
    client.force_login(OfficeUserFactory())
    programme, activity = ProgrammeFactory(), ActivityFactory()
    editor = client.get(f"/beheer/hubs/programme/{programme.pk}/change/")["Content-Security-Policy"]
    assert TIPTAP_STYLE in editor
    assert "'nonce-" in editor
    for path in (f"hubs/activity/{activity.pk}/change/", "hubs/programme/", ""):
        policy = client.get(f"/beheer/{path}")["Content-Security-Policy"]
        assert "sha256" not in policy
        assert "nonce" not in policy


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_daily_pages_are_accessible_and_break_no_policy(desk, page, scheme, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    activity = ActivityFactory(programme__to_confirm=["summary"])
    programme = activity.programme
    for path in (
        "", "hubs/activity/", "hubs/activity/add/", f"hubs/activity/{activity.pk}/change/",
        f"hubs/programme/{programme.pk}/change/", f"hubs/hub/{programme.hub.pk}/delete/", "hubs/programme/",
    ):  # fmt: skip
        desk(path)
        assert page.evaluate("window.violations") == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        options = {"rules": {"target-size": {"enabled": True}}}
        found = Axe().run(page, options=options).response["violations"]
        assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == [], path


def test_the_login_is_accessible(live_server, page):
    page.goto(f"{live_server.url}/beheer/login/")
    assert Axe().run(page).response["violations"] == []
