"""The tables of hubs, one noun a file."""

from hubs.models.activity import Activity, Counting, Meeting
from hubs.models.audience import Audience, Phase, Track
from hubs.models.hub import Hub, HubColour, HubPartner, Room
from hubs.models.level import EducationLevel, LevelGroup, Progression, Sector
from hubs.models.programme import Programme, ProgrammeKind, ProgrammePartner
from hubs.models.theme import Pictogram, Theme

__all__ = [
    "Activity",
    "Audience",
    "Counting",
    "EducationLevel",
    "Hub",
    "HubColour",
    "HubPartner",
    "LevelGroup",
    "Meeting",
    "Phase",
    "Pictogram",
    "Programme",
    "ProgrammeKind",
    "ProgrammePartner",
    "Progression",
    "Room",
    "Sector",
    "Theme",
    "Track",
]
