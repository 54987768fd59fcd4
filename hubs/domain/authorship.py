"""Who makes a programme runs it: the author's own partners get the role that gives them rights to it."""

from collections.abc import Iterable, Sequence
from typing import Any

from hubs.models import HubPartner, Programme, ProgrammePartner
from partners.models import PartnerRole


def give_to(*, programme: Programme, author: Any) -> None:
    """Those of the author's partners that have a role at the hub. The programme office gives roles itself."""
    give_all_to(programmes=[programme], author=author)


def give_all_to(*, programmes: Sequence[Programme], author: Any) -> None:
    """The same for each of these. Two queries."""
    if author.is_programme_office or not programmes:
        return
    hubs = {programme.hub_id for programme in programmes}
    own = HubPartner.objects.filter(hub__in=hubs, partner__memberships__user=author)
    pairs = set(own.values_list("hub", "partner"))
    ProgrammePartner.objects.bulk_create(_roles(programmes, pairs), ignore_conflicts=True)


def _roles(programmes: Iterable[Programme], pairs: set[tuple[int, int]]) -> list[ProgrammePartner]:
    return [
        ProgrammePartner(programme=programme, partner_id=partner, role=PartnerRole.RUNS)
        for programme in programmes
        for hub, partner in sorted(pairs)
        if hub == programme.hub_id
    ]
