"""The tables of partners, one noun a file."""

from partners.models.attempt import Attempt
from partners.models.invitation import Invitation
from partners.models.membership import Membership
from partners.models.partner import Partner, PartnerKind
from partners.models.person import PartnerPerson
from partners.models.role import InvitedRole, MemberRole, PartnerRole
from partners.models.school import HolidayRegion, School, SchoolHoliday
from partners.models.session import StaffSession
from partners.models.user import User

__all__ = [
    "Attempt",
    "HolidayRegion",
    "Invitation",
    "InvitedRole",
    "MemberRole",
    "Membership",
    "Partner",
    "PartnerKind",
    "PartnerPerson",
    "PartnerRole",
    "School",
    "SchoolHoliday",
    "StaffSession",
    "User",
]
