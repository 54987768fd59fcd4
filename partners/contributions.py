"""What a partner does: its hubs and programmes by role, reached by reverse relation; nothing of hubs is imported."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from content.models import published_condition
from partners.models import Partner, PartnerRole

MOST_PROGRAMMES = 60


@dataclass(frozen=True)
class Contribution:
    """One role, with the published hubs and programmes in which the partner has it."""

    heading: str
    hubs: list[Any] = field(default_factory=list)
    programmes: list[Any] = field(default_factory=list)


def contributions(partner: Partner) -> list[Contribution]:
    """The roles that the partner has, in the order of PartnerRole. Two queries for any number of rows."""
    found = {role: Contribution(heading) for role, heading in headings().items()}
    hub_roles = partner.hub_roles.filter(published_condition("hub__"))
    for given in hub_roles.select_related("hub").order_by("hub__position", "hub__name"):
        found[given.role].hubs.append(given.hub)
    programme_roles = partner.programme_roles.filter(
        published_condition("programme__"), published_condition("programme__hub__")
    )
    ordered = programme_roles.select_related("programme__hub").order_by("programme__title", "programme")
    for programme_role in ordered[:MOST_PROGRAMMES]:
        found[programme_role.role].programmes.append(programme_role.programme)
    return [one for one in found.values() if one.hubs or one.programmes]


def headings() -> dict[str, str]:
    """What each role is called above a list."""
    return {
        PartnerRole.RUNS: _("Voert uit"),
        PartnerRole.TEACHES: _("Geeft les"),
        PartnerRole.FUNDS: _("Betaalt mee"),
        PartnerRole.SUPPORTS: _("Steunt"),
    }
