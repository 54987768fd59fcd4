"""What was filled in about a child, in the words of the form: a guardian judges all of it before consenting."""

from django.utils.translation import gettext as _

from content.facts import Fact
from content.localised import localised
from signups.mails.facts import one_line
from signups.models import SignUp


def filled_in(entry: SignUp) -> list[Fact]:
    """All that is kept of child and guardian, and nothing that was left empty."""
    found = [
        Fact(_("Naam"), one_line(entry.name)),
        Fact(_("Leeftijd"), entry.get_age_band_display()),
        Fact(_("Doelgroep"), entry.get_audience_display()),
        _level(entry),
        Fact(_("School"), one_line(entry.school.with_place if entry.school else entry.school_other)),
        Fact(_("Opmerking"), entry.remarks),
        Fact(_("Jij"), f"{one_line(entry.contact_name)}, {entry.email}"),  # a list's first letter becomes a capital
    ]
    return [one for one in found if one.value]


def _level(entry: SignUp) -> Fact:
    level = entry.education_level
    return Fact(_("Niveau"), *(localised(level, "alias" if level.alias else "name") if level else ("",)))
