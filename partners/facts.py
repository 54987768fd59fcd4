"""A partner in short, for the list beside its text."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from content.facts import Fact, fact
from partners.models import Partner


def facts(partner: Partner) -> list[Fact]:
    """What sort of organisation it is, where, and its own website. Empty values are left out by the template."""
    return [
        Fact(_("Soort"), str(partner.get_kind_display())),
        Fact(_("Partij in de deal"), _party(partner), is_unconfirmed="is_deal_party" in partner.to_confirm),
        fact(_("Rol in de deal"), partner, "deal_role"),
        fact(_("Plaats"), partner, "town"),
        fact(_("CBS-code"), partner, "cbs_code"),
        _website(partner),
    ]


def _website(partner: Partner) -> Fact:
    shown = partner.website.partition("://")[2].rstrip("/")
    return Fact(
        pgettext("partner", "Website"), shown, url=partner.website, is_unconfirmed="website" in partner.to_confirm
    )


def _party(partner: Partner) -> str:
    return pgettext("partij in de deal", "ja") if partner.is_deal_party else ""
