"""What stands below a field in the forms of partners, people and schools: what the public will see of it."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

HelpTexts = dict[str, Any]

PARTNER_HELP: Final[HelpTexts] = {
    "name": _("Zo staat de partner op de hele site."),
    "kind": _("In deze groep staat de partner op de pagina met partners."),
    "summary": _("Eén of twee zinnen in de lijst met partners en boven aan de eigen pagina."),
    "body": _("Het verhaal op de eigen pagina: wie zijn jullie, en wat doen jullie voor techniek in de regio?"),
    "deal_role": _("Wat de partner in de deal doet, in één of twee zinnen."),
    "town": _("Waar de partner zit."),
    "website": _("Begint met https://. Staat als link op de eigen pagina."),
    "cbs_code": _("Alleen voor gemeenten en provincies. Bezoekers zien het niet."),
}
PERSON_HELP: Final[HelpTexts] = {
    "partner": _("Op de pagina van deze partner staat de persoon."),
    "name": _("Vraag eerst of het goed is dat de naam op de site staat."),
    "role": _("Zoals het toen heette, bijvoorbeeld: wethouder."),
    "signed_deal": _("Staat dan ook op de pagina over de deal."),
}
SCHOOL_HELP: Final[HelpTexts] = {
    "name": _("Zoals docenten de school noemen; zij zoeken erop."),
    "branch_code": _("De code van DUO met het nummer van de vestiging, zoals 04IX00. Bezoekers zien hem niet."),
    "partner": _("Alleen als het bestuur van de school partner is."),
    "holiday_region": _("In deze vakanties plan je geen datums voor deze school."),
    "municipality": _("Staat achter de naam als er geen plaats is ingevuld."),
}
HOLIDAY_HELP: Final[HelpTexts] = {
    "name": _("Zoals herfstvakantie."),
    "from_on": _("De eerste vrije dag, meestal een zaterdag."),
    "until_on": _("De laatste vrije dag, meestal een zondag."),
}
