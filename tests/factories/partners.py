"""Factories for the models of partners."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from content.models import PublicationState
from partners.models import (
    HolidayRegion,
    Invitation,
    InvitedRole,
    MemberRole,
    Membership,
    Partner,
    PartnerKind,
    PartnerPerson,
    School,
    SchoolHoliday,
    User,
)


class UserFactory(DjangoModelFactory):
    """A partner's staff member without rights; `password=` makes logging in possible (slow: it is hashed)."""

    class Meta:
        model = User

    email = factory.Sequence("medewerker{}@voorbeeld.example".format)
    name = factory.Sequence("Medewerker {}".format)

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(*args, **kwargs)


class OfficeUserFactory(UserFactory):
    """A member of the programme office: sees and edits everything."""

    is_programme_office = True


class PartnerFactory(DjangoModelFactory):
    """A published company."""

    class Meta:
        model = Partner

    slug = factory.Sequence("voorbeeldbedrijf-{}".format)
    name = factory.Sequence("Voorbeeldbedrijf {}".format)
    kind = PartnerKind.COMPANY
    summary = "Maakt onderdelen van metaal."
    state = PublicationState.PUBLISHED


class PartnerPersonFactory(DjangoModelFactory):
    """Someone's role at a partner, as history."""

    class Meta:
        model = PartnerPerson

    partner = factory.SubFactory(PartnerFactory)
    name = factory.Sequence("Persoon {}".format)
    role = "voorzitter"
    known_in_year = 2020


class MembershipFactory(DjangoModelFactory):
    """An editor at a partner."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    partner = factory.SubFactory(PartnerFactory)
    role = MemberRole.EDITOR


class InvitationFactory(DjangoModelFactory):
    """An open invitation, valid for longer than any test runs."""

    class Meta:
        model = Invitation

    partner = factory.SubFactory(PartnerFactory)
    email = factory.Sequence("nieuw{}@voorbeeld.example".format)
    role = MemberRole.EDITOR
    expires_at = datetime(2100, 1, 1, tzinfo=UTC)

    class Params:
        to_office = factory.Trait(partner=None, role=InvitedRole.OFFICE)


class SchoolFactory(DjangoModelFactory):
    """A branch with an invented code."""

    class Meta:
        model = School

    branch_code = factory.Sequence(lambda n: f"{n // 100 % 100:02d}ZZ{n % 100:02d}")
    name = factory.Sequence("School {}".format)
    municipality = "Woerden"
    holiday_region = HolidayRegion.MIDDLE


class SchoolHolidayFactory(DjangoModelFactory):
    """An autumn holiday; every next one is a week later, because a region has one that starts on a day."""

    class Meta:
        model = SchoolHoliday

    region = HolidayRegion.MIDDLE
    name = "Herfstvakantie"
    from_on = factory.Sequence(lambda n: date(2026, 10, 17) + timedelta(weeks=n % 3000))
    until_on = factory.LazyAttribute(lambda holiday: holiday.from_on + timedelta(days=8))
