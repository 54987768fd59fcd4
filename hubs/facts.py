"""The short lists of facts beside a hub, a programme and an activity: term, value, where it leads, how sure it is."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from content import dates
from content.facts import Fact, fact
from hubs.availability import closes_at, is_over
from hubs.models import Activity, Hub, Programme
from hubs.schedule import elsewhere


def hub_facts(hub: Hub) -> list[Fact]:
    """Place, opening, access and contact; what the hub has not told yet is said so."""
    unknown = _("De hub vult dit nog in")
    return [
        fact(_("Gebouw"), hub, "place"),
        fact(_("Postcode"), hub, "postcode"),
        _or(unknown, fact(_("Open"), hub, "opening")),
        _or(unknown, fact(_("Toegang"), hub, "accessibility")),
        *contact_facts(hub, unknown),
        fact(pgettext("hub", "Website"), hub, "website", url=hub.website),
    ]


def contact_facts(hub: Hub, unknown: str) -> list[Fact]:
    """Whom to ask: a function, an address, a telephone number; or that it is not known yet."""
    if not (hub.contact_email or hub.contact_phone):
        return [Fact(_("Vragen"), unknown)]
    return [
        fact(_("Vragen aan"), hub, "contact_function"),
        fact(_("Mail"), hub, "contact_email", url=f"mailto:{hub.contact_email}"),
        Fact(_("Bel"), _spoken_number(hub.contact_phone), url=f"tel:{hub.contact_phone}"),
    ]


def programme_facts(
    programme: Programme, hub: Hub, for_whom: str, *, ages: str, prices: Collection[Decimal | None]
) -> list[Fact]:
    """What a reader decides by; `prices` are those of its dates."""
    return [
        *_where_and_for_whom(programme, hub, for_whom, ages),
        Fact(_("Vorm"), programme.get_kind_display()),
        Fact(_("Kosten"), _price_of_all(prices)),
        Fact(_("Leerweg"), programme.get_track_display(), is_unconfirmed="track" in programme.to_confirm),
        Fact(_("Opleidingscode"), programme.recognised_programme_code),
        fact(_("Voorbereiding"), programme, "preparation"),
        fact(_("Kleding"), programme, "clothing"),
    ]


def activity_facts(activity: Activity, hub: Hub, for_whom: str, *, ages: str, now: datetime) -> list[Fact]:
    """The programme's facts with those of this date: price, who can come, until when to sign up.

    A date that one can no longer come to says no more than where and for whom it was.
    """
    place = elsewhere(activity.meetings.all())
    where = _where_and_for_whom(activity.programme, hub, for_whom, ages, place)
    if activity.cancelled_at or is_over(activity, now):
        return where
    closes = closes_at(activity)
    until = {"day": dates.day(closes), "time": dates.clock_time(closes)} if closes else None
    return [
        *where,
        Fact(_("Aanmelden"), _who_signs_up(activity)),
        Fact(_("Klas"), _class_size(activity) if activity.for_classes else ""),
        Fact(_("Kosten"), price_text(activity.price)),
        Fact(_("Aanmelden tot"), dates.unbroken(_("%(day)s, %(time)s") % until) if until else ""),
        fact(_("Voorbereiding"), activity.programme, "preparation"),
        fact(_("Kleding"), activity.programme, "clothing"),
        fact(_("Let op"), activity, "note"),
    ]


def _where_and_for_whom(programme: Programme, hub: Hub, for_whom: str, ages: str, place: str = "") -> list[Fact]:
    """At the hub, or at a place elsewhere in words."""
    address = ", ".join(filter(None, [str(hub), hub.street, hub.town]))
    unsure = {"levels", "audiences"} & set(programme.to_confirm)
    return [
        Fact(_("Waar"), place)
        if place
        else Fact(_("Waar"), address, url=hub.url, is_unconfirmed="street" in hub.to_confirm),
        Fact(_("Voor wie"), for_whom, is_unconfirmed=bool(unsure)),
        Fact(_("Leeftijd"), _("meestal %(ages)s") % {"ages": ages} if ages else ""),
    ]


def _price_of_all(prices: Collection[Decimal | None]) -> str:
    """What every date asks; nothing while there are no dates."""
    if len(set(prices)) > 1:
        return _("Verschilt per datum")
    return "".join(price_text(price) for price in set(prices))


def price_text(price: Decimal | None) -> str:
    """What a visitor pays; an unknown price is said to be unknown."""
    if price is None:
        return _("Nog niet bekend")
    return dates.unbroken(dates.money(price)) if price else dates.money(price).capitalize()


def _or(otherwise: str, known: Fact) -> Fact:
    return known if known.value else Fact(known.term, otherwise)


def _who_signs_up(activity: Activity) -> str:
    if activity.for_persons and activity.for_classes:
        return _("Zelf of met je klas")
    return _("Met je klas: de docent meldt de klas aan") if activity.for_classes else _("Zelf aanmelden")


def _class_size(activity: Activity) -> str:
    least, most = activity.class_size_min, activity.class_size_max
    if least and most:
        return _("%(least)d tot %(most)d leerlingen") % {"least": least, "most": most}
    if most:
        return ngettext("hoogstens %(most)d leerling", "hoogstens %(most)d leerlingen", most) % {"most": most}
    if least:
        return ngettext("minstens %(least)d leerling", "minstens %(least)d leerlingen", least) % {"least": least}
    return ""


def _spoken_number(e164: str) -> str:
    """ "0348 12 34 56": Dutch numbers without the country code, in groups that one can read aloud."""
    if not e164.startswith("+31") or len(e164) != 12:
        return e164
    national = "0" + e164[3:]
    head, rest = (national[:2], national[2:]) if national[1] == "6" else (national[:4], national[4:])
    return " ".join([head, *(rest[i : i + 2] for i in range(0, len(rest), 2))])
