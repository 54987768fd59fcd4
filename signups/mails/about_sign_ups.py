"""Mails to who signed up, a guardian or a teacher. Their sentences are in words.py, their list of facts in facts.py."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from content.structured_data import absolute
from hubs.availability import is_over
from hubs.calendar import calendar_file
from signups.consent import terms
from signups.known_plan import plans
from signups.mails import facts
from signups.mails.content import Content
from signups.mails.links import own_link
from signups.mails.words import subject_of, words_of
from signups.models import MailKind, OutboxMessage, SignUp, State
from signups.other_dates import open_dates

WITH_CALENDAR: Final = {MailKind.CONFIRMED, MailKind.DATE_MOVED}
WITH_OTHER_DATES: Final = {MailKind.DATE_CANCELLED, MailKind.DATE_MOVED}


def content(kind: MailKind, sign_up: SignUp, now: datetime) -> Content:
    """Of the sign-up as it is now."""
    links = _links(kind, sign_up, now)
    brings = _brings_calendar(kind, sign_up)
    since = sign_up.created_at if sign_up.pk else None  # a sample stands in no table
    calendar = calendar_file(sign_up.activity, now, since=since) if brings else None
    words = words_of(kind, sign_up, now)
    words = replace(words, sentences=[*words.sentences, *_about_added(kind, links, calendar)])
    is_list = kind == MailKind.LINKS
    is_coming = sign_up.state == State.CONFIRMED and not is_over(sign_up.activity, now)
    live = sign_up.is_live
    return Content(
        words=words,
        subject=subject_of(kind, sign_up, words),
        button_url=own_link(sign_up) if live else absolute(sign_up.activity.programme.get_absolute_url()),
        is_personal=live,
        facts=[] if is_list else facts.mail_facts(sign_up, is_coming=is_coming and kind != MailKind.THANKS),
        terms=terms(sign_up) if kind == MailKind.CONSENT else [],
        links=links,
        reply_to=list(filter(None, [sign_up.activity.programme.hub.contact_email])),
        calendar=calendar,
    )


def still_true(message: OutboxMessage, sign_up: SignUp, now: datetime) -> bool:
    """False for a mail that would only confuse by now: confirm what was confirmed, a seat that was given back."""
    match MailKind(message.kind):
        case MailKind.PROVE | MailKind.PROVE_CLASS | MailKind.CONSENT:
            return sign_up.is_live and not sign_up.is_proven
        case MailKind.ALREADY | MailKind.CHANGED:
            return sign_up.is_live
        case MailKind.DATE_MOVED:
            return sign_up.is_live and not _is_overtaken(message) and plans(sign_up).has_news(now)
        case MailKind.CONFIRMED | MailKind.THANKS:
            return sign_up.state == State.CONFIRMED
        case MailKind.REMINDER:
            starts_at = sign_up.activity.first_starts_at
            return sign_up.state == State.CONFIRMED and starts_at is not None and starts_at > now
        case MailKind.WAITING:
            return sign_up.state == State.WAITING
        case MailKind.OFFER:
            return sign_up.state == State.OFFERED
        case MailKind.OFFER_RAN_OUT:
            return sign_up.state in {State.WAITING, State.EXPIRED}
        case MailKind.LINKS:
            return SignUp.objects.live().filter(email=sign_up.email).exists()
        case _:
            return not sign_up.is_live


def _is_overtaken(message: OutboxMessage) -> bool:
    """A later one of its kind tells all of it: each says how it is when it goes out."""
    same = OutboxMessage.objects.filter(sign_up=message.sign_up_id, kind=message.kind)
    return same.filter(pk__gt=message.pk).exists()


def _brings_calendar(kind: MailKind, sign_up: SignUp) -> bool:
    """With a certain seat; and to take out of a calendar again what an earlier mail brought into it."""
    if kind == MailKind.DATE_CANCELLED and sign_up.activity.cancelled_at:
        brought = OutboxMessage.objects.filter(sign_up_id=sign_up.pk, kind__in=WITH_CALENDAR)
        return brought.filter(sent_at__isnull=False).exists()
    return sign_up.state == State.CONFIRMED and kind in WITH_CALENDAR


def _links(kind: MailKind, sign_up: SignUp, now: datetime) -> list[dict[str, str]]:
    if kind == MailKind.LINKS:
        return _own_links(sign_up)
    return _links_elsewhere(sign_up, now) if kind in WITH_OTHER_DATES else []


def _about_added(kind: MailKind, links: list[dict[str, str]], calendar: bytes | None) -> list[str]:
    """Says what the file is for, and what the dates below are."""
    cancelled = _(
        "Staat de datum in je agenda? Open dan het bestand bij deze mail. Daarin staat dat hij niet doorgaat."
    )
    moved = _("Staat de datum in je agenda? Open dan het bestand bij deze mail. Dan klopt je agenda weer.")
    others = _("Er zijn ook andere datums. Kijk of er nog plek is:")
    return [
        *([cancelled] if calendar and kind == MailKind.DATE_CANCELLED else []),
        *([moved] if calendar and kind == MailKind.DATE_MOVED else []),
        *([others] if links and kind in WITH_OTHER_DATES else []),
    ]


def _links_elsewhere(sign_up: SignUp, now: datetime) -> list[dict[str, str]]:
    """Other dates that the same person or class could come to."""
    return [
        {
            "title": facts.title_of(activity),
            "when": facts.moment(activity),
            "for_whom": "",
            "url": absolute(activity.get_absolute_url()),
        }
        for activity in open_dates(sign_up, now)
    ]


def _own_links(sign_up: SignUp) -> list[dict[str, str]]:
    """Every live sign-up of the address, the first to start first."""
    live = SignUp.objects.live().filter(email=sign_up.email).select_related("activity__programme__hub")
    entries = list(live.order_by("activity__first_starts_at", "pk")) or [sign_up]  # a sample stands in no table
    return [
        {
            "title": facts.title_of(entry.activity),
            "when": facts.moment(entry.activity),
            "for_whom": facts.for_whom(entry),
            "url": own_link(entry),
        }
        for entry in entries
    ]
