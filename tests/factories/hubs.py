"""Factories for the models of hubs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from content.models import PublicationState
from hubs.models import (
    Activity,
    EducationLevel,
    Hub,
    HubColour,
    HubPartner,
    LevelGroup,
    Meeting,
    Pictogram,
    Programme,
    ProgrammeKind,
    ProgrammePartner,
    Progression,
    Room,
    Sector,
    Theme,
)
from partners.models import PartnerRole
from tests.factories.partners import PartnerFactory

# The capitals after Ā that have a small form: 384, so that a test may have as many hubs.
CAPITALS = [chr(code) for code in range(0x131, 0x600) if chr(code).upper() == chr(code) != chr(code).lower()]


class ThemeFactory(DjangoModelFactory):
    """A theme with a pictogram."""

    class Meta:
        model = Theme

    slug = factory.Sequence("thema-{}".format)
    name = factory.Sequence("Thema {}".format)
    pictogram = Pictogram.WELDING
    position = factory.Sequence(lambda n: n % 30_000)


class LevelGroupFactory(DjangoModelFactory):
    """A group that is one station on the map."""

    class Meta:
        model = LevelGroup

    code = factory.Sequence("groep-{}".format)
    name = factory.Sequence("Groep {}".format)


class EducationLevelFactory(DjangoModelFactory):
    """A level of secondary education."""

    class Meta:
        model = EducationLevel

    code = factory.Sequence("niveau-{}".format)
    name = factory.Sequence("Niveau {}".format)
    sector = Sector.SECONDARY
    position = factory.Sequence(lambda n: n % 30_000)


class ProgressionFactory(DjangoModelFactory):
    """A route between two new levels."""

    class Meta:
        model = Progression

    from_level = factory.SubFactory(EducationLevelFactory)
    to_level = factory.SubFactory(EducationLevelFactory)


class HubFactory(DjangoModelFactory):
    """A published hub. Letters are unique: 400 hubs a test at most."""

    class Meta:
        model = Hub
        skip_postgeneration_save = True

    slug = factory.Sequence("hub-{}".format)
    name = factory.Sequence("Hub {}".format)
    town = "Woerden"
    letter = factory.Sequence(lambda n: CAPITALS[n % len(CAPITALS)])
    colour = factory.Iterator(HubColour.values)
    summary = "Een werkplaats waar je techniek leert met je handen."
    state = PublicationState.PUBLISHED

    @factory.post_generation
    def levels(self, create: bool, extracted: Any, **_: Any) -> None:
        """levels=[…] sets them."""
        if create and extracted:
            self.levels.set(extracted)  # type: ignore[attr-defined]

    @factory.post_generation
    def themes(self, create: bool, extracted: Any, **_: Any) -> None:
        """themes=[…] sets them."""
        if create and extracted:
            self.themes.set(extracted)  # type: ignore[attr-defined]


class HubPartnerFactory(DjangoModelFactory):
    """A partner that runs a hub."""

    class Meta:
        model = HubPartner

    hub = factory.SubFactory(HubFactory)
    partner = factory.SubFactory(PartnerFactory)
    role = PartnerRole.RUNS


class RoomFactory(DjangoModelFactory):
    """A room of a hub."""

    class Meta:
        model = Room

    hub = factory.SubFactory(HubFactory)
    name = factory.Sequence("Lokaal {}".format)


class ProgrammeFactory(DjangoModelFactory):
    """A published workshop."""

    class Meta:
        model = Programme
        skip_postgeneration_save = True

    hub = factory.SubFactory(HubFactory)
    slug = factory.Sequence("programma-{}".format)
    kind = ProgrammeKind.WORKSHOP
    title = factory.Sequence("Programma {}".format)
    summary = "Je maakt iets en neemt het mee naar huis."
    state = PublicationState.PUBLISHED

    @factory.post_generation
    def levels(self, create: bool, extracted: Any, **_: Any) -> None:
        """levels=[…] sets them."""
        if create and extracted:
            self.levels.set(extracted)  # type: ignore[attr-defined]

    @factory.post_generation
    def themes(self, create: bool, extracted: Any, **_: Any) -> None:
        """themes=[…] sets them."""
        if create and extracted:
            self.themes.set(extracted)  # type: ignore[attr-defined]

    @factory.post_generation
    def leads_to(self, create: bool, extracted: Any, **_: Any) -> None:
        """leads_to=[…] sets the programmes that come next."""
        if create and extracted:
            self.leads_to.set(extracted)  # type: ignore[attr-defined]


class ProgrammePartnerFactory(DjangoModelFactory):
    """A partner that runs a programme."""

    class Meta:
        model = ProgrammePartner

    programme = factory.SubFactory(ProgrammeFactory)
    partner = factory.SubFactory(PartnerFactory)
    role = PartnerRole.RUNS


class ActivityFactory(DjangoModelFactory):
    """An activity with twelve seats and one meeting far in the future.

    `starts_at=` moves the meeting, `meetings=3` gives one a week, `meetings=0` none. The result carries what the
    triggers wrote.
    """

    class Meta:
        model = Activity
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    capacity = 12
    starts_at = datetime(2099, 11, 28, 9, 0, tzinfo=UTC)

    @factory.post_generation
    def meetings(self, create: bool, extracted: int | None, **_: Any) -> None:
        """How many meetings; one unless said otherwise."""
        if not create:
            return
        first = self._first_start  # type: ignore[attr-defined]
        for week in range(1 if extracted is None else extracted):
            MeetingFactory(activity=self, starts_at=first + timedelta(weeks=week))
        self.refresh_from_db()  # type: ignore[attr-defined]

    @classmethod
    def _create(cls, model_class: type[Activity], *args: Any, **kwargs: Any) -> Activity:
        first = kwargs.pop("starts_at")
        activity: Activity = super()._create(model_class, *args, **kwargs)
        activity._first_start = first  # type: ignore[attr-defined]
        return activity


class MeetingFactory(DjangoModelFactory):
    """Two and a half hours."""

    class Meta:
        model = Meeting

    activity = factory.SubFactory(ActivityFactory, meetings=0)
    starts_at = datetime(2099, 11, 28, 9, 0, tzinfo=UTC)
    ends_at = factory.LazyAttribute(lambda meeting: meeting.starts_at + timedelta(hours=2.5))
