"""The rich text editor in a real browser under the strict policy: it works, has a name, and needs each exception."""

import re

import pytest

from content.admin.editor import TIPTAP_STYLE
from hubs.models import Programme
from tests.factories.content import PageFactory
from tests.factories.hubs import ActivityFactory, HubPartnerFactory, ProgrammeFactory
from tests.factories.partners import OfficeUserFactory
from tests.logging_in import log_in
from tests.looking import faults, looks, violations

LONG_WORD = "Hoogspanningsinstallatiemonteursopleidingsvoorlichtingsbijeenkomst"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(live_server, page):
    """A browser in which the programme office is logged in; desk(path) opens a page of the back office."""
    log_in(page, live_server.url, OfficeUserFactory())

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
    assert violations(page) == []
    text.refresh_from_db()
    assert text.body == "<p><strong>Nieuw &lt;script&gt;</strong></p>"


WORD = """<html><body><!--StartFragment-->
<h1>Wat je leert</h1>
<p class="MsoNormal" style="margin:0">Kijk op <a href="https://a.example">een</a>
<a href="https://b.example">twee</a></p>
<table><tr><td><p class="MsoNormal">maandag</p></td><td><p class="MsoNormal"><b>10 uur</b></p></td></tr>
<tr><th>dinsdag</th><td>11 uur</td></tr></table>
<p class="MsoListParagraphCxSpFirst" style="mso-list:l0 level1 lfo1"><![if !supportLists]><span
style="mso-list:Ignore">·<span>&nbsp;&nbsp;</span></span><![endif]>zagen</p>
<p class="MsoListParagraphCxSpLast" style="mso-list:l0 level1 lfo1"><span
style="mso-list:Ignore">·<span>&nbsp;&nbsp;</span></span>boren</p>
<p class="MsoListParagraph" style="mso-list:l1 level1 lfo2"><span style="mso-list:Ignore">1.</span>meten</p>
<!--EndFragment--></body></html>"""


def test_a_text_from_word_keeps_its_words_apart(desk):
    text = PageFactory(body="")
    page = desk(f"content/page/{text.pk}/change/")
    editor = page.get_by_role("textbox", name="Tekst", exact=False).first
    editor.click()
    editor.evaluate(
        """(element, html) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/html", html);
            element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        WORD,
    )
    page.click("[name=_save]")
    page.wait_for_url("**/beheer/content/page/")
    assert violations(page) == []
    text.refresh_from_db()
    plain = re.sub(r' (rel|target|data-type)="[^"]*"', "", text.body).replace(" </p>", "</p>")
    assert plain == (
        "<h2>Wat je leert</h2>"
        '<p>Kijk op <a href="https://a.example">een</a> <a href="https://b.example">twee</a></p>'
        "<p>maandag <strong>10 uur</strong></p><p>dinsdag 11 uur</p>"
        "<ul><li><p>zagen</p></li><li><p>boren</p></li></ul><ol><li><p>meten</p></li></ol>"
    )


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
    assert violations(page) != []


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


@pytest.mark.parametrize(("width", "scheme", "which"), looks(320, 1280))
def test_daily_pages_are_accessible_and_break_no_policy(desk, page, scheme, width, which):
    """axe, the policy and the width on the pages of the back office that staff use daily"""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    activity = ActivityFactory(programme__to_confirm=["summary"], programme__title=LONG_WORD, is_example=True)
    programme, other = activity.programme, ProgrammeFactory(title=LONG_WORD)
    HubPartnerFactory(hub=programme.hub)
    photo = "photos/programme/0123456789abcdef0123456789abcdef.jpg"
    Programme.objects.filter(pk=programme.pk).update(photo=photo, photo_alt="Een foto")
    desk(f"hubs/programme/{other.pk}/change/").click("[name=_save]")  # so that the start page tells a recent action
    page.wait_for_url("**/beheer/hubs/programme/")
    paths = [
        "", "hubs/activity/", "hubs/activity/add/", f"hubs/activity/{activity.pk}/change/",
        f"hubs/programme/{programme.pk}/change/", f"hubs/hub/{programme.hub.pk}/delete/", "hubs/programme/",
        f"hubs/hub/{programme.hub.pk}/change/", f"hubs/programme/{other.pk}/delete/", "hubs/activity/voorbeelden/",
        f"hubs/programme/{other.pk}/history/",
    ]  # fmt: skip
    for path in paths[which]:
        desk(path)
        assert faults(page) == [], path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_form_with_faults_is_accessible_and_leads_to_each(desk, page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 900})
    desk(f"content/page/{PageFactory().pk}/change/")
    page.fill("[name=title]", "")
    page.click("[name=_save]")
    page.locator("#fouten").wait_for()
    assert faults(page) == []
    page.click("#fouten a")
    assert page.evaluate("document.activeElement.id || location.hash") in {"id_title", "#id_title"}


def test_the_style_button_has_an_arrow_that_every_font_has(desk, page):
    desk(f"content/page/{PageFactory().pk}/change/")
    arrow = "getComputedStyle(document.querySelector('.prose-menubar__selected'), '::after')"
    assert page.evaluate(f"{arrow}.content") == '""'
    assert page.evaluate(f"{arrow}.borderTopStyle") == "solid"


def test_a_link_to_a_text_leads_to_its_editor(desk, page):
    """Without the script it would lead to the text box, which is hidden: nothing would happen."""
    programme = ProgrammeFactory()
    desk(f"hubs/programme/{programme.pk}/change/")
    page.route("**/change/", lambda route: with_fault(route, "id_body"))
    page.reload()
    page.wait_for_selector("#id_body ~ .ProseMirror[aria-multiline], .prose-editor .ProseMirror[aria-multiline]")
    page.click("#proef")
    page.locator(".ProseMirror:focus").wait_for()  # the editor takes it a frame later


def with_fault(route, target):
    answer = route.fetch()
    link = f'<main id="content-start" class="content"><a id="proef" href="#{target}">Tekst</a>'
    route.fulfill(response=answer, body=re.sub('<main id="content-start"[^>]*>', link, answer.text(), count=1))


def test_the_login_is_accessible(live_server, page):
    page.goto(f"{live_server.url}/account/login/")
    assert faults(page) == []
