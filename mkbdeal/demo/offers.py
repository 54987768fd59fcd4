"""What could be offered where: every form, theme and level that fits a hub. Their words are in programmes.py."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, cycle, islice, zip_longest
from random import Random

from django.utils import translation

from hubs.models import Audience, EducationLevel, Hub, ProgrammeKind, Sector, Theme
from hubs.taxonomy import Taxonomy
from mkbdeal.demo import words
from mkbdeal.demo.words import Text

Kind = ProgrammeKind
KINDS_OF_SECTOR = {
    Sector.PRIMARY: (Kind.SCHOOL_LESSON, Kind.WORKSHOP, Kind.CLUB, Kind.GUEST_LESSON, Kind.CONTEST),
    Sector.SECONDARY: (
        Kind.SCHOOL_LESSON,
        Kind.GUEST_LESSON,
        Kind.WORKSHOP,
        Kind.CLUB,
        Kind.COMPANY_VISIT,
        Kind.CONTEST,
    ),
    Sector.MBO: (Kind.VOCATIONAL, Kind.GUEST_LESSON, Kind.WORKSHOP, Kind.COMPANY_VISIT),
    Sector.HIGHER: (Kind.GUEST_LESSON, Kind.COMPANY_VISIT),
}
KINDS_OF_ADULTS = {
    Audience.CAREER_CHANGER: (words.CAREER_CHANGERS, (Kind.RETRAINING, Kind.OPEN_EVENING, Kind.WORKSHOP)),
    Audience.EMPLOYEE: (words.EMPLOYEES, (Kind.COURSE, Kind.WORKSHOP)),
}


@dataclass(frozen=True)
class Offer:
    """A programme before it has words: which levels (none for adults) do what, where."""

    hub: Hub
    kind: ProgrammeKind
    theme: Theme
    whom: Text
    levels: tuple[EducationLevel, ...]
    audience: Audience


def make_offers(number: int, taxonomy: Taxonomy, chance: Random) -> list[Offer]:
    """Spread over the hubs; when all combinations are used up they start again."""
    by_hub = []
    for hub in taxonomy.hubs:
        offers = list(_offers_of(hub, taxonomy))
        chance.shuffle(offers)
        by_hub.append(offers)
    mixed = [offer for offer in chain.from_iterable(zip_longest(*by_hub)) if offer]
    return list(islice(cycle(mixed), number))


def _offers_of(hub: Hub, taxonomy: Taxonomy) -> Iterator[Offer]:
    themes = list(hub.themes.all()) or taxonomy.themes
    for theme in themes:
        for levels in _stations(hub):
            sector = Sector(levels[0].sector)
            audience = Audience.PUPIL if sector in {Sector.PRIMARY, Sector.SECONDARY} else Audience.STUDENT
            for kind in KINDS_OF_SECTOR[sector]:
                yield Offer(hub, kind, theme, _name_of(levels, taxonomy), levels, audience)
        for audience, (whom, kinds) in KINDS_OF_ADULTS.items():
            if audience in hub.audiences:
                yield from (Offer(hub, kind, theme, whom, (), audience) for kind in kinds)


def _stations(hub: Hub) -> list[tuple[EducationLevel, ...]]:
    """The hub's levels as stops of the pathway: a group that is one stop stays together."""
    stops: dict[str, list[EducationLevel]] = {}
    for level in hub.levels.select_related("group"):
        together = level.group and level.group.is_one_station
        stops.setdefault(f"group {level.group_id}" if together else level.code, []).append(level)
    return [tuple(levels) for levels in stops.values()]


def _name_of(levels: Sequence[EducationLevel], taxonomy: Taxonomy) -> Text:
    names = []
    for language in ("nl", "en"):
        with translation.override(language):
            units = taxonomy.units({level.pk for level in levels})
            names.append(", ".join(taxonomy.unit_name(unit) for unit in units))
    return Text(*names)
