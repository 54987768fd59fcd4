"""How staff do their work: ten lines for each role and for the door. Only what the portal really does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.models import MemberRole

Words = str | Promise


@dataclass(frozen=True)
class Line:
    """What it is about, how to do it, and the name of the page where one does it."""

    about: Words
    how: Words
    way: str = ""


@dataclass(frozen=True)
class Chapter:
    """One role, or one place to work."""

    key: str
    title: Words
    lead: Words
    lines: Sequence[Line]


EDITOR: Final = Chapter(
    "redacteur",
    _("Voor redacteuren"),
    _("Je schrijft teksten en plant datums voor jouw partner. Een beheerder kijkt mee voordat het op de site staat."),
    [
        Line(
            _("Inloggen"),
            _("Met je e-mailadres, je wachtwoord en een tweede stap: een code uit een app, of een passkey."),
            "mfa_index",
        ),
        Line(
            _("Wat je ziet"),
            _("Alleen wat van jouw partner is. Andere partners zien en veranderen jouw teksten niet."),
        ),
        Line(
            pgettext_lazy("uitleg", "Programma"),
            _("Begin met een titel en een samenvatting. Het is een concept: bezoekers zien het nog niet."),
            "admin:hubs_programme_add",
        ),
        Line(
            _("Ter beoordeling"),
            _("Is je tekst klaar? Dien hem in. Een beheerder krijgt een mail en beslist; daarna krijg jij er een."),
        ),
        Line(
            _("Wat al op de site staat"),
            _("Jouw wijziging is een voorstel. De pagina blijft zoals hij is, tot een beheerder het goedkeurt."),
        ),
        Line(
            pgettext_lazy("uitleg", "Datum"),
            _("Kies een programma, vul tijd, ruimte en plekken in. Staat het programma op de site, dan de datum ook."),
            "admin:hubs_activity_add",
        ),
        Line(
            _("Nog een keer hetzelfde"),
            _("Herhaal een datum elke week, zonder de schoolvakanties, of maak een kopie van een heel programma."),
            "admin:hubs_activity_changelist",
        ),
        Line(
            _("Gaat het niet door?"),
            _("Kies bij de datum “Gelast af” en geef een reden. Je ziet eerst wie er een mail krijgt."),
        ),
        Line(
            pgettext_lazy("uitleg", "Foto"),
            _("Beschrijf wat erop staat, voor wie hem niet ziet. Vraag wie herkenbaar is eerst of het mag."),
        ),
        Line(
            _("Vergist?"),
            _("Bij “Geschiedenis” staat wie wat veranderde. Je zet daar een eerdere tekst terug."),
        ),
    ],
)
MANAGER: Final = Chapter(
    "beheerder",
    _("Voor beheerders"),
    _("Je mag alles wat een redacteur mag. Jij beslist ook wat er op de site komt en wie er meewerkt."),
    [
        Line(
            _("Beoordelen"),
            _("Op de voorpagina staat wat er wacht. Bekijk het, zet het op de site of stuur het terug."),
            "admin:index",
        ),
        Line(
            _("Voorstellen"),
            _("Bij een voorstel zie je wat er anders wordt. Keur je het goed, dan verandert de pagina meteen."),
        ),
        Line(
            _("Op een vaste dag"),
            _("Vul “zichtbaar vanaf” en “zichtbaar tot” in. De site doet het dan vanzelf."),
        ),
        Line(
            _("Collega's"),
            _("Nodig ze uit met hun e-mailadres. De link in de mail werkt twee weken."),
            "colleagues",
        ),
        Line(
            _("Iemand stopt"),
            _("Haal die collega weg bij jouw partner. Bij de volgende klik kan die er al niet meer bij."),
            "colleagues",
        ),
        Line(
            _("Aanmeldingen"),
            _("Per datum zie je wie er komt, wie er wacht en waarom. Namen zie je pas na de bevestiging."),
            "admin:signups_signup_changelist",
        ),
        Line(
            _("Iemand belt"),
            _("Kies bij de deelnemers “Iemand aan de telefoon”. Onder de 16 is het adres van een ouder nodig."),
        ),
        Line(
            _("Schrijven"),
            _("Stuur één bericht aan de deelnemers van een datum. Ze zien elkaars adres niet."),
        ),
        Line(
            _("Niet aangekomen"),
            _("Mislukte mails staan op de voorpagina. Stuur ze opnieuw, of bel als het adres niet klopt."),
            "admin:signups_outboxmessage_changelist",
        ),
        Line(
            _("Excel"),
            _("Download een lijst met programma's of datums, vul aan en lees hem in. Eerst zie je wat er verandert."),
        ),
    ],
)
OFFICE: Final = Chapter(
    "programmabureau",
    _("Voor het programmabureau"),
    _("Je ziet en bewerkt alles, van alle partners. Laat partners zo veel mogelijk hun eigen teksten schrijven."),
    [
        Line(
            _("Partners"),
            _("Voeg een partner toe en nodig bij “Collega's” de eerste beheerder uit. Die doet de rest."),
            "admin:partners_partner_changelist",
        ),
        Line(
            _("Rollen"),
            _("Wie bij een hub of programma “voert uit” heeft, mag daar bewerken en leest aanmeldingen. De rest niet."),
            "admin:hubs_hub_changelist",
        ),
        Line(
            _("Nieuws en vaste teksten"),
            _("Berichten, de tijdlijn, contact en privacy zijn van jullie. Partners veranderen die niet."),
            "admin:content_newsarticle_changelist",
        ),
        Line(
            _("Nog te bevestigen"),
            _("Geel is wat de partner nog moet nakijken. De site zegt dat erbij. Haal het vinkje weg als het klopt."),
        ),
        Line(
            _("De leerlijn"),
            _("De kaart volgt uit niveaus, lijnen en hubs. Verander je die, dan verandert de kaart vanzelf mee."),
            "admin:hubs_educationlevel_changelist",
        ),
        Line(
            _("Datumwensen"),
            _("Zie per niveau en maand hoeveel mensen een datum missen. Bespreek het met de hubs."),
            "admin:signups_dateinterest_changelist",
        ),
        Line(
            _("Telefoon kwijt"),
            _("Bel je collega eerst op. Kies dan in de lijst met gebruikers “Tweede stap opnieuw laten instellen”."),
            "admin:partners_user_changelist",
        ),
        Line(
            _("Collega's van het bureau"),
            _("Nodig ze uit, zonder wachtwoord te bedenken. Vertrekt er een, haal dan bij het account “actief” weg."),
            "colleagues_office",
        ),
        Line(
            _("Inlezen uit Excel"),
            _("Download het sjabloon en lees het in. Staat er één fout in, dan wordt er niets veranderd."),
        ),
        Line(
            _("Voorbeelden"),
            _("Zijn er genoeg echte datums? Verwijder dan alle voorbeelden in één keer, boven de lijst met datums."),
            "admin:hubs_activity_changelist",
        ),
    ],
)
DOOR: Final = Chapter(
    "deur",
    _("Aan de deur"),
    _("Met een telefoon in je hand. De lijst past op een klein scherm en werkt ook met slecht bereik."),
    [
        Line(
            _("De lijst"),
            _("Tik op de voorpagina op “Aan de deur” bij je datum. Noteren kan vanaf twaalf uur voor het begin."),
            "admin:index",
        ),
        Line(_("Iemand komt binnen"), _("Zoek de naam en tik op “Is er”. De teller bovenaan loopt mee.")),
        Line(
            _("Een code"),
            _("Richt de camera van je telefoon op de code en tik op de link. Je ziet of de plek zeker is."),
        ),
        Line(
            _("Een klas"),
            _("Vul in hoeveel leerlingen er zijn en tik op “Noteer”. Namen van leerlingen zijn niet nodig."),
        ),
        Line(_("Mis getikt"), _("Tik op “Toch niet”. Dan is het alsof er niets genoteerd was.")),
        Line(_("Geen bereik"), _("Dan staat er “Niet genoteerd”. Tik nog een keer: dubbel tellen kan niet.")),
        Line(
            _("Niet aangemeld"),
            _("Is er nog plek, noteer dan een extra bezoeker: een aantal en een niveau, geen naam."),
        ),
        Line(
            _("Niet bevestigd"),
            _("Zonder bevestiging is er geen zekere plek. Onder de 16 jaar beslist een ouder of verzorger."),
        ),
        Line(
            _("Op papier"),
            _("Druk de pagina met deelnemers af: knoppen en adressen gaan niet mee. Vernietig het papier daarna."),
        ),
        Line(
            _("Na afloop"),
            _("Wie er was, krijgt een bedankje, een bewijs van deelname en drie vragen. Jij hoeft niets te doen."),
        ),
    ],
)


def chapters(user: Any) -> list[Chapter]:
    """What this user may do, the own role first: an office does what managers do, and those what editors do."""
    if user.is_programme_office:
        return [OFFICE, MANAGER, EDITOR, DOOR]
    if user.memberships.filter(role=MemberRole.MANAGER).exists():
        return [MANAGER, EDITOR, DOOR]
    return [EDITOR, DOOR]
