"""What, when, where, for whom and who runs it: the list in every mail. Only the proven read what a visitor typed."""

import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import dates
from content.facts import Fact, fact
from content.localised import localised
from hubs.facts import contact_facts, price_text
from hubs.models import Activity, Hub, Meeting
from hubs.schedule import schedule
from partners.models import PartnerRole
from signups.models import Kind, SignUp, State


def one_line(text: str) -> str:
    """Without line breaks, control signs and signs that turn the direction of writing around."""
    words = " ".join(text.split())
    return "".join(sign for sign in words if unicodedata.category(sign) not in {"Cc", "Cf", "Cs"})


def title_of(activity: Activity) -> str:
    return one_line(localised(activity.programme, "title")[0])


def mail_facts(sign_up: SignUp, *, is_coming: bool) -> list[Fact]:
    """In the active language, without those that nobody filled in. What to bring is for those who come."""
    activity, hub = sign_up.activity, sign_up.activity.programme.hub
    meetings = list(activity.meetings.select_related("room"))
    places = {one_line(meeting.place) for meeting in meetings} or {""}
    found = [
        fact(_("Wat"), activity.programme, "title"),
        Fact(_("Let op"), example_text(activity)),
        fact(_("Let op"), activity, "note"),
        *_when(meetings, hub, places),
        _where(hub, places),
        Fact(_("Wie organiseert het"), ", ".join(organisers(activity)) or str(hub)),
        Fact(_("Klas") if sign_up.kind == Kind.CLASS else _("Deelnemer"), for_whom(sign_up)),
        Fact(_("Kosten"), _price(sign_up)),
    ]
    if is_coming:
        found += [fact(_("Voorbereiding"), activity.programme, "preparation")]
        found += [fact(_("Kleding"), activity.programme, "clothing")]
    return [one for one in [*found, *contact_facts(hub, "")] if one.value]


def example_text(activity: Activity) -> str:
    """Nothing for a real date."""
    return _("Deze datum is een voorbeeld. Hij gaat niet echt door.") if activity.is_made_up else ""


def moment(activity: Activity) -> str:
    """zaterdag 28 november 2026, 10.00 uur; nothing while it has no date."""
    starts = activity.first_starts_at
    return dates.moment(starts) if starts else ""


def date_of(sign_up: SignUp, *, beside: Activity) -> str:
    """The date of a sign-up in words, with what it is where that is not the same as beside it."""
    activity = sign_up.activity
    is_other = activity.programme_id != beside.programme_id
    return ", ".join(filter(None, [title_of(activity) if is_other else "", moment(activity)]))


def _when(meetings: list[Meeting], hub: Hub, places: set[str]) -> list[Fact]:
    """A line for each meeting; its place where that is not simply the hub, nor the one place of them all."""
    known = {one_line(str(hub))} | (places if len(places) == 1 else set())
    lines = [
        ", ".join([meeting.day, meeting.long_times, *({one_line(meeting.place)} - known)])
        for meeting in schedule(meetings, hub)
    ]
    if len(lines) == 1:
        return [Fact(_("Wanneer"), lines[0])]
    return [Fact(_("Bijeenkomst %(n)d") % {"n": number}, line) for number, line in enumerate(lines, start=1)]


def _price(sign_up: SignUp) -> str:
    """One that is not known yet is told where somebody still decides whether to come, and nowhere else."""
    price = sign_up.activity.price
    is_open = sign_up.is_live and sign_up.state != State.CONFIRMED
    return price_text(price) if is_open or price is not None else ""


def _where(hub: Hub, places: set[str]) -> Fact:
    """The hub, or the one place elsewhere; nothing where each meeting has a place of its own, which stands with it."""
    if "" in places:
        return Fact(_("Waar"), _address(hub), is_unconfirmed="street" in hub.to_confirm)
    return Fact(_("Waar"), "".join(places) if len(places) == 1 else "")


def _address(hub: Hub) -> str:
    postcode = "" if "postcode" in hub.to_confirm else hub.postcode
    town = " ".join(filter(None, [postcode, hub.town]))
    return ", ".join(filter(None, [str(hub), hub.street, town]))


def organisers(activity: Activity) -> list[str]:
    """The partners that run the programme, else those that run its hub."""
    programme = activity.programme
    for roles in (programme.partner_roles, programme.hub.partner_roles):
        if found := [given.partner.name for given in roles.filter(role=PartnerRole.RUNS).select_related("partner")]:
            return found
    return []


def for_whom(sign_up: SignUp) -> str:
    """An address that nobody has proven to be the right one gets no text that somebody typed."""
    name = one_line(sign_up.name) if sign_up.is_proven else ""
    return ", ".join(filter(None, [name, numbers(sign_up)]))


def numbers(sign_up: SignUp) -> str:
    """24 leerlingen en 2 begeleiders"""
    if sign_up.kind != Kind.CLASS:
        return ""
    pupils, adults = sign_up.pupils or 0, sign_up.adults or 0
    counted = ngettext("%(n)d leerling", "%(n)d leerlingen", pupils) % {"n": pupils}
    if not adults:
        return counted
    along = ngettext("%(n)d begeleider", "%(n)d begeleiders", adults) % {"n": adults}
    return _("%(pupils)s en %(adults)s") % {"pupils": counted, "adults": along}
