"""Mails to who missed a date: prove the address, and later the dates that suit. Nothing a visitor typed."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import dates
from content.facts import Fact, fact
from content.localised import localised
from content.structured_data import absolute
from hubs.availability import seats
from hubs.models import Activity, Hub
from signups import suiting
from signups.mails import facts
from signups.mails.content import Content
from signups.mails.links import wish_link
from signups.mails.wording import Words
from signups.models import DateInterest, MailKind, OutboxMessage

MOST_DATES: Final = 10


def content(message: OutboxMessage, interest: DateInterest, now: datetime) -> Content:
    """Of the interest as it is now, with the dates that can still be had."""
    is_match = message.kind == MailKind.INTEREST_MATCH
    found = list(_dates(message, interest, now)) if is_match else []
    words = _match(found) if is_match else _prove(interest)
    hub = hub_of(interest)
    return Content(
        words=words,
        subject=words.heading,
        button_url=wish_link(interest),
        is_personal=True,
        facts=wish_facts(interest),
        links=[_link(activity, now) for activity in found[:MOST_DATES]],
        reply_to=list(filter(None, [hub.contact_email if hub else ""])),
    )


def still_true(message: OutboxMessage, interest: DateInterest, now: datetime) -> bool:
    """Not for an address that was proven meanwhile, or too late; nor for dates that are full or gone by now."""
    if message.kind == MailKind.INTEREST_PROVE:
        return interest.proven_at is None and interest.is_reachable_until(now)
    return interest.proven_at is not None and suiting.told_in(message, interest, now).exists()


def wish_facts(interest: DateInterest) -> list[Fact]:
    """What somebody chose from our lists, and the number of people once the address is proven."""
    found = [_level(interest)]
    if interest.programme:
        found += [fact(_("Programma"), interest.programme, "title"), Fact(_("Hub"), str(interest.programme.hub))]
    elif interest.hub:
        found += [Fact(_("Hub"), str(interest.hub))]
    found += [Fact(_("Wanneer"), period(interest))]
    if interest.proven_at:
        people = ngettext("%(n)d persoon", "%(n)d personen", interest.people) % {"n": interest.people}
        found += [Fact(_("Met hoeveel"), people)]
    return found


def _level(interest: DateInterest) -> Fact:
    if level := interest.education_level:
        return Fact(_("Niveau"), *localised(level, "alias" if level.alias else "name"))
    return Fact(_("Voor wie"), _("zij-instromers en werknemers"))


def period(interest: DateInterest) -> str:
    """november 2026 tot en met januari 2027"""
    first, last = dates.month_and_year(interest.from_on), dates.month_and_year(interest.until_on)
    return first if first == last else _("%(first)s tot en met %(last)s") % {"first": first, "last": last}


def hub_of(interest: DateInterest) -> Hub | None:
    """The hub that it was narrowed to."""
    return interest.programme.hub if interest.programme else interest.hub


def _prove(interest: DateInterest) -> Words:
    deadline = interest.proof_expires_at
    in_time = {"deadline": dates.moment(deadline) if deadline else ""}
    return Words(
        _("Bevestig je adres"),
        [
            _("Iemand liet op de site weten dat er geen datum is die past. Daarbij is dit e-mailadres ingevuld."),
            _("De knop opent je wens. Druk daar op 'Ja, mail me'. Dan mailen we je als er een datum komt die past."),
        ],
        _("Open je wens"),
        [
            _("Doe dit vóór %(deadline)s. Anders wissen we je adres.") % in_time,
            _("Heb je hier niet om gevraagd? Dan hoef je niets te doen."),
        ],
    )


def _match(found: list[Activity]) -> Words:
    several = len(found) != 1
    sentences = [_("Je liet weten dat je geen goede datum zag. Er is iets bij gekomen.")]
    if len(found) > MOST_DATES:
        sentences.append(_("Dit zijn de eerste %(most)d. Op de site staan er meer.") % {"most": MOST_DATES})
    return Words(
        _("Er zijn datums die passen") if several else _("Er is een datum die past"),
        sentences,
        _("Bekijk wat je zocht"),
        [_("Wil je hierover geen mail meer? Bekijk dan wat je zocht en wis daar je adres.")],
    )


def _link(activity: Activity, now: datetime) -> dict[str, str]:
    return {
        "title": facts.title_of(activity),
        "when": facts.moment(activity),
        "for_whom": f"{activity.programme.hub}, {seats(activity, now).text}",
        "url": absolute(activity.get_absolute_url()),
    }


def _dates(message: OutboxMessage, interest: DateInterest, now: datetime) -> list[Activity]:
    if interest.pk is None:  # a sample stands in no table
        found = Activity.objects.public(now).upcoming(now).filter(programme=interest.programme)
    else:
        found = suiting.told_in(message, interest, now)
    return list(found.select_related("programme__hub")[: MOST_DATES + 1])
