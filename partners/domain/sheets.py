"""Partners and schools as rows of a file."""

from content.domain.exchange.sheets import Sheet
from partners.models import Partner, School


class PartnerSheet(Sheet):
    """The partners that a user works for; the office adds others."""

    model = Partner
    key = "slug"
    names_itself_by = "name"


class SchoolSheet(Sheet):
    """Schools, known by the code that DUO gave them."""

    model = School
    key = "branch_code"
    takes_new_keys = True
    follows = ("partner",)
