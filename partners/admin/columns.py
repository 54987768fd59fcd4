"""The columns of partners and schools in an import or export. The key first, what is only for reading last."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from content.domain.exchange.columns import Column, column
from content.domain.exchange.relations import OneOf
from partners.models import Partner, School


def partner_columns() -> list[Column]:
    return [
        column(Partner, "slug", _("Hieraan herkent de site de rij. Leeg: een nieuwe."), field=None, is_required=False),
        column(Partner, "name", _("Zoals de partner zelf heet.")),
        column(Partner, "kind", _("Bezoekers zien partners per soort.")),
        column(Partner, "summary", _("Eén of twee zinnen voor in lijsten, hoogstens 400 tekens.")),
        column(Partner, "body"),
        column(Partner, "town", _("De plaats waar de partner zit.")),
        column(Partner, "website", _("Het hele adres, met https://.")),
        column(Partner, "is_deal_party"),
        column(Partner, "deal_role", _("Staat op de pagina over de deal, hoogstens 400 tekens.")),
        column(Partner, "cbs_code", _("Alleen voor overheden, zoals GM0632.")),
        column(Partner, "summary_en"),
        column(Partner, "body_en"),
        column(Partner, "deal_role_en"),
        column(Partner, "state", is_shown_only=True),
    ]


def school_columns(*, partners: QuerySet[Partner]) -> list[Column]:
    return [
        column(School, "branch_code", _("De code van DUO, zoals 04IX00. Een onbekende code wordt een nieuwe school.")),
        column(School, "name", _("Zoals docenten de school zoeken.")),
        column(School, "street", _("Straat en huisnummer.")),
        column(School, "postcode", _("Zoals 3442 AE.")),
        column(School, "town", _("De plaats waar de school staat.")),
        column(School, "municipality", _("De gemeente waar de school onder valt.")),
        column(School, "holiday_region", _("De regio waarvan de school de vakanties heeft.")),
        column(School, "partner", _("Als de school zelf partner is."), kind=OneOf(partners, code="slug")),
    ]
