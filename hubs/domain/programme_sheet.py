"""Programmes as rows of a file. New ones are drafts that the importer's partners run."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from content.domain.exchange.plans import PlannedRow
from content.domain.exchange.sheets import Sheet
from hubs.domain import authorship
from hubs.models import HubPartner, Programme, ProgrammePartner
from partners.models import Partner, PartnerRole


def run_by(partners: QuerySet[Partner]) -> Q:
    """The programmes that these partners run, and those at the hubs that they run."""
    runs = {"role": PartnerRole.RUNS, "partner__in": partners.values("pk")}
    programmes, hubs = ProgrammePartner.objects.filter(**runs), HubPartner.objects.filter(**runs)
    return Q(pk__in=programmes.values("programme")) | Q(hub__in=hubs.values("hub"))


class ProgrammeSheet(Sheet):
    """The programmes that a user manages."""

    model = Programme
    key = "slug"
    names_itself_by = "title"
    follows = ("hub", "levels", "themes", "leads_to")

    def save_along(self, rows: Sequence[PlannedRow], author: Any) -> None:
        authorship.give_all_to(programmes=[row.subject for row in rows if row.is_new], author=author)
