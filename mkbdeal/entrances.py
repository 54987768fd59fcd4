"""The ways in on the home page: signs for who you are."""

from django.urls import reverse
from django.utils.translation import gettext as _

from hubs.taxonomy import Taxonomy

Sign = tuple[str, str, str]  # label, text below it, address


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
