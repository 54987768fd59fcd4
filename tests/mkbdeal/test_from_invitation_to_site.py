"""One journey in a real browser: an editor is invited, comes in and writes; a manager publishes; a visitor reads."""

import re

import pytest

from content.models import PublicationState
from hubs.models import Programme
from partners.models import MemberRole
from signups import tasks
from tests.content.publishing_stage import photo
from tests.factories import hubs, partners
from tests.logging_in import code, log_in
from tests.looking import faults, faults_at_both_ends, note_violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hub():
    hub = hubs.HubFactory()
    hubs.HubPartnerFactory(hub=hub)
    return hub


@pytest.fixture
def window(live_server, browser):
    """`window()` is one of a visitor, `window(user)` of somebody who is logged in."""

    def opened(user=None):
        page = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900}).new_page()
        note_violations(page)
        if user:
            log_in(page, live_server.url, user)
        return page

    return opened


def press(page, name):
    page.get_by_role("button", name=name).click()


def test_from_an_invitation_to_the_site(window, hub, live_server, mailoutbox, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    partner = hub.partner_roles.get().partner
    manager = partners.MembershipFactory(partner=partner, role=MemberRole.MANAGER).user
    invitation = partners.InvitationFactory(partner=partner, invited_by=manager)

    def follow(page, task):
        """Open the link of the one mail that this sweep sent; gives who it went to."""
        mailoutbox.clear()
        task()
        (mail,) = mailoutbox
        link = re.search(r"^http://127\.0\.0\.1:8000(/\S+)$", mail.body, re.MULTILINE)[1]
        page.goto(live_server.url + link)
        return mail.to[0]

    editor = window()
    assert follow(editor, tasks.tell_invited) == invitation.email
    come_in(editor)
    submit_a_programme(editor, hub, live_server.url, tmp_path / "foto.jpg")
    programme = Programme.objects.get()
    assert (programme.state, bool(programme.photo)) == (PublicationState.IN_REVIEW, True)

    desk = window(manager)
    assert follow(desk, tasks.tell_colleagues) == manager.email
    publish(desk)

    visitor = window()
    assert follow(visitor, tasks.tell_colleagues) == invitation.email
    assert visitor.url.endswith("/programmas/leren-frezen/")
    assert visitor.get_by_role("heading", level=1).inner_text() == "Leren frezen"
    assert visitor.get_by_alt_text("Een rood vlak").count() == 1


def come_in(page):
    """Make the account behind the link, then the second factor; with the mistakes that people make."""
    assert faults_at_both_ends(page) == []
    press(page, "Maak je account")
    assert faults_at_both_ends(page) == []
    page.fill("[name=name]", "Nieuwe collega")
    page.fill("[name=password]", "paardenbloem-in-de-wei")
    press(page, "Maak je account")
    page.get_by_role("link", name="Stel de app in").click()
    assert faults_at_both_ends(page) == []
    secret = page.inner_text(".secret")
    page.fill("[name=code]", "12")
    press(page, "Klaar")
    assert faults_at_both_ends(page) == []
    page.fill("[name=code]", code(secret=secret))
    press(page, "Klaar")
    page.wait_for_url("**/reservecodes/")
    assert faults_at_both_ends(page) == []


def submit_a_programme(page, hub, origin, picture):
    picture.write_bytes(photo().read())
    page.goto(f"{origin}/beheer/hubs/programme/add/")
    page.get_by_label("Titel (verplicht)").fill("Leren frezen")
    page.locator("#id_summary").fill("Je freest een sleutelhanger.")
    page.locator("#id_kind").select_option("workshop")
    page.locator(".field-hub .select2-selection").click()
    page.get_by_role("option", name=str(hub)).click()
    page.locator("#id_photo").set_input_files(picture)
    page.locator("#id_photo_alt").fill("Een rood vlak")
    press(page, "Opslaan en laten beoordelen")
    page.get_by_text("Een beheerder kijkt het na.").wait_for()


def publish(page):
    """From where the mail leads, by the list of what waits, which the start page leads to as well."""
    assert faults(page) == []
    page.goto(re.sub(r"/beheer/.*", "/beheer/content/pendingchange/", page.url))
    assert faults(page) == []
    page.get_by_role("link", name="Leren frezen").click()
    page.get_by_role("link", name="Bekijk de voorvertoning").click()
    page.get_by_text("Dit is een voorvertoning.").wait_for()
    assert page.get_by_alt_text("Een rood vlak").count() == 1
    page.go_back()
    press(page, "Zet op de site")
    page.get_by_text("Bezoekers zien dit nu.").first.wait_for()
    page.get_by_role("link", name="Bewerken").click()
    page.locator(".prose-editor").first.wait_for()
    assert faults(page) == []
    page.get_by_role("link", name="Geschiedenis", exact=True).click()
    page.get_by_text(re.compile("zette dit op de site")).wait_for()
    assert faults(page) == []
