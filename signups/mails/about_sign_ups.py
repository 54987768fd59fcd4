"""Mails to who signed up, a guardian or a teacher. Their sentences are in words.py, their list of facts in facts.py."""

from datetime import datetime
from typing import Final

from content.structured_data import absolute
from hubs.calendar import calendar_file
from signups.consent import terms
from signups.mails import facts
from signups.mails.content import Content
from signups.mails.links import own_link
from signups.mails.words import subject_of, words_of
from signups.models import MailKind, SignUp, State

WITH_CALENDAR: Final = {MailKind.CONFIRMED, MailKind.DATE_MOVED}


def content(kind: MailKind, sign_up: SignUp, now: datetime) -> Content:
    """Of the sign-up as it is now."""
    words = words_of(kind, sign_up)
    is_list = kind == MailKind.LINKS
    is_coming = sign_up.state == State.CONFIRMED
    live = sign_up.is_live
    return Content(
        words=words,
        subject=subject_of(kind, sign_up, words),
        button_url=own_link(sign_up) if live else absolute(sign_up.activity.programme.get_absolute_url()),
        is_personal=live,
        facts=[] if is_list else facts.mail_facts(sign_up, is_coming=is_coming and kind != MailKind.THANKS),
        terms=terms(sign_up.activity) if kind == MailKind.CONSENT else [],
        links=_links(sign_up) if is_list else [],
        reply_to=list(filter(None, [sign_up.activity.programme.hub.contact_email])),
        calendar=calendar_file(sign_up.activity, now) if is_coming and kind in WITH_CALENDAR else None,
    )


def still_true(kind: MailKind, sign_up: SignUp, now: datetime) -> bool:
    """False for a mail that would only confuse by now: confirm what was confirmed, a seat that was given back."""
    match kind:
        case MailKind.PROVE | MailKind.PROVE_CLASS | MailKind.CONSENT:
            return sign_up.is_live and not sign_up.is_proven
        case MailKind.ALREADY | MailKind.CHANGED | MailKind.DATE_MOVED:
            return sign_up.is_live
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


def _links(sign_up: SignUp) -> list[dict[str, str]]:
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
