"""Rich text: what staff may format, and the field that stores nothing else, whichever path the text came by."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
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


def clean_html(html: str | None) -> str | None:
    """Only the tags and attributes that the editor itself can make; an empty paragraph is no text."""
    return _sanitise(html) if html else html


class RichTextField(ProseEditorField):
    """Stores sanitised HTML: the library does so in forms only, here save, bulk_create and update do too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, extensions=EXTENSIONS, sanitize=clean_html, **kwargs)

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return super().get_db_prep_save(clean_html(value) if isinstance(value, str) else value, connection)
