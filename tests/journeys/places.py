"""Every kind of page and every state that it can be in: one line each, judged by all journeys."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A page in one state. `{name}` in the path is an activity's number, or the token of somebody's own link.

    `then` is added to the address that the path leads to; a staged page only a broken portal gives.
    """

    name: str
    path: str
    status: int = 200
    is_staged: bool = False
    then: str = ""


PLACES = [
    Place("home", "/"),
    Place("deal", "/over-de-deal/"),
    Place("lateral entry", "/zij-instroom/"),
    Place("hubs", "/hubs/"),
    Place("hub", "/hubs/technohub-woerden/"),
    Place("hub without contact, forty programmes", "/hubs/hub-zonder-contact/"),
    Place("programmes", "/programmas/"),
    Place("programmes, last page", "/programmas/?pagina=3"),
    Place("programmes, none found", "/programmas/?q=bestaatniet"),
    Place("programmes, chosen", "/programmas/?niveau=po&hub=technohub-woerden"),
    Place("programmes, faulty filter", "/programmas/?niveau=onzin&pagina=-1"),
    Place("programme", "/programmas/techniekles-vmbo-woerden/"),
    Place("programme with a photo", "/programmas/proef-1/"),
    Place("programme, long words", "/programmas/lang-woord/"),
    Place("agenda", "/agenda/"),
    Place("agenda, none found", "/agenda/?q=bestaatniet"),
    Place("agenda, faulty dates", "/agenda/?van=morgen&tot=2020-13-01"),
    Place("activity", "/agenda/{free}/"),
    Place("activity, cancelled", "/agenda/{cancelled}/"),
    Place("activity, over", "/agenda/{over}/"),
    Place("activity, full", "/agenda/{full}/"),
    Place("activity, unlimited", "/agenda/{unlimited}/"),
    Place("activity, series", "/agenda/{series}/"),
    Place("activity, long words", "/agenda/{wide}/"),
    Place("sign-up", "/agenda/{sign_up}/aanmelden/"),
    Place("sign-up of a class", "/agenda/{sign_up}/aanmelden/klas/"),
    Place("sign-up, waiting list", "/agenda/{queue}/aanmelden/"),
    Place("sign-up, long words", "/agenda/{wide}/aanmelden/"),
    Place("sign-up, full", "/agenda/{shut}/aanmelden/"),
    Place("sign-up, cancelled", "/agenda/{cancelled}/aanmelden/"),
    Place("sign-up received", "/agenda/{sign_up}/aanmelden/ontvangen/"),
    Place("date wish", "/agenda/wens/"),
    Place("date wish from a programme", "/agenda/wens/?programma=lang-woord&niveau=havo"),
    Place("date wish received", "/agenda/wens/ontvangen/"),
    Place("own wish, unproven", "/agenda/wens/{wish}/"),
    Place("own wish, proven, long words", "/agenda/wens/{wish_proven}/"),
    Place("own wish, too late", "/agenda/wens/{wish_late}/"),
    Place("own links", "/aanmelding/"),
    Place("own page", "/aanmelding/{certain}/"),
    Place("own page, over", "/aanmelding/{came}/"),
    Place("own page, over, long words", "/aanmelding/{class_came}/"),
    Place("own page, absent", "/aanmelding/{absent}/"),
    Place("opinion", "/aanmelding/{came}/", then="mening/"),
    Place("opinion of a class", "/aanmelding/{class_came}/", then="mening/"),
    Place("opinion given", "/aanmelding/{gave}/", then="mening/"),
    Place("own link lost", "/aanmelding/onbekend/", 404),
    Place("pathway", "/leerlijn/"),
    Place("station, forty programmes", "/leerlijn/po/"),
    Place("station", "/leerlijn/mbo/"),
    Place("partners", "/partners/"),
    Place("partner", "/partners/kiremko/"),
    Place("partner, long words", "/partners/lang-woord/"),
    Place("news", "/nieuws/"),
    Place("news item", "/nieuws/mkb-deal-getekend/"),
    Place("news item, long words", "/nieuws/lang-woord/"),
    Place("contact", "/contact/"),
    Place("privacy", "/privacy/"),
    Place("accessibility", "/toegankelijkheid/"),
    Place("for schools", "/voor-scholen/"),
    Place("for parents", "/voor-ouders/"),
    Place("for companies", "/voor-bedrijven/"),
    Place("400", "/?q=%00", 400),
    Place("404", "/programmas/techniekles-vmbo-woerde/", 404),
    Place("403", "/geen-toegang/", 403, is_staged=True),
    Place("500", "/stuk/", 500, is_staged=True),
    Place("503", "/even-weg/", 503, is_staged=True),
]
LANGUAGES = {"nl": "", "en": "/en"}
WIDTHS = [320, 1280]
SCHEMES = ["light", "dark"]

# Every look that a page can have; test runs go round them, so that neighbours differ in all three.
LOOKS = [(language, width, scheme) for language in LANGUAGES for width in WIDTHS for scheme in SCHEMES]


def one_look_each() -> list[tuple[Place, tuple[str, int, str]]]:
    """Every place once, the looks spread over them."""
    return [(place, LOOKS[number * 3 % len(LOOKS)]) for number, place in enumerate(PLACES)]
