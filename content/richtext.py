"""Rich text: what staff may format, and the field that stores nothing else, whichever path the text came by."""

import re
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.html import linebreaks
from django_prose_editor.fields import ProseEditorField, create_sanitizer

EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "HardBreak": True,
    "Heading": {"levels": [2, 3]},
    "Link": {"enableTarget": False, "protocols": ["https", "http", "mailto", "tel"]},
}
_sanitise = create_sanitizer(EXTENSIONS)

# What pasted HTML has and the editor has not, by the nearest that it has: words of two cells or lines stay apart.
NEAREST: Final = [
    (re.compile(rf"<(/?)(?:{names})\b[^>]*>", re.IGNORECASE), nearest)
    for names, nearest in [
        ("h1", r"<\1h2>"),
        ("h[456]", r"<\1h3>"),
        ("tr|caption|dt|dd|div|section|article|pre", r"<\1p>"),
        ("td|th", " "),
        ("table|thead|tbody|tfoot|dl|blockquote", ""),
    ]
]
TAG: Final = re.compile(r"</?[a-z]", re.IGNORECASE)
EMPTY: Final = re.compile(r"<(p|h2|h3)>\s*</\1>")


def clean_html(html: str | None) -> str | None:
    """Only the tags and attributes that the editor itself can make, all words kept; an empty paragraph is no text."""
    if not html:
        return html
    if not TAG.search(html):
        html = linebreaks(html)  # typed without the editor
    for pattern, nearest in NEAREST:
        html = pattern.sub(nearest, html)
    return EMPTY.sub("", _sanitise(html))


class RichTextField(ProseEditorField):
    """Stores sanitised HTML: the library does so in forms only, here save, bulk_create and update do too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, extensions=EXTENSIONS, sanitize=clean_html, **kwargs)

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return super().get_db_prep_save(clean_html(value) if isinstance(value, str) else value, connection)
