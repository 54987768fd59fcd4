"""The small reference lists that every catalogue page needs, read once per page; and how levels are named together."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from content import clock
from content.localised import localised
from hubs.models import (
    Audience,
    EducationLevel,
    Hub,
    LevelGroup,
    Phase,
    Progression,
    Theme,
)

# Pupils and students are already named by their level; the others are said beside it.
NAMED_BY_LEVEL = {Audience.PUPIL, Audience.STUDENT}


@dataclass(frozen=True)
class Taxonomy:
    """Published hubs in their order, leaf levels with their group, themes, and how they hang together by id.

    `read_at` is the database's clock when it was read: a page that has a taxonomy need not ask for the time again.
    """

    hubs: Sequence[Hub]
    levels: Sequence[EducationLevel]
    themes: list[Theme]
    level_ids_of_hub: dict[int, set[int]]
    theme_ids_of_hub: dict[int, list[int]]
    routes: list[tuple[int, int]]
    read_at: datetime

    @classmethod
    def load(cls) -> Self:
        """Three queries; a fourth for the clock while there are no hubs yet."""
        offered = Hub.levels.through.objects.filter(hub=OuterRef("pk")).values("educationlevel_id")
        onward = (
            Progression.objects.filter(from_level=OuterRef("pk")).order_by("to_level__position").values("to_level_id")
        )
        topics = Theme.objects.filter(hubs=OuterRef("pk")).values("pk")
        published = Hub.objects.published().annotate(
            level_ids=ArraySubquery(offered), theme_ids=ArraySubquery(topics), read_at=Now()
        )
        hubs = list(published)
        levels = list(EducationLevel.objects.select_related("group").annotate(onward_ids=ArraySubquery(onward)))
        return cls(
            hubs=hubs,
            levels=levels,
            themes=list(Theme.objects.all()),
            level_ids_of_hub={hub.pk: set(hub.level_ids) for hub in hubs},
            theme_ids_of_hub={hub.pk: hub.theme_ids for hub in hubs},
            routes=[(level.pk, onward_id) for level in levels for onward_id in level.onward_ids],
            read_at=hubs[0].read_at if hubs else clock.now(),
        )

    @cached_property
    def hub_by_id(self) -> dict[int, Hub]:
        return {hub.pk: hub for hub in self.hubs}

    def hub(self, slug: str) -> Hub | None:
        return next((hub for hub in self.hubs if hub.slug == slug), None)

    @cached_property
    def theme_by_id(self) -> dict[int, Theme]:
        return {theme.pk: theme for theme in self.themes}

    @cached_property
    def groups(self) -> dict[LevelGroup, list[EducationLevel]]:
        """Each group with its leaves, in the order of the levels."""
        members: dict[LevelGroup, list[EducationLevel]] = {}
        for level in self.levels:
            if level.group:
                members.setdefault(level.group, []).append(level)
        return members

    def leaves(self, code: str) -> list[EducationLevel]:
        """The leaf levels behind the code of a level or of a group; none when nobody knows the code."""
        return [level for level in self.levels if code == level.code or (level.group and code == level.group.code)]

    def units(self, level_ids: Collection[int]) -> list[EducationLevel | LevelGroup]:
        """These levels as people name them: a group where all its leaves are present, else the leaves."""
        units: list[EducationLevel | LevelGroup] = []
        for level in self.levels:
            if level.pk not in level_ids:
                continue
            group = level.group
            whole = group is not None and all(leaf.pk in level_ids for leaf in self.groups[group])
            unit: EducationLevel | LevelGroup = group if whole and group else level
            if unit not in units:
                units.append(unit)
        return units

    def unit_name(self, unit: EducationLevel | LevelGroup) -> str:
        """The name in the active language; a level that has an alias goes by it when it stands without its group."""
        field = "alias" if isinstance(unit, EducationLevel) and unit.alias else "name"
        return localised(unit, field)[0]

    def ages(self, level_ids: Collection[int]) -> str:
        """The usual ages at one level or group, "12 tot 16 jaar"; nothing for several, whose ages say little."""
        units = self.units(level_ids)
        leaves = [level for level in self.levels if level.pk in level_ids]
        lowest = min((leaf.age_from for leaf in leaves if leaf.age_from is not None), default=None)
        if len(units) != 1 or lowest is None:
            return ""
        highest = [leaf.age_to for leaf in leaves if leaf.age_to is not None]
        if len(highest) < len(leaves):
            return _("vanaf %(least)d jaar") % {"least": lowest}
        return _("%(least)d tot %(most)d jaar") % {"least": lowest, "most": max(highest)}

    def for_whom(self, level_ids: Collection[int], audiences: Iterable[str], phases: Iterable[str] = ()) -> str:
        """ "Vmbo, havo/vwo, zij-instromers": levels, phases that say something, audiences that no level names."""
        names = [self.unit_name(unit) for unit in self.units(level_ids)]
        names += [str(Phase(code).label) for code in phases if code != Phase.INITIAL]
        names += [str(Audience(code).label) for code in audiences if not names or code not in NAMED_BY_LEVEL]
        text = ", ".join(dict.fromkeys(names)) or _("iedereen")
        return text[0].upper() + text[1:]
