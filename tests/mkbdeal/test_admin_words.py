"""Django's own Dutch in the back office says "je", as ours does."""

import re
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext, ngettext, override
from django.utils.translation.trans_real import DjangoTranslation

from tests.factories.hubs import HubFactory
from tests.mkbdeal.test_admin_site import address, office  # noqa: F401 - a fixture

FORMAL = re.compile(r"\b(u|uw)\b", re.IGNORECASE)
OURS = settings.BASE_DIR / "locale" / "nl" / "LC_MESSAGES" / "django.po"
SAME = {"Filter", "hash", "checksum", "salt", "%(class_name)s %(instance)s"}  # the same word in both languages
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")


def texts(source):
    with Path(source).open("rb") as opened:
        return [message for message in read_po(opened) if message.id]


def of_the_back_office():
    """Every text of Django's admin and accounts, from its English source."""
    folders = [apps.get_app_config(label).path for label in ("admin", "auth")]
    return [text for folder in folders for text in texts(Path(folder) / "locale" / "en" / "LC_MESSAGES" / "django.po")]


def both(text):
    return (text,) if isinstance(text, str) else tuple(text)


def shown(message):
    ids = both(message.id)
    return [gettext(ids[0])] if len(ids) == 1 else [ngettext(*ids, 1), ngettext(*ids, 2)]


def test_nothing_in_the_back_office_says_u():
    """Also after an upgrade of Django that brings new texts: they get a line in our catalogue."""
    with override("nl"):
        for message in of_the_back_office():
            assert [text for text in shown(message) if FORMAL.search(text)] == []


def test_the_negative_control(monkeypatch):
    """Without our catalogue Django says "u", and leaves some of its texts in English."""
    monkeypatch.setattr(settings, "LOCALE_PATHS", [])
    django_dutch = DjangoTranslation("nl")
    said = [django_dutch.gettext(both(message.id)[0]) for message in of_the_back_office()]
    assert any(map(FORMAL.search, said))
    assert django_dutch.gettext("Error:") == "Error:"


def test_nothing_in_the_back_office_stays_english():
    with override("nl"):
        english = {both(message.id)[0] for message in of_the_back_office() if shown(message)[0] == both(message.id)[0]}
    assert english == SAME


def test_our_dutch_stands_for_a_text_that_django_still_has():
    conf = texts(Path(django.__file__).parent / "conf" / "locale" / "en" / "LC_MESSAGES" / "django.po")
    theirs = {both(message.id)[0] for message in of_the_back_office() + conf}
    assert {both(message.id)[0] for message in texts(OURS)} - theirs == set()


def test_our_dutch_has_no_placeholder_that_django_does_not_fill():
    for message in texts(OURS):
        known = set(PLACEHOLDER.findall(" ".join(both(message.id))))
        assert set(PLACEHOLDER.findall(" ".join(both(message.string)))) <= known, message.id


@pytest.mark.django_db
def test_saving_and_deleting_say_so_plainly(office):  # noqa: F811
    hub = HubFactory(name="Hal", town="Woerden")
    page = office.get(address("Hub", "delete", hub.pk)).content.decode()
    assert "Weet je zeker dat je “Hal Woerden” wilt verwijderen?" in page
    answer = office.post(address("Hub", "delete", hub.pk), {"post": "yes"}, follow=True).content.decode()
    assert "“Hal Woerden” is verwijderd." in answer
