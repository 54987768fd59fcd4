"""From the tables to the stations of the pathway: which levels make one stop, which hubs stop there, what is on."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from hubs.models import Audience, EducationLevel, LevelGroup, Phase, Programme, Sector
from hubs.pathway.network import WORK, Line, Network, Route, Stage, Stop, build_network
from hubs.pathway.picture import Picture, picture_of
from hubs.taxonomy import Taxonomy

# The two stations that are no education level: a phase and an audience.
POST_INITIAL_KEY = "post-initieel"
LATERAL_KEY = "zij-instroom"

STAGES = {
    Sector.PRIMARY: Stage.PRIMARY,
    Sector.SECONDARY: Stage.SECONDARY,
    Sector.MBO: Stage.MBO,
    Sector.HIGHER: Stage.HIGHER,
}


@dataclass(frozen=True)
class Station:
    """A stop with the leaf levels behind it, or with the phase or the audience that makes it a stop."""

    stop: Stop
    leaves: tuple[EducationLevel, ...] = ()
    phase: str = ""
    audience: str = ""

    @property
    def leaf_ids(self) -> set[int]:
        return {leaf.pk for leaf in self.leaves}

    def programmes(self, programmes: models.QuerySet[Programme]) -> models.QuerySet[Programme]:
        """The programmes that one can take here, of the hubs that stop here."""
        programmes = programmes.filter(hub__slug__in=self.stop.hubs)
        if self.audience:
            return programmes.filter(audiences__contains=[self.audience])
        if self.phase:
            return programmes.filter(phases__contains=[self.phase])
        links = Programme.levels.through.objects.filter(educationlevel__in=self.leaf_ids)
        return programmes.filter(pk__in=links.values("programme"))

    def has(self, level_ids: set[int], phases: list[str], audiences: list[str]) -> bool:
        """The same rule as `programmes`, for one programme in memory."""
        if self.audience:
            return self.audience in audiences
        if self.phase:
            return self.phase in phases
        return bool(self.leaf_ids & level_ids)


def stations(taxonomy: Taxonomy) -> list[Station]:
    """Every station with its counts of published programmes per hub. One query."""
    bare = [*_level_stations(taxonomy), _post_initial(taxonomy), _lateral(taxonomy)]
    rows = (
        Programme.objects.published()
        .order_by()
        .values_list("hub_id", "phases", "audiences")
        .annotate(level_ids=ArrayAgg("levels__id", filter=models.Q(levels__isnull=False), default=[]))
        .annotate(programme=models.F("pk"))
    )
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for hub_id, phases, audiences, level_ids, _pk in rows:
        hub = taxonomy.hub_by_id.get(hub_id)
        for station in bare:
            if hub and hub.slug in station.stop.served and station.has(set(level_ids), phases, audiences):
                counts[station.stop.key][hub.slug] += 1
    counted = [replace(station, stop=replace(station.stop, counts=counts[station.stop.key])) for station in bare]
    return sorted(counted, key=lambda station: (station.stop.stage.value, station.stop.position))


def picture(taxonomy: Taxonomy) -> Picture:
    """Both maps and their table twin, for templates/hubs/pathway. One query."""
    return picture_of(network(stations(taxonomy), taxonomy))


def of_key(key: str, found: list[Station], taxonomy: Taxonomy) -> Station | None:
    """The station of this key; else a single level within a bigger one, such as vmbo basis, with that one's hubs."""
    station = next((station for station in found if station.stop.key == key), None)
    leaves = tuple(taxonomy.leaves(key))
    around = [other for other in found if other.leaf_ids & {leaf.pk for leaf in leaves}]
    if station or not around:
        return station
    hubs = frozenset(slug for other in around for slug in other.stop.hubs)
    name = _capital(taxonomy.unit_name(leaves[0]))
    return Station(replace(around[0].stop, name=name, note="", served=hubs, counts={}), leaves)


def related_keys(station: Station, found: Iterable[Station]) -> set[str]:
    """Other stations that share a level with this one: vmbo and mavo."""
    return {
        other.stop.key
        for other in found
        if other.stop.key != station.stop.key
        and other.leaf_ids & station.leaf_ids
        and not (other.phase or other.audience)
    }


def network(found: Iterable[Station], taxonomy: Taxonomy) -> Network:
    """The map's network: stations, hubs as lines, and the routes between stations. No query."""
    found = list(found)
    lines = [Line(hub.slug, hub.letter, str(hub), hub.colour, hub.get_absolute_url()) for hub in taxonomy.hubs]
    return build_network([station.stop for station in found], lines, _routes(found, taxonomy))


def _level_stations(taxonomy: Taxonomy) -> list[Station]:
    served = _units_by_hub(taxonomy)
    stops: list[Station] = []
    for unit, hubs in _units_in_order(taxonomy, served):
        leaves = tuple(taxonomy.groups[unit]) if isinstance(unit, LevelGroup) else (unit,)
        name, _bracket, note = taxonomy.unit_name(unit).partition(" (")  # "mavo (vmbo-tl)": the map has room for mavo
        stop = Stop(
            key=unit.code,
            name=_capital(name),
            note=note.rstrip(")"),
            stage=STAGES[Sector(leaves[0].sector)],
            position=min(leaf.position for leaf in leaves),
            url=reverse("pathway_level", args=[unit.code]),
            served=frozenset(hubs),
            ends_in_work=any(leaf.ends_in_work for leaf in leaves),
        )
        stops.append(Station(stop, leaves))
    return stops


def _units_by_hub(taxonomy: Taxonomy) -> dict[str, list[EducationLevel | LevelGroup]]:
    """What each hub stops at: a group where that is one station, else a level."""
    return {hub.slug: _station_units(taxonomy, taxonomy.level_ids_of_hub[hub.pk]) for hub in taxonomy.hubs}


def _station_units(taxonomy: Taxonomy, level_ids: set[int]) -> list[EducationLevel | LevelGroup]:
    whole = set(taxonomy.units(level_ids))
    units: list[EducationLevel | LevelGroup] = []
    for level in taxonomy.levels:
        if level.pk in level_ids:
            group = level.group
            by_group = group is not None and group.is_one_station and (group in whole or not level.alias)
            unit: EducationLevel | LevelGroup = group if by_group and group else level
            if unit not in units:
                units.append(unit)
    return units


def _units_in_order(
    taxonomy: Taxonomy, served: dict[str, list[EducationLevel | LevelGroup]]
) -> list[tuple[EducationLevel | LevelGroup, list[str]]]:
    """Every unit of every level, also those that no hub serves: the network decides which of those stay on the map."""
    units = _station_units(taxonomy, {level.pk for level in taxonomy.levels})
    units += [unit for stops in served.values() for unit in stops if unit not in units]
    return [(unit, [slug for slug, stops in served.items() if unit in stops]) for unit in dict.fromkeys(units)]


def _post_initial(taxonomy: Taxonomy) -> Station:
    hubs = [hub.slug for hub in taxonomy.hubs if Phase.POST_INITIAL in hub.phases]
    stop = _no_level(POST_INITIAL_KEY, _("Post-initieel mbo"), _("leren naast je werk"), Stage.POST_INITIAL, hubs)
    return Station(stop, phase=Phase.POST_INITIAL)


def _lateral(taxonomy: Taxonomy) -> Station:
    hubs = [hub.slug for hub in taxonomy.hubs if Audience.CAREER_CHANGER in hub.audiences]
    stop = _no_level(LATERAL_KEY, _("Zij-instromers"), _("van een ander vak naar techniek"), Stage.LATERAL, hubs)
    return Station(stop, audience=Audience.CAREER_CHANGER)


def _no_level(key: str, name: str, note: str, stage: Stage, hubs: list[str]) -> Stop:
    url = reverse("pathway_level", args=[key])
    return Stop(key, name, note, stage, position=0, url=url, served=frozenset(hubs), ends_in_work=True)


def _routes(found: list[Station], taxonomy: Taxonomy) -> list[Route]:
    """Progressions between levels, lifted to their stations; and the ways to and from the two that are no level."""
    by_leaf: dict[int, Station] = {}
    for station in sorted(found, key=lambda station: -len(station.leaves)):
        by_leaf.update(dict.fromkeys(station.leaf_ids, station))  # a level with its own station goes by that one
    routes = [
        Route(by_leaf[start].stop.key, by_leaf[end].stop.key)
        for start, end in taxonomy.routes
        if by_leaf[start] is not by_leaf[end]
    ]
    routes += [Route(station.stop.key, POST_INITIAL_KEY) for station in found if station.stop.stage is Stage.MBO]
    routes += [Route(LATERAL_KEY, POST_INITIAL_KEY), Route(LATERAL_KEY, WORK), Route(POST_INITIAL_KEY, WORK)]
    return list(dict.fromkeys(routes))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
