"""Invented partners, numbered by kind, and what they do at the real hubs: never running one."""

from collections import Counter
from collections.abc import Sequence
from random import Random

from content.models import PublicationState
from hubs.models import Hub, HubPartner
from mkbdeal.demo.chance import uuid_from
from mkbdeal.demo.words import PARTNER_BODY, PARTNER_NAMES, PARTNER_SUMMARY
from partners.models import Partner, PartnerKind, PartnerRole

COMPANY = PartnerKind.COMPANY
KINDS = (
    COMPANY,
    COMPANY,
    PartnerKind.EDUCATION,
    COMPANY,
    PartnerKind.TRAINING_COMPANY,
    COMPANY,
    COMPANY,
    PartnerKind.NETWORK,
    COMPANY,
    PartnerKind.GOVERNMENT,
)


def make_partners(number: int, hubs: Sequence[Hub], chance: Random) -> list[Partner]:
    """Unsaved example partners in the towns of the hubs."""
    numbers: Counter[PartnerKind] = Counter()
    partners = []
    for index in range(number):
        kind = KINDS[index % len(KINDS)]
        numbers[kind] += 1
        name = f"{PARTNER_NAMES[kind]} {numbers[kind]}"
        partners.append(
            Partner(
                uuid=uuid_from(chance),
                slug=name.lower().replace(" ", "-"),
                name=name,
                kind=kind,
                town=chance.choice(hubs).town,
                summary=PARTNER_SUMMARY.nl,
                summary_en=PARTNER_SUMMARY.en,
                body=PARTNER_BODY.nl,
                body_en=PARTNER_BODY.en,
                state=PublicationState.PUBLISHED,
                is_example=True,
            )
        )
    return partners


def make_hub_roles(partners: Sequence[Partner], hubs: Sequence[Hub], chance: Random) -> list[HubPartner]:
    """Each partner at one hub. None runs it: that would give its members rights over a real hub."""
    roles = (PartnerRole.SUPPORTS, PartnerRole.SUPPORTS, PartnerRole.TEACHES, PartnerRole.FUNDS)
    return [HubPartner(hub=chance.choice(hubs), partner=partner, role=chance.choice(roles)) for partner in partners]
