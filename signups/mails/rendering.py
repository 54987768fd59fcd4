"""Puts a mail together: headers, plain text first, the same as HTML, and a calendar file with a certain seat."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from css_inline import CSSInliner
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from content.structured_data import absolute
from partners.models import Invitation, User
from signups.mails import about_interests, about_invitations, about_letters, about_sign_ups, about_texts
from signups.mails.content import Content
from signups.models import DateInterest, MailKind, OutboxMessage, Receiver, SignUp

STYLESHEET: Final = "mail/mail.css"
CALENDAR_NAME: Final = "agenda.ics"


@dataclass(frozen=True)
class Parts:
    """A mail before it is put in an envelope. `html` names its stylesheet; mail programs get it inlined.

    `text` is plain: whoever shows it on a page escapes it.
    """

    subject: str
    text: str
    html: str


def render(message: OutboxMessage, *, now: datetime) -> EmailMultiAlternatives:
    """The mail as it is sent, in the receiver's language. Of what a visitor typed, headers hold the address only."""
    receiver = message.receiver
    with translation.override(language_of(receiver)):
        content = _content(message, now)
        return compose(content, to=receiver.email, message_id=f"<{message.uuid}@{settings.SITE_URL.hostname}>")


def compose(content: Content, *, to: str, message_id: str = "") -> EmailMultiAlternatives:
    """In the active language; without a fixed Message-ID the mail gets one when it is sent."""
    made = _printed(content)
    mail = EmailMultiAlternatives(
        subject=made.subject,
        body=made.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        reply_to=content.reply_to,
        headers={"Auto-Submitted": "auto-generated", "Content-Language": translation.get_language()},
    )
    if message_id:
        mail.extra_headers["Message-ID"] = message_id
    mail.attach_alternative(_inlined(made.html), "text/html")
    if content.calendar:
        mail.attach(CALENDAR_NAME, content.calendar.decode(), "text/calendar")
    return mail


def parts(message: OutboxMessage, *, now: datetime) -> Parts:
    """Subject, text and HTML in the active language."""
    return _printed(_content(message, now))


def language_of(receiver: Receiver) -> str:
    """Of who wrote to us from a page in it; staff work in one language."""
    return settings.LANGUAGE_CODE if isinstance(receiver, Invitation | User) else receiver.language


def _content(message: OutboxMessage, now: datetime) -> Content:
    match message.receiver:
        case SignUp() as sign_up if message.letter:
            return about_letters.content(message.letter, sign_up)
        case SignUp() as sign_up:
            return about_sign_ups.content(MailKind(message.kind), sign_up, now)
        case DateInterest() as interest:
            return about_interests.content(message, interest, now)
        case Invitation() as invitation:
            return about_invitations.content(invitation)
        case User():
            return about_texts.content(message, now)


def _printed(content: Content) -> Parts:
    context = {
        "words": content.words,
        "subject": content.subject,
        "lang": content.lang,
        "facts": content.facts,
        "terms": content.terms,
        "links": content.links,
        "button_url": content.button_url,
        "is_personal": content.is_personal,
        "answers_to": "".join(content.reply_to),
        "privacy_url": absolute(reverse("privacy")),
        "language": translation.get_language(),
        "stylesheet": STYLESHEET,
    }
    return Parts(
        subject=content.subject,
        text="".join(render_to_string("mail/mail.txt", context)),  # rendered without escaping, and yet marked as safe
        html=render_to_string("mail/mail.html", context),
    )


def _inlined(html: str) -> str:
    """Many mail programs read style attributes only; what asks for a dark screen stays a stylesheet."""
    return _inliner().inline(html)


@cache
def _inliner() -> CSSInliner:
    css = (settings.BASE_DIR / "static" / STYLESHEET).read_text("utf-8")
    return CSSInliner(extra_css=css, load_remote_stylesheets=False, keep_at_rules=True)
