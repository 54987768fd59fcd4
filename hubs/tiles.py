"""Themes as tiles that lead to their programmes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from content.localised import localised
from hubs.models import Theme


@dataclass(frozen=True)
class ThemeTile:
    """One square of the mosaic."""

    url: str
    label: str
    label_lang: str | None
    pictogram: str


def theme_tiles(themes: Iterable[Theme]) -> list[ThemeTile]:
    """In the order of the themes."""
    programmes = reverse("programmes")
    return [
        ThemeTile(f"{programmes}?thema={theme.slug}", *localised(theme, "name"), theme.pictogram) for theme in themes
    ]
