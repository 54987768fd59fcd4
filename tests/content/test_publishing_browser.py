"""The way of a programme to the site in a real browser: a draft with a photo, submitted, published, seen."""

import re

import pytest

from content.models import PublicationState
from hubs.models import Programme
from partners.models import MemberRole
from tests.content.publishing_stage import photo
from tests.factories import hubs, partners
from tests.logging_in import log_in
from tests.looking import faults, note_violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def hub():
    hub = hubs.HubFactory()
    hubs.HubPartnerFactory(hub=hub)
    return hub


@pytest.fixture
def as_one(live_server, browser, hub):
    """`as_one(role)` opens a window of a new colleague with this role; without one, of a visitor."""

    def opened(role=None):
        page = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900}).new_page()
        note_violations(page)
        if role:
            user = partners.UserFactory()
            partners.MembershipFactory(user=user, partner=hub.partner_roles.get().partner, role=role)
            log_in(page, live_server.url, user)
        return page

    return opened


def test_from_a_draft_to_the_site(as_one, hub, live_server, tmp_path):
    picture = tmp_path / "foto.jpg"
    picture.write_bytes(photo().read())
    page = as_one(MemberRole.EDITOR)
    page.goto(f"{live_server.url}/beheer/hubs/programme/add/")
    page.get_by_label("Titel (verplicht)").fill("Leren frezen")
    page.locator("#id_summary").fill("Je freest een sleutelhanger.")
    page.locator("#id_kind").select_option("workshop")
    page.locator(".field-hub .select2-selection").click()
    page.get_by_role("option", name=str(hub)).click()
    page.locator("#id_photo").set_input_files(picture)
    page.locator("#id_photo_alt").fill("Een rood vlak")
    page.get_by_role("button", name="Opslaan en laten beoordelen").click()
    page.get_by_text("Een beheerder kijkt het na.").wait_for()
    programme = Programme.objects.get()
    assert (programme.state, bool(programme.photo)) == (PublicationState.IN_REVIEW, True)

    page = as_one(MemberRole.MANAGER)
    page.goto(f"{live_server.url}/beheer/")
    page.get_by_role("link", name="Ter beoordeling").first.click()
    assert faults(page) == []
    page.get_by_role("link", name="Leren frezen").click()
    assert faults(page) == []
    page.get_by_role("link", name="Bekijk het voorbeeld").click()
    page.get_by_text("Dit is een voorbeeld.").wait_for()
    assert page.get_by_alt_text("Een rood vlak").count() == 1
    page.go_back()
    page.get_by_role("button", name="Zet op de site").click()
    page.get_by_text("Bezoekers zien dit nu.").first.wait_for()
    page.get_by_role("link", name="Bewerken").click()
    page.locator(".prose-editor").first.wait_for()
    assert faults(page) == []
    page.get_by_role("link", name="Geschiedenis", exact=True).click()
    page.get_by_text(re.compile("zette dit op de site")).wait_for()
    assert faults(page) == []

    page = as_one()
    page.goto(f"{live_server.url}/programmas/leren-frezen/")
    assert page.get_by_role("heading", level=1).inner_text() == "Leren frezen"
    assert page.get_by_alt_text("Een rood vlak").count() == 1
