"""Collects the Dutch texts of code and templates for translation, with Babel and without a program of the system."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS: Final[dict[str, Any]] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
FOLDERS: Final = ("content", "partners", "hubs", "signups", "mkbdeal", "templates")
WIDTH: Final = 110
# Nothing that changes by itself, such as a date: the same texts give the same file.
HEADER: Final = r"""# The English texts of the portal. `make messages` adds the Dutch ones, the English is written here.
msgid ""
msgstr ""
"Language: en\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""


def extract_template(source: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Texts of a Django template: Django rewrites it to calls, which are read as Python line by line."""
    calls = templatize(source.read().decode())
    lines = "\n".join(line.strip() for line in calls.splitlines())  # what is left of indentation is not Python's
    yield from extract_python(BytesIO(lines.encode()), keywords, comment_tags, options)


def collected(root: Path) -> Catalog:
    """Every text that the project marks for translation."""
    catalog = Catalog(charset="utf-8")
    methods: list[tuple[str, Any]] = [
        ("**/tests/**", None),
        ("**.py", "python"),
        ("**.html", extract_template),
        ("**.txt", extract_template),
    ]
    for folder in FOLDERS:
        if (root / folder).is_dir():
            for _file, _line, message, comments, context in extract_from_dir(
                root / folder, methods, keywords=KEYWORDS, strip_comment_tags=True
            ):
                catalog.add(message, None, auto_comments=comments, context=context)
    return catalog


def update(root: Path, po_file: Path) -> list[str]:
    """Bring the translator's file up to date, keeping what is translated; returns the texts that still lack English."""
    catalog = read(po_file)
    catalog.update(collected(root), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    po_file.parent.mkdir(parents=True, exist_ok=True)
    with po_file.open("wb") as target:
        target.write(HEADER.encode())
        write_po(target, catalog, width=WIDTH, no_location=True, omit_header=True, sort_output=True)
    return untranslated(catalog)


def read(po_file: Path) -> Catalog:
    """The translator's file; an empty English catalogue when there is none yet."""
    if not po_file.exists():
        return Catalog(locale="en", charset="utf-8")
    with po_file.open("rb") as source:
        return read_po(source, locale="en")


def untranslated(catalog: Catalog) -> list[str]:
    """Texts without an English one: empty, doubtful, or with a plural missing."""
    lacking = []
    for message in catalog:
        strings = message.string if isinstance(message.string, list | tuple) else [message.string]
        if message.id and (message.fuzzy or not all(strings)):
            lacking.append(str(message.id if isinstance(message.id, str) else message.id[0]))
    return lacking
