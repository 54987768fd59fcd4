"""Mails that invite somebody to keep a partner's pages, or into the programme office: to an address that staff gave."""

from datetime import datetime

from django.utils.translation import gettext as _

from content import dates
from partners.models import Invitation, User
from signups.mails.content import Content
from signups.mails.facts import one_line
from signups.mails.links import invitation_link
from signups.mails.wording import Words


def content(invitation: Invitation) -> Content:
    """Names whom one would work for and who invites, never what is behind the link."""
    words = _words(invitation)
    return Content(
        words=words,
        subject=f"{words.heading}: {one_line(invitation.organisation)}",
        button_url=invitation_link(invitation),
        is_personal=True,
    )


def still_true(invitation: Invitation, now: datetime) -> bool:
    """Not once it was accepted, withdrawn or ran out."""
    return invitation.accepted_at is None and invitation.withdrawn_at is None and invitation.expires_at > now


def _words(invitation: Invitation) -> Words:
    inviter = one_line(invitation.invited_by.name) if invitation.invited_by else ""
    asked, unknown = _at_a_partner(invitation, inviter) if invitation.partner else _in_the_office(inviter)
    if User.objects.filter(email=invitation.email.lower()).exists():
        then, button = _("Druk op de knop en log in met het account dat je al hebt."), _("Neem de uitnodiging aan")
    else:
        then, button = _("Druk op de knop en maak je account."), _("Maak je account")
    return Words(
        _("Je bent uitgenodigd"),
        [*asked, then],
        button,
        [_("Dat kan tot %(day)s.") % {"day": dates.day(invitation.expires_at)}, unknown],
    )


def _at_a_partner(invitation: Invitation, inviter: str) -> tuple[list[str], str]:
    who = {"partner": one_line(invitation.organisation), "inviter": inviter}
    if inviter:
        asked = _("%(inviter)s nodigt je uit om de pagina's van %(partner)s bij te houden.") % who
    else:
        asked = _("Je bent uitgenodigd om de pagina's van %(partner)s bij te houden.") % who
    return [asked], _("Ken je deze partner niet? Dan hoef je niets te doen.")


def _in_the_office(inviter: str) -> tuple[list[str], str]:
    if inviter:
        asked = _("%(inviter)s nodigt je uit om mee te werken in het programmabureau.") % {"inviter": inviter}
    else:
        asked = _("Je bent uitgenodigd om mee te werken in het programmabureau.")
    return [asked, _("Je bewerkt dan de pagina's van alle partners.")], _("Ken je ons niet? Dan hoef je niets te doen.")
