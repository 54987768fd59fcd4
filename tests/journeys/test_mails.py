"""Mails as a reader sees them: every kind in a real browser, narrow and wide, light and dark, for everyone."""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe

from mkbdeal.account import notices
from signups import mails
from signups.mails.samples import sample
from signups.models import MailKind
from tests.factories.hubs import ActivityFactory
from tests.factories.signups import NEXT_CENTURY

LANGUAGES, WIDTHS, SCHEMES = ("nl", "en"), (320, 640), ("light", "dark")
EVERY = list(itertools.product(MailKind, LANGUAGES, WIDTHS, SCHEMES))
# Each kind once, with the pairs of language, width and scheme spread over them.
ONCE = [(kind, LANGUAGES[i % 2], WIDTHS[i // 2 % 2], SCHEMES[i // 4 % 2]) for i, kind in enumerate(MailKind)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("kind", "language", "width", "scheme"), ONCE)
def test_a_mail_in_one_way(new_context, kind, language, width, scheme):
    look_at(new_context, kind, language, width, scheme)


@pytest.mark.proof
@pytest.mark.parametrize(("kind", "language", "width", "scheme"), EVERY)
def test_a_mail_in_every_way(new_context, kind, language, width, scheme):
    look_at(new_context, kind, language, width, scheme)


def look_at(new_context, kind, language, width, scheme):
    activity = ActivityFactory(meetings=3, programme__title="Arbeidsongeschiktheidsverzekeringsmaatschappij")
    read(new_context, mails.render(sample(kind, language, activity, NEXT_CENTURY), now=NEXT_CENTURY), width, scheme)


def test_a_mail_about_an_account(new_context, mailoutbox):
    """With its link on a button, and the sentence about privacy, as text too."""
    link = "http://127.0.0.1:8000/account/wachtwoord/nieuw/MQ/abc/"
    notices.send(notices.RESET, "medewerker@voorbeeld.example", link)
    for part in (mailoutbox[0].body, mailoutbox[0].alternatives[0][0]):
        assert link in part
        assert "/privacy/" in part
    read(new_context, mailoutbox[0], 320, "dark")


def read(new_context, mail, width, scheme):
    context = new_context(viewport={"width": width, "height": 700}, color_scheme=scheme)
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.set_content(mail.alternatives[0][0])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.lang") == mail.extra_headers["Content-Language"]
    found = Axe().run(page, options={"runOnly": RULES, "rules": {"target-size": {"enabled": True}}})
    assert found.response["violations"] == []
    assert asked == []
