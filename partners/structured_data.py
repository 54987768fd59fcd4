"""Partners as schema.org objects; printing them is content/templatetags/structured_data.py."""

from typing import Any

from content.localised import localised
from content.structured_data import CONTEXT, absolute
from partners.models import Partner, PartnerKind

TYPES = {PartnerKind.GOVERNMENT: "GovernmentOrganization", PartnerKind.EDUCATION: "EducationalOrganization"}


def organisation(partner: Partner) -> dict[str, Any]:
    """schema.org/Organization or the kind of it that the partner is; only what is filled in and confirmed."""
    data = {
        "@context": CONTEXT,
        "@type": TYPES.get(PartnerKind(partner.kind), "Organization"),
        "name": partner.name,
        "description": localised(partner, "summary")[0],
        "url": absolute(partner.get_absolute_url()),
        "sameAs": partner.website,
        "location": partner.town,
    }
    return {key: value for key, value in data.items() if value and key not in _unconfirmed(partner)}


def _unconfirmed(partner: Partner) -> set[str]:
    keys = {"summary": "description", "website": "sameAs", "town": "location", "name": "name"}
    return {keys[field] for field in partner.to_confirm if field in keys}
