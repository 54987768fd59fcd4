"""Serves the photos that staff uploaded. They were re-encoded when they came in; here they are only handed out."""

from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.utils.http import http_date
from django.views.decorators.http import require_safe

# The types that we write ourselves; whatever else lies in the folder stays there.
TYPES: Final = {".avif": "image/avif", ".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


@require_safe
def media(request: HttpRequest, path: str) -> FileResponse:
    """One file below MEDIA_ROOT. A changed photo gets a new name, so browsers may keep it for a year."""
    file = _photo(path)
    if file is None:
        raise Http404
    response = FileResponse(file.open("rb"), content_type=TYPES[file.suffix])
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Last-Modified"] = http_date(file.stat().st_mtime)
    return response


def _photo(path: str) -> Path | None:
    root = Path(settings.MEDIA_ROOT).resolve()
    try:
        file = (root / path).resolve()
        found = file.is_relative_to(root) and file.suffix in TYPES and file.is_file()
    except (OSError, ValueError):  # longer than a name can be, or nothing that can be one
        return None
    return file if found else None
