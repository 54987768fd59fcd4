"""The ways in on the home page: signs for who you are."""

from django.urls import reverse
from django.utils.translation import gettext as _

from hubs.taxonomy import Taxonomy

Sign = tuple[str, str, str]  # label, text below it, address


def entrances(taxonomy: Taxonomy) -> list[Sign]:
    """Levels first, then people. A level that the office has renamed or removed loses its sign, not the page."""
    levels: list[Sign] = [
        ("po", _("Basisschool"), _("ontdekken en maken")),
        ("vmbo", _("Vmbo"), _("leren met je handen en je hoofd")),
        ("vmbo_tl", _("Mavo"), _("proberen wat bij je past")),
        ("havo", _("Havo"), _("ontwerpen en maken")),
        ("vwo", _("Vwo"), _("uitzoeken hoe iets werkt")),
        ("mbo", _("Mbo"), _("een vak leren op school of in een bedrijf")),
    ]
    signs = [
        (title, text, reverse("pathway_level", args=[code])) for code, title, text in levels if taxonomy.leaves(code)
    ]
    people = [
        ("lateral_entry", _("Zij-instromer"), _("van een ander beroep naar de techniek")),
        ("for_parents", _("Ouder of verzorger"), _("wat is er te doen en hoe meld je aan?")),
        ("for_schools", _("Docent"), _("kom met je klas")),
        ("for_companies", _("Bedrijf"), _("zeg welke vakmensen je mist")),
    ]
    return signs + [(title, text, reverse(name)) for name, title, text in people]
