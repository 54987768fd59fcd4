"""The ways in on the home page: signs for who you are, tiles for what you like."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from content.localised import localised
from hubs.taxonomy import Taxonomy

MOST_TILES = 9  # three rows of three
Sign = tuple[str, str, str]  # label, text below it, address


@dataclass(frozen=True)
class Tile:
    """A theme with its drawing."""

    label: str
    label_lang: str | None
    pictogram: str
    url: str


def entrances(taxonomy: Taxonomy) -> list[Sign]:
    """Levels first, then people. A level that the office has renamed or removed loses its sign, not the page."""
    levels: list[Sign] = [
        ("po", _("Basisschool"), _("ontdekken en maken, vanaf groep 1")),
        ("vmbo", _("Vmbo of mavo"), _("leren met je handen en je hoofd")),
        ("havo", _("Havo of vwo"), _("ontwerpen, rekenen en maken")),
        ("mbo", _("Mbo"), _("een vak leren op school of in een bedrijf")),
    ]
    signs = [
        (title, text, reverse("pathway_level", args=[code])) for code, title, text in levels if taxonomy.leaves(code)
    ]
    people = [
        ("lateral_entry", _("Zij-instromer"), _("van een ander beroep naar de techniek")),
        ("for_parents", _("Ouder of verzorger"), _("wat is het en wie let er op?")),
        ("for_schools", _("Docent"), _("kom met je klas")),
        ("for_companies", _("Bedrijf"), _("zeg welke vakmensen je mist")),
    ]
    return signs + [(title, text, reverse(name)) for name, title, text in people]


def theme_tiles(taxonomy: Taxonomy) -> list[Tile]:
    """The first themes; each leads to its programmes."""
    programmes = reverse("programmes")
    return [
        Tile(*localised(theme, "name"), theme.pictogram, f"{programmes}?thema={theme.slug}")
        for theme in taxonomy.themes[:MOST_TILES]
    ]
