"""Chooses between a field and its English twin. Templates reach it through the filters of content_text."""

from typing import Any

from django.utils.translation import get_language

FALLBACK = "nl"


def localised(subject: Any, field: str) -> tuple[str, str | None]:
    """The text, and the language code to mark it with when that is not the page's own language."""
    dutch: str = getattr(subject, field) or ""
    if (get_language() or FALLBACK).startswith(FALLBACK):
        return dutch, None
    english: str | None = getattr(subject, f"{field}_en")
    return (english, None) if english else (dutch, FALLBACK if dutch else None)
