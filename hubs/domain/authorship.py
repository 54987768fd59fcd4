"""Who makes a programme runs it: the author's own partners get the role that gives them rights to it."""

from typing import Any

from hubs.models import HubPartner, Programme, ProgrammePartner
from partners.models import Partner, PartnerRole


def give_to(*, programme: Programme, author: Any) -> None:
    """Those of the author's partners that have a role at the hub. The programme office gives roles itself."""
    if author.is_programme_office:
        return
    at_the_hub = HubPartner.objects.filter(hub=programme.hub_id).values("partner")
    for partner in Partner.objects.filter(memberships__user=author, pk__in=at_the_hub):
        ProgrammePartner.objects.get_or_create(programme=programme, partner=partner, role=PartnerRole.RUNS)
