"""The English catalogue: how texts are collected; that ours is up to date, faithful and apart from the libraries'."""

import re
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from django.apps import apps
from django.conf import settings

from mkbdeal import messages

PO_FILE = settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES" / "django.po"
CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

HELLO = _("Hallo")
MENU = pgettext("menu", "Contact")

def seats(number):
    return ngettext("%(n)d plek", "%(n)d plekken", number) % {"n": number}
"""
TEMPLATE = """{% load i18n %}
    <h1>{% translate "Welkom" %}</h1>
    {% translate "Volgende" context "bladeren" %}
    {% blocktranslate count number=rows|length trimmed %}
      Nog {{ number }} rij
    {% plural %}
      Nog {{ number }} rijen
    {% endblocktranslate %}
"""


def project(root: Path, code: str = CODE, template: str = TEMPLATE) -> Path:
    """A project with one module and one template; answers where its catalogue belongs."""
    for name, text in [("hubs/words.py", code), ("templates/page.html", template)]:
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return root / "locale" / "en.po"


def texts(catalog: Catalog) -> set:
    """Every text as its context, its singular and, where it has one, its plural."""
    return {(message.context, message.id) for message in catalog if message.id}


def translate(po_file: Path, dutch: str, english: str) -> None:
    """Write the English in the file, as a translator does."""
    content = po_file.read_text()
    empty = f'msgid "{dutch}"\nmsgstr ""'
    assert empty in content
    po_file.write_text(content.replace(empty, f'msgid "{dutch}"\nmsgstr "{english}"'))


def test_texts_of_code_and_templates_are_collected(tmp_path):
    project(tmp_path)

    assert texts(messages.collected(tmp_path)) == {
        (None, "Hallo"),
        ("menu", "Contact"),
        (None, ("%(n)d plek", "%(n)d plekken")),
        (None, "Welkom"),
        ("bladeren", "Volgende"),
        (None, ("Nog %(number)s rij", "Nog %(number)s rijen")),
    }


def test_translations_stay_and_what_lacks_is_named(tmp_path):
    po_file = project(tmp_path)
    assert len(messages.update(tmp_path, po_file)) == 6

    translate(po_file, "Hallo", "Hello")

    assert "Hallo" not in messages.update(tmp_path, po_file)
    assert messages.read(po_file).get("Hallo").string == "Hello"


def test_a_text_that_is_gone_leaves_the_file(tmp_path):
    po_file = project(tmp_path)
    messages.update(tmp_path, po_file)
    translate(po_file, "Hallo", "Hello")

    project(tmp_path, code="")
    messages.update(tmp_path, po_file)

    assert "Hallo" not in po_file.read_text()


def test_a_plural_with_one_form_lacks_the_other(tmp_path):
    po_file = project(tmp_path)
    messages.update(tmp_path, po_file)

    po_file.write_text(po_file.read_text().replace('msgstr[0] ""', 'msgstr[0] "%(n)d seat"', 1))

    assert "%(n)d plek" in messages.update(tmp_path, po_file)


def test_the_same_texts_give_the_same_file(tmp_path):
    po_file = project(tmp_path)
    messages.update(tmp_path, po_file)
    first = po_file.read_bytes()

    messages.update(tmp_path, po_file)

    assert po_file.read_bytes() == first


def test_the_file_has_the_texts_of_today_and_no_others(tmp_path):
    """That each has its English is a test of the architecture."""
    copy = tmp_path / "en.po"
    copy.write_bytes(PO_FILE.read_bytes())

    messages.update(settings.BASE_DIR, copy)

    assert copy.read_bytes() == PO_FILE.read_bytes(), "run `make messages`"


def test_every_translation_keeps_its_placeholders():
    def placeholders(words: str) -> list[str]:
        return sorted(re.findall(r"%\(\w+\)[a-z]|%[a-z%]|\{\w*\}", words))

    pairs = [
        pair
        for text in messages.read(PO_FILE)
        if text.id
        for pair in ([(text.id, text.string)] if isinstance(text.id, str) else zip(text.id, text.string, strict=True))
    ]

    assert [pair for pair in pairs if placeholders(pair[0]) != placeholders(pair[1])] == []


def test_no_text_of_ours_is_a_text_of_a_library():
    """Else the library's Dutch stands where ours should, or ours where the library's English should: add a context."""
    theirs = set()
    for folder in [Path(django.__file__).parent / "conf", *(Path(app.path) for app in apps.get_app_configs())]:
        compiled = folder / "locale" / "nl" / "LC_MESSAGES" / "django.mo"
        if compiled.exists():
            with compiled.open("rb") as source:
                theirs |= looked_up(read_mo(source))
    assert (None, "Log out") in theirs

    assert looked_up(messages.collected(settings.BASE_DIR)) & theirs == set()


def looked_up(catalog: Catalog) -> set:
    """Each text as gettext looks it up: by its context and its singular."""
    return {(text.context, text.id if isinstance(text.id, str) else text.id[0]) for text in catalog if text.id}
