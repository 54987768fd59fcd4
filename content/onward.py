"""Where to go from a page: links by URL name, so that content need not know the apps above it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

Sign = tuple[str, str, str]  # label, text below it, address


def links(*names: str) -> list[tuple[str, str]]:
    """Label and address of these pages, for where there is nothing to show."""
    labels = {
        "programmes": _("Bekijk de programma's"),
        "activities": _("Bekijk de agenda"),
        "pathway": _("Bekijk de leerlijn"),
        "hubs": _("Bekijk de hubs"),
        "deal": _("Lees over de deal"),
        "contact": _("Neem contact op"),
    }
    return [(labels[name], reverse(name)) for name in names]


def signs(slug: str) -> list[Sign]:
    """What the reader of a fixed page, or of a news item ("nieuws"), may want next."""
    match slug:
        case "voor-scholen":
            return [_school_lessons(), _agenda(), _pathway(), _contact()]
        case "voor-ouders":
            return [_for_pupils(), _pathway(), _hubs(), _contact()]
        case "voor-bedrijven":
            return [_for_employees(), _partners(), _deal(), _contact()]
        case "zij-instroom":
            return [_for_career_changers(), _hubs(), _pathway(), _contact()]
        case "contact":
            return [_hubs(), _schools(), _companies(), _deal()]
        case "nieuws":
            return [_news(), _deal(), _agenda()]
        case "privacy":
            return [_contact(), _accessibility()]
        case _:
            return [_contact(), _privacy()]


def _school_lessons() -> Sign:
    return _("Lessen voor je klas"), _("lessen in de hub en gastlessen"), f"{reverse('programmes')}?doelgroep=teacher"


def _for_pupils() -> Sign:
    return _("Voor je kind"), _("alles voor leerlingen"), f"{reverse('programmes')}?doelgroep=pupil"


def _for_employees() -> Sign:
    return _("Voor je medewerkers"), _("leren naast het werk"), f"{reverse('programmes')}?doelgroep=employee"


def _for_career_changers() -> Sign:
    return _("Voor zij-instromers"), _("alles om over te stappen"), f"{reverse('programmes')}?doelgroep=career_changer"


def _agenda() -> Sign:
    return pgettext("menu", "Agenda"), _("alle datums met plek"), f"{reverse('activities')}?vrij=on"


def _pathway() -> Sign:
    return _("Leerlijn"), _("van basisschool tot werk"), reverse("pathway")


def _hubs() -> Sign:
    return pgettext("menu", "Hubs"), _("waar ze zijn en hoe je er komt"), reverse("hubs")


def _schools() -> Sign:
    return _("Voor scholen"), _("kom met je klas"), reverse("for_schools")


def _companies() -> Sign:
    return _("Voor bedrijven"), _("zeg welke vakmensen je mist"), reverse("for_companies")


def _partners() -> Sign:
    return pgettext("menu", "Partners"), _("wie er al meedoen"), reverse("partners")


def _news() -> Sign:
    return _("Al het nieuws"), _("alle berichten"), reverse("news")


def _deal() -> Sign:
    return _("Over de deal"), _("wat er is afgesproken"), reverse("deal")


def _contact() -> Sign:
    return pgettext("menu", "Contact"), _("stel je vraag"), reverse("contact")


def _privacy() -> Sign:
    return pgettext("menu", "Privacy"), _("wat we van je bewaren"), reverse("privacy")


def _accessibility() -> Sign:
    return _("Toegankelijkheid"), _("als iets op deze site niet werkt"), reverse("accessibility")
