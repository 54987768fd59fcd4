"""Puts a mail together: headers, plain text first, the same as HTML, and a calendar file with a certain seat."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from css_inline import CSSInliner
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from content.structured_data import absolute
from hubs.calendar import calendar_file
from signups.consent import terms
from signups.mails import facts
from signups.mails.links import own_link
from signups.mails.words import subject_of, words_of
from signups.models import MailKind, OutboxMessage, SignUp, State

STYLESHEET: Final = "mail/mail.css"
CALENDAR_NAME: Final = "agenda.ics"
WITH_CALENDAR: Final = {MailKind.CONFIRMED, MailKind.DATE_MOVED}


@dataclass(frozen=True)
class Parts:
    """A mail before it is put in an envelope. `html` names its stylesheet; mail programs get it inlined."""

    subject: str
    text: str
    html: str


def render(message: OutboxMessage, *, now: datetime) -> EmailMultiAlternatives:
    """The mail as it is sent, in the receiver's language. Of what a visitor typed, headers hold the address only."""
    sign_up = message.sign_up
    with translation.override(sign_up.language):
        made = parts(message)
        mail = EmailMultiAlternatives(
            subject=made.subject,
            body=made.text,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[sign_up.email],
            reply_to=_reply_to(sign_up),
            headers={
                "Message-ID": f"<{message.uuid}@{settings.SITE_URL.hostname}>",
                "Auto-Submitted": "auto-generated",
                "Content-Language": sign_up.language,
            },
        )
        mail.attach_alternative(_inlined(made.html), "text/html")
        if message.kind in WITH_CALENDAR and sign_up.state == State.CONFIRMED:
            mail.attach(CALENDAR_NAME, calendar_file(sign_up.activity, now).decode(), "text/calendar")
    return mail


def parts(message: OutboxMessage) -> Parts:
    """Subject, text and HTML in the active language."""
    kind, sign_up = MailKind(message.kind), message.sign_up
    words = words_of(kind, sign_up)
    context = _context(kind, sign_up) | {"words": words, "subject": subject_of(kind, sign_up, words)}
    return Parts(
        subject=context["subject"],
        text=render_to_string("mail/mail.txt", context),
        html=render_to_string("mail/mail.html", context),
    )


def _context(kind: MailKind, sign_up: SignUp) -> dict[str, Any]:
    is_coming = sign_up.state == State.CONFIRMED
    is_list = kind == MailKind.LINKS
    live = sign_up.is_live
    return {
        "facts": [] if is_list else facts.mail_facts(sign_up, is_coming=is_coming),
        "terms": terms(sign_up.activity) if kind == MailKind.CONSENT else [],
        "links": _links(sign_up) if is_list else [],
        "button_url": own_link(sign_up) if live else absolute(sign_up.activity.programme.get_absolute_url()),
        "is_personal": live,
        "answers_to": "".join(_reply_to(sign_up)),
        "privacy_url": absolute(reverse("privacy")),
        "language": translation.get_language(),
        "stylesheet": STYLESHEET,
    }


def _links(sign_up: SignUp) -> list[dict[str, str]]:
    """Every live sign-up of the address, the first to start first."""
    live = SignUp.objects.live().filter(email=sign_up.email).select_related("activity__programme__hub")
    entries = list(live.order_by("activity__first_starts_at", "pk")) or [sign_up]  # a sample stands in no table
    return [
        {
            "title": facts.title_of(entry.activity),
            "when": facts.moment(entry.activity),
            "for_whom": facts.for_whom(entry),
            "state": entry.get_state_display(),
            "url": own_link(entry),
        }
        for entry in entries
    ]


def _reply_to(sign_up: SignUp) -> list[str]:
    return list(filter(None, [sign_up.activity.programme.hub.contact_email]))


def _inlined(html: str) -> str:
    """Many mail programs read style attributes only; what asks for a dark screen stays a stylesheet."""
    return _inliner().inline(html)


@cache
def _inliner() -> CSSInliner:
    css = (settings.BASE_DIR / "static" / STYLESHEET).read_text("utf-8")
    return CSSInliner(extra_css=css, load_remote_stylesheets=False, keep_at_rules=True)
