"""An object's photo as components/photo.html takes it: prepared strings, no queries, no file access."""

from dataclasses import dataclass
from typing import Final

from django.core.files.storage import default_storage

from content.domain.renditions import FORMATS, rendition_name
from content.localised import localised
from content.models import Illustrated

MEDIA_TYPES: Final = {"avif": "image/avif", "webp": "image/webp"}


@dataclass(frozen=True)
class ShownPhoto:
    """One <picture>: `sources` are pairs of media type and srcset, empty until the smaller versions were made."""

    src: str
    alt: str
    alt_lang: str | None
    width: int
    height: int
    credit: str
    sources: tuple[tuple[str, str], ...]


def photo(subject: Illustrated) -> ShownPhoto | None:
    """The photo, described in the active language; None without one, or while its size is not known yet."""
    if not subject.photo or not subject.photo_width or not subject.photo_height:
        return None
    alt, alt_lang = localised(subject, "photo_alt")
    return ShownPhoto(
        src=subject.photo.url,
        alt=alt,
        alt_lang=alt_lang,
        width=subject.photo_width,
        height=subject.photo_height,
        credit=subject.photo_credit,
        sources=_sources(subject.photo.name or "", subject.photo_widths),
    )


def _sources(name: str, widths: list[int]) -> tuple[tuple[str, str], ...]:
    if not widths:
        return ()
    return tuple(
        (
            MEDIA_TYPES[extension],
            ", ".join(f"{default_storage.url(rendition_name(name, width, extension))} {width}w" for width in widths),
        )
        for extension in FORMATS
    )
