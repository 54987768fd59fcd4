"""Partners as visitors see them together: by kind, governments first."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Case, Value, When
from django.utils.translation import gettext as _

from content.models import published_condition
from partners.models import Partner, PartnerKind, PartnerRole

Kinds = list[tuple[str, list[Partner]]]  # a heading and the partners below it
Groups = list[tuple[str, list[tuple[str, str]]]]  # a heading and, of each partner below it, name and address


def ordered_by_kind(partners: models.QuerySet[Partner]) -> models.QuerySet[Partner]:
    """In the order of PartnerKind, by name within it, so that a page of the list holds whole kinds where it can."""
    order = Case(*(When(kind=kind, then=Value(place)) for place, kind in enumerate(PartnerKind.values)))
    return partners.order_by(order, "name")


def by_kind(partners: Iterable[Partner]) -> Kinds:
    """The kinds that are present, in the order in which they come."""
    headings = kind_headings()
    kinds: dict[str, list[Partner]] = {}
    for partner in partners:
        kinds.setdefault(headings[partner.kind], []).append(partner)
    return list(kinds.items())


def links_by_kind(partners: Iterable[Partner]) -> Groups:
    """The same, of each partner its name and address alone."""
    return [
        (heading, [(partner.name, partner.get_absolute_url()) for partner in members])
        for heading, members in by_kind(partners)
    ]


def kind_headings() -> dict[str, str]:
    """The plural of each kind, for above a list."""
    return {
        PartnerKind.GOVERNMENT: _("Overheden"),
        PartnerKind.EDUCATION: _("Scholen"),
        PartnerKind.COMPANY: _("Bedrijven"),
        PartnerKind.TRAINING_COMPANY: _("Opleidingsbedrijven"),
        PartnerKind.NETWORK: _("Netwerken en stichtingen"),
    }


def roles_at(roles: models.QuerySet[Any]) -> Groups:
    """Published partners by what they do at a hub or in a programme, from its partner roles. One query."""
    by_role: dict[str, list[tuple[str, str]]] = {}
    for given in roles.filter(published_condition("partner__")).select_related("partner"):
        by_role.setdefault(given.role, []).append((given.partner.name, given.partner.get_absolute_url()))
    return [(str(role.label).capitalize(), by_role[role]) for role in PartnerRole if role in by_role]
