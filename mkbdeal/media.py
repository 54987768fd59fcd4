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
    root = Path(settings.MEDIA_ROOT).resolve()
    file = (root / path).resolve()
    if not file.is_relative_to(root) or file.suffix not in TYPES or not file.is_file():
        raise Http404
    response = FileResponse(file.open("rb"), content_type=TYPES[file.suffix])
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Last-Modified"] = http_date(file.stat().st_mtime)
    return response
