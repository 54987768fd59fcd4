"""Offers the sources in static/css as one file, css/site.css: one request for a visitor, small files for us."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage, Storage

BUNDLE = "css/site.css"
SOURCES = ("tokens.css", "base.css", "layout.css", "components/*.css", "pages/*.css")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def bundle(folder: Path) -> str:
    """The sources in their order, by name within a folder, without comments."""
    sources = (path for pattern in SOURCES for path in sorted(folder.glob(pattern)))
    lines = (line.strip() for path in sources for line in COMMENT.sub("", path.read_text("utf-8")).splitlines())
    return "\n".join(filter(None, lines)) + "\n"


class StylesheetFinder(FileSystemFinder):
    """Everything in STATICFILES_DIRS, with the bundle in the place of the sources under css/."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:
        """Used by collectstatic."""
        for path, storage in super().list(ignore_patterns):
            if not path.startswith("css/"):
                yield path, storage
        yield BUNDLE, self._written()

    def find(self, path: str, *args: Any, **kwargs: Any) -> Any:
        """Used by the development server, which thereby shows an edited source at the next request."""
        if path == BUNDLE:
            found = self._written().path(BUNDLE)
            return [found] if kwargs.get("find_all") else found
        return [] if path.startswith("css/") else super().find(path, *args, **kwargs)

    def _written(self) -> FileSystemStorage:
        folder = settings.DATA_FOLDER / "stylesheet"
        target = folder / BUNDLE
        text = bundle(settings.BASE_DIR / "static" / "css")
        if not target.exists() or target.read_text("utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            half = target.with_suffix(".half")
            half.write_text(text, "utf-8")
            half.replace(target)
        return FileSystemStorage(location=folder)
