"""What could come next for somebody who was there: programmes that follow, and stations further down the pathway."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from content import onward
from hubs import programme_rows, stations
from hubs.models import Audience, Programme
from hubs.programme_rows import ProgrammeRow
from hubs.stations import LATERAL_KEY, Station
from hubs.taxonomy import Taxonomy
from signups.models import SignUp

MOST_PROGRAMMES: Final = 5


@dataclass(frozen=True)
class NextSteps:
    """Rows of programmes, direction signs, and whether one can go to work from here."""

    programmes: list[ProgrammeRow]
    signs: list[onward.Sign]
    leads_to_work: bool


def next_steps(entry: SignUp, now: datetime) -> NextSteps:
    """From the programme, and from the level of who signed up; where neither leads on, to the pathway itself."""
    taxonomy = Taxonomy.load()
    following = Programme.objects.published(now).filter(follows_from=entry.activity.programme_id)
    rows = programme_rows.programme_rows(programme_rows.with_row_data(following, now)[:MOST_PROGRAMMES], taxonomy, now)
    found = stations.stations(taxonomy)
    station = _station(entry, found)
    signs = _signs_from(station, found, taxonomy) if station else []
    if not signs and not rows:
        signs = [(label, "", url) for label, url in onward.links("pathway", "programmes")]
    return NextSteps(rows, signs, leads_to_work=bool(station and station.stop.ends_in_work))


def _station(entry: SignUp, found: list[Station]) -> Station | None:
    """Where on the pathway this sign-up stands; None where it did not say."""
    if entry.education_level_id:
        return next((station for station in found if entry.education_level_id in station.leaf_ids), None)
    if entry.audience == Audience.CAREER_CHANGER:
        return next((station for station in found if station.stop.key == LATERAL_KEY), None)
    return None


def _signs_from(station: Station, found: list[Station], taxonomy: Taxonomy) -> list[onward.Sign]:
    network = stations.network(found, taxonomy)
    keys = {route.to_key for route in network.routes if route.from_key == station.stop.key}
    return [(stop.name, stop.note, stop.url) for stop in network.stops if stop.key in keys]
