"""Mails about an account, sent at once and in Dutch. They say what happened, never what was typed."""

import logging
import threading
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.structured_data import absolute
from signups.mails.content import Content
from signups.mails.rendering import compose
from signups.mails.wording import Words

logger = logging.getLogger(__name__)

Said = tuple[str | Promise, list[str | Promise]]  # the heading and the sentences

_NOT_YOU: Final = _("Was jij dit niet? Vraag dan meteen een nieuw wachtwoord aan en bel het programmabureau.")
_CHANGED: Final = _("Er is iets veranderd aan je account")
RESET: Final = "password_reset_key"
UNKNOWN: Final = "unknown_account"
LOCKED: Final = "locked"
CODES_TRIED: Final = "codes_tried"
OLD_PASSWORDS_TRIED: Final = "old_passwords_tried"

WORDS: Final[dict[str, Said]] = {
    RESET: (
        _("Kies een nieuw wachtwoord"),
        [
            _("Iemand vroeg een nieuw wachtwoord aan voor dit e-mailadres."),
            _("Was jij dit niet? Dan hoef je niets te doen: er verandert niets."),
        ],
    ),
    UNKNOWN: (
        _("Geen account bij dit adres"),
        [
            _("Iemand vroeg een nieuw wachtwoord aan, maar bij dit e-mailadres hoort geen account."),
            _("Heb je een ander adres? Probeer het daarmee. Was jij dit niet? Dan hoef je niets te doen."),
        ],
    ),
    LOCKED: (
        _("Iemand probeert in te loggen"),
        [
            _("Er is in vijf minuten vijf keer een verkeerd wachtwoord ingevuld bij je account."),
            _("Inloggen kan nu even niet."),
            _("Was jij dit? Wacht vijf minuten. Was jij dit niet? Kies dan een nieuw wachtwoord."),
        ],
    ),
    CODES_TRIED: (
        _("Iemand weet je wachtwoord"),
        [
            _("Er is ingelogd met je wachtwoord, en daarna is vijf keer een verkeerde code ingevuld."),
            _("Was jij dit? Wacht vijf minuten. Was jij dit niet? Kies dan meteen een nieuw wachtwoord."),
        ],
    ),
    OLD_PASSWORDS_TRIED: (
        _("Iemand raadt naar je wachtwoord"),
        [
            _("Er is vijf keer een verkeerd wachtwoord ingevuld op een apparaat waar je bent ingelogd."),
            _("Was jij dit? Wacht vijf minuten. Was jij dit niet? Kies dan meteen een nieuw wachtwoord."),
            _("Dan ben je overal uitgelogd."),
        ],
    ),
    "password_changed": (_CHANGED, [_("Je wachtwoord is veranderd."), _NOT_YOU]),
    "password_reset": (_CHANGED, [_("Je hebt een nieuw wachtwoord gekozen."), _NOT_YOU]),
    "totp_activated": (_CHANGED, [_("Er is een app met codes gekoppeld."), _NOT_YOU]),
    "totp_deactivated": (_CHANGED, [_("De app met codes is losgekoppeld."), _NOT_YOU]),
    "webauthn_added": (_CHANGED, [_("Er is een passkey toegevoegd."), _NOT_YOU]),
    "webauthn_removed": (_CHANGED, [_("Er is een passkey verwijderd."), _NOT_YOU]),
    "recovery_codes_generated": (_CHANGED, [_("Er zijn nieuwe reservecodes. De oude werken niet meer."), _NOT_YOU]),
}  # fmt: skip


class NotSentError(Exception):
    """The mail server did not take it."""


class TooOftenError(Exception):
    """The address had its share of these mails."""


def send(kind: str, email: str, link: str = "") -> None:
    """Raises NotSentError. Waits for the mail server as long as EMAIL_TIMEOUT says."""
    with translation.override(settings.LANGUAGE_CODE):
        mail = _mail(kind, email, link)
    try:
        mail.send()
    except (SMTPException, OSError) as error:
        logger.warning("A mail about an account was not sent: %s", type(error).__name__)
        raise NotSentError from error


def send_aside(kind: str, email: str) -> None:
    """The same beside the request: its answer takes no longer for an address that has an account."""
    threading.Thread(target=_send_quietly, args=(kind, email), daemon=True).start()


def _send_quietly(kind: str, email: str) -> None:
    try:
        send(kind, email)
    except NotSentError:
        return


def _mail(kind: str, email: str, link: str) -> EmailMultiAlternatives:
    """As all mails look."""
    heading, sentences = WORDS[kind]
    button, url, after = "", "", ""
    if link:
        button, url, after = gettext("Kies een nieuw wachtwoord"), link, gettext("De link werkt één keer.")
    elif kind != UNKNOWN:
        button, url = gettext("Vraag een nieuw wachtwoord aan"), absolute(reverse("account_reset_password"))
    words = Words(str(heading), [str(sentence) for sentence in sentences], button, [after] if after else [])
    return compose(Content(words=words, subject=str(heading), button_url=url, is_personal=bool(link)), to=email)
