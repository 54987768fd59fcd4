"""What stands below a field in the forms of hubs, programmes and dates: what the public will see of it."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

HelpTexts = dict[str, Any]

HUB_HELP: Final[HelpTexts] = {
    "name": _("Zo heet de hub op de hele site. De plaats komt er vanzelf achter."),
    "town": _("Staat achter de naam, op borden en in filters."),
    "colour": _("De kleur van de hub op borden en op de kaart. Elke hub heeft een eigen kleur."),
    "position": _("Het laagste nummer staat vooraan."),
    "summary": _("Eén of twee zinnen boven aan de pagina van de hub en in de lijst met hubs."),
    "body": _("Het verhaal op de pagina van de hub: wat staat er, wie werkt er, wat kun je er doen?"),
    "levels": _("De haltes van deze hub op de leerlijn."),
    "audiences": _("Voor wie de hub er is; bezoekers filteren hierop."),
    "phases": _("Na je diploma: de hub krijgt een halte voor wie al werkt of van werk verandert."),
    "themes": _("Waar de hub goed in is."),
    "place": _("Bijvoorbeeld: bedrijventerrein Honthorst."),
    "street": _("Staat op de pagina van de hub, bij elke datum en in mails aan deelnemers."),
    "postcode": _("Zoals 3442 AE. Staat bij het adres."),
    "latitude": _("Zoals 52,08500. Staat niet als getal op de site: routeplanners en zoekmachines gebruiken het."),
    "longitude": _("Zoals 4,88400. Vul allebei in of geen van beide."),
    "bag_id": _("Het nummer van het gebouw in de landelijke registratie. Bezoekers zien het niet."),
    "way_there": _("Met bus, fiets en auto, en waar de ingang is. Staat op de pagina van de hub."),
    "opening": _("Wanneer iemand kan binnenlopen. Schrijf het zoals je het zegt: ma tot vr, 9.00 tot 17.00 uur."),
    "contact_email": _("Iedereen ziet dit adres. Neem een adres van de hub, niet van een persoon."),
    "contact_phone": _("Zoals +31348123456. De site toont 0348 12 34 56."),
    "website": _("Begint met https://. Staat als link op de pagina van de hub."),
}
ROOM_HELP: Final[HelpTexts] = {
    "name": _("Zoals het op de deur staat."),
    "name_en": _("Leeg: de Nederlandse naam."),
}
PROGRAMME_HELP: Final[HelpTexts] = {
    "title": _("Zeg wat je leert of maakt, zoals: Leer lassen. Staat in lijsten, op borden en in mails."),
    "hub": _("Waar het is. Typ een deel van de naam. Later veranderen kan alleen het programmabureau."),
    "kind": _("Staat bij het programma; bezoekers filteren hierop."),
    "body": _("Het verhaal op de pagina: wat ga je doen, wat maak je, wat neem je mee naar huis?"),
    "audiences": _("Wie kan komen. Zonder keuze vindt niemand dit programma via “voor wie”."),
    "levels": _("Op elke halte die je kiest, staat dit programma op de leerlijn."),
    "phases": _("Na je diploma: het programma staat op de leerlijn bij wie al werkt of van werk verandert."),
    "track": _("Alleen voor mbo-opleidingen: meer op school (BOL) of meer in een bedrijf (BBL)."),
    "themes": _("Bezoekers vinden het programma via deze onderwerpen. Het eerste geeft het pictogram."),
    "leads_to": _("Staat op de pagina onder “En daarna?”. Typ een deel van een titel. Je mag er meer kiezen."),
    "preparation": _("Wat iemand van tevoren doet of meeneemt. Leeg: er staat niets over."),
    "clothing": _("Bijvoorbeeld: dichte schoenen en een lange broek. Leeg: er staat niets over."),
}
ACTIVITY_HELP: Final[HelpTexts] = {
    "programme": _("Waarvan dit een datum is. Typ een deel van de titel. Titel, tekst en foto komen daarvandaan."),
    "for_persons": _("Iemand meldt zichzelf aan, of een ouder een kind."),
    "for_classes": _("Een docent meldt een hele klas aan, zonder namen van leerlingen."),
    "counts": _("Kies klassen als er één klas tegelijk kan komen, hoe groot ook."),
    "class_size_min": _("Een kleinere klas kan zich niet aanmelden. Leeg: elke klas mag."),
    "class_size_max": _("Staat bij de datum. Leeg: zolang er plek is."),
    "price": _("Zoals 12,50. 0: gratis. Leeg: de site zegt dat de prijs nog niet bekend is."),
    "signup_opens_at": _("Tot dan staat er vanaf wanneer het kan. Leeg: meteen."),
    "cancel_reason": _("Iedereen leest dit: op de site en in de mail. Noem geen namen."),
}
MEETING_HELP: Final[HelpTexts] = {
    "starts_at": _("Nederlandse tijd."),
    "ends_at": _("Op de site staat begin en einde."),
    "room": _("Staat bij de datum en in de mail."),
}
