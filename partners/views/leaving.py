"""What is said before somebody is let go: where they are out, and what they keep."""

from django.utils.translation import gettext as _

from partners.models import Partner, User


def warning(who: User, *, by: User, partner: Partner | None) -> str:
    """Out of this partner, or without one out of the programme office."""
    where = partner.name if partner else _("het programmabureau")
    if who == by:
        out = _("Je hoort dan niet meer bij %(where)s.") % {"where": where}
        return f"{out} {_you_keep(who, partner)}"
    out = _("%(who)s (%(email)s) hoort dan bij de volgende klik niet meer bij %(where)s.")
    return f"{out % {'who': who, 'email': who.email, 'where': where}} {_they_keep(who, partner)}"


def _you_keep(who: User, partner: Partner | None) -> str:
    if partner and who.is_programme_office:
        return _("Je hoort ook bij het programmabureau. Daarom blijf je alles zien en bewerken.")
    if not partner and who.is_member:
        return _("Voor je partners kun je blijven werken.")
    return _("Wil je terug? Dan moet iemand anders je opnieuw uitnodigen.")


def _they_keep(who: User, partner: Partner | None) -> str:
    """A manager does not read for which other partners somebody works."""
    if partner and who.is_programme_office:
        return _("%(who)s is ook van het programmabureau, en kan daarom alles blijven zien en bewerken.") % {"who": who}
    if not partner and who.is_member:
        return _("Voor partners kan %(who)s blijven werken.") % {"who": who}
    return _("Komt je collega terug? Dan nodig je opnieuw uit.")
