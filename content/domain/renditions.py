"""Smaller versions of photos in modern formats, and the clean-up of files that nobody refers to. Knows no Celery."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, Final

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from content.models import Illustrated, PendingChange

WIDTHS: Final = (480, 960, 1600)
# The best format first: browsers take the first that they know. Options as Pillow's encoders name them.
FORMATS: Final[dict[str, dict[str, Any]]] = {"avif": {"quality": 60, "speed": 6}, "webp": {"quality": 78, "method": 4}}
FOLDER: Final = "photos"
KEEP_UNUSED: Final = timedelta(days=1)  # a form may still be busy saving what it has just stored
_RENDITION = re.compile(r"-\d+\.(?:avif|webp)$")


def rendition_name(photo: str, width: int, extension: str) -> str:
    """photos/hub/1f0c.jpg → photos/hub/1f0c-960.avif"""
    return f"{photo.rpartition('.')[0]}-{width}.{extension}"


def illustrated_models() -> list[type[Illustrated]]:
    """Every model with a photo, those of the apps above included."""
    return [model for model in apps.get_models() if issubclass(model, Illustrated)]


def without_renditions(model: type[Illustrated], limit: int) -> list[Any]:
    """Primary keys of rows whose photo waits for its smaller versions; shuffled: no broken file blocks the rest."""
    waiting = model._base_manager.exclude(photo="").filter(photo_widths=[])
    return list(waiting.order_by("?").values_list("pk", flat=True)[:limit])


def make_renditions(model: type[Illustrated], pk: Any) -> bool:
    """Write the smaller versions and note them on the row. Safe to repeat; False when there was nothing to note.

    The row is only written while it still has the same photo: files of a photo that was replaced meanwhile are left to
    `remove_unused`.
    """
    name = model._base_manager.filter(pk=pk).values_list("photo", flat=True).first()
    if not name or not default_storage.exists(name):
        return False
    with default_storage.open(name) as file, Image.open(file, formats=["JPEG"]) as original:
        original.load()
        widths = [width for width in WIDTHS if width < original.width]
        if original.width < WIDTHS[-1]:
            widths.append(original.width)
        for width in widths:
            _write_rendition(original, name, width)
        fields = {"photo_width": original.width, "photo_height": original.height, "photo_widths": widths}
    return bool(model._base_manager.filter(pk=pk, photo=name).update(**fields))


def _write_rendition(original: Image.Image, name: str, width: int) -> None:
    height = max(1, round(original.height * width / original.width))
    small = original.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    for extension, options in FORMATS.items():
        target = rendition_name(name, width, extension)
        if default_storage.exists(target):
            continue
        content = BytesIO()
        small.save(content, extension.upper(), **options)
        default_storage.save(target, ContentFile(content.getvalue()))


def remove_unused(now: datetime) -> int:
    """Delete photo files older than a day that no row and no pending change refers to; returns how many."""
    used = _used_stems()
    removed = 0
    for name in _stored():
        stem = _RENDITION.sub("", name).removesuffix(".jpg")
        if stem not in used and default_storage.get_modified_time(name) < now - KEEP_UNUSED:
            default_storage.delete(name)
            removed += 1
    return removed


def _used_stems() -> set[str]:
    names = set(PendingChange.objects.exclude(photo="").values_list("photo", flat=True))
    for model in illustrated_models():
        names.update(model._base_manager.exclude(photo="").values_list("photo", flat=True))
    return {name.rpartition(".")[0] for name in names}


def _stored() -> Iterator[str]:
    if not default_storage.exists(FOLDER):
        return
    for folder in default_storage.listdir(FOLDER)[0]:
        for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]:
            yield f"{FOLDER}/{folder}/{name}"
