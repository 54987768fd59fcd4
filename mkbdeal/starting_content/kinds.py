"""The table of what can be loaded: which file feeds which model, what identifies a row, in which order."""

from dataclasses import dataclass
from typing import Any, Final

from django.db import models

from content.models import Figure, Milestone, NewsArticle, Page, Synonym
from hubs.models import EducationLevel, Hub, LevelGroup, Programme, Progression, Room, Theme
from partners.models import Partner, PartnerPerson, School, SchoolHoliday


@dataclass(frozen=True)
class Kind:
    """What a file holds. `name` and `key` stand in the ledger, so they never change; `source` is a file or a folder."""

    name: str
    model: type[models.Model]
    source: str
    key: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name)


# A kind may refer to those above it and to itself.
KINDS: Final = (
    Kind("themes", Theme, "hubs/starting/themes.yaml", ("slug",)),
    Kind("level_groups", LevelGroup, "hubs/starting/level_groups.yaml", ("code",)),
    Kind("levels", EducationLevel, "hubs/starting/levels.yaml", ("code",)),
    Kind("routes", Progression, "hubs/starting/routes.yaml", ("from_level", "to_level")),
    Kind("partners", Partner, "partners/starting/partners.yaml", ("slug",)),
    Kind("people", PartnerPerson, "partners/starting/people.yaml", ("partner", "name", "role")),
    Kind("schools", School, "partners/starting/schools.yaml", ("branch_code",)),
    Kind("school_holidays", SchoolHoliday, "partners/starting/school_holidays.yaml", ("region", "from_on")),
    Kind("hubs", Hub, "hubs/starting/hubs.yaml", ("slug",)),
    Kind("rooms", Room, "hubs/starting/rooms.yaml", ("hub", "name")),
    Kind("programmes", Programme, "hubs/starting/programmes", ("slug",)),
    Kind("milestones", Milestone, "content/starting/milestones.yaml", ("key",)),
    Kind("figures", Figure, "content/starting/figures.yaml", ("key",)),
    Kind("news", NewsArticle, "content/starting/news.yaml", ("slug",)),
    Kind("pages", Page, "content/starting/pages", ("slug",)),
    Kind("synonyms", Synonym, "content/starting/synonyms.yaml", ("word", "means")),
)
KIND_OF: Final[dict[Any, Kind]] = {kind.model: kind for kind in KINDS}
