"""Mails that invite somebody to keep a partner's pages: to an address that a manager of that partner gave."""

from datetime import datetime

from django.utils.translation import gettext as _

from content import dates
from partners.models import Invitation
from signups.mails.content import Content
from signups.mails.facts import one_line
from signups.mails.links import invitation_link
from signups.mails.words import Words


def content(invitation: Invitation) -> Content:
    """Names the partner and who invites, never what is behind the link."""
    words = _words(invitation)
    return Content(
        words=words,
        subject=f"{words.heading}: {one_line(invitation.partner.name)}",
        button_url=invitation_link(invitation),
        is_personal=True,
    )


def still_true(invitation: Invitation, now: datetime) -> bool:
    """Not once it was accepted, withdrawn or ran out."""
    return invitation.accepted_at is None and invitation.withdrawn_at is None and invitation.expires_at > now


def _words(invitation: Invitation) -> Words:
    who = {"partner": one_line(invitation.partner.name)}
    if invitation.invited_by and invitation.invited_by.name:
        who["inviter"] = one_line(invitation.invited_by.name)
        asked = _("%(inviter)s nodigt je uit om de pagina's van %(partner)s bij te houden.") % who
    else:
        asked = _("Je bent uitgenodigd om de pagina's van %(partner)s bij te houden.") % who
    return Words(
        _("Je bent uitgenodigd"),
        [asked, _("Druk op de knop en maak je account.")],
        _("Maak je account"),
        [
            _("Dat kan tot %(day)s.") % {"day": dates.day(invitation.expires_at)},
            _("Ken je deze partner niet? Dan hoef je niets te doen."),
        ],
    )
