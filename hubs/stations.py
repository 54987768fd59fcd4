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
        """The programmes that one can take here: by level as the filter finds them, else of the hubs that stop here."""
        if self.audience:
            return programmes.filter(hub__slug__in=self.stop.served, audiences__contains=[self.audience])
        if self.phase:
            return programmes.filter(hub__slug__in=self.stop.served, phases__contains=[self.phase])
        links = Programme.levels.through.objects.filter(educationlevel__in=self.leaf_ids)
        return programmes.filter(pk__in=links.values("programme"))

    def has(self, hub: str, level_ids: set[int], phases: list[str], audiences: list[str]) -> bool:
        """The same rule as `programmes`, for one programme in memory."""
        if self.audience:
            return hub in self.stop.served and self.audience in audiences
        if self.phase:
            return hub in self.stop.served and self.phase in phases
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
            if hub and station.has(hub.slug, set(level_ids), phases, audiences):
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
    group = leaves[0].group
    unit = leaves[0] if group is None or leaves[0].code == key else group
    name = _capital(taxonomy.unit_name(unit))
    return Station(replace(around[0].stop, name=name, note="", served=_serving(leaves, taxonomy), counts={}), leaves)


def related_keys(station: Station, found: Iterable[Station]) -> set[str]:
    """Other stations of the same one-station group: vmbo and mavo."""
    groups = {leaf.group for leaf in station.leaves if leaf.group and leaf.group.is_one_station}
    return {
        other.stop.key
        for other in found
        if other.stop.key != station.stop.key and groups & {leaf.group for leaf in other.leaves}
    }


def network(found: Iterable[Station], taxonomy: Taxonomy) -> Network:
    """The map's network: stations, hubs as lines, and the routes between stations. No query."""
    found = list(found)
    lines = [Line(hub.slug, hub.letter, str(hub), hub.colour, hub.get_absolute_url()) for hub in taxonomy.hubs]
    return build_network([station.stop for station in found], lines, _routes(found, taxonomy))


def _level_stations(taxonomy: Taxonomy) -> list[Station]:
    """A station per unit, also where no hub stops: the network decides which of those stay on the map."""
    leaves_of: dict[EducationLevel | LevelGroup, list[EducationLevel]] = {}
    apart = _apart(taxonomy)
    for level in taxonomy.levels:
        group = level.group
        unit = group if group and group.is_one_station and level.pk not in apart else level
        leaves_of.setdefault(unit, []).append(level)
    return [_level_station(unit, tuple(leaves), taxonomy) for unit, leaves in leaves_of.items()]


def _apart(taxonomy: Taxonomy) -> set[int]:
    """Levels that leave the station of their group: those with a name of their own, which a hub serves alone (mavo)."""
    return {
        level.pk
        for level in taxonomy.levels
        if level.group and level.alias
        for served in taxonomy.level_ids_of_hub.values()
        if level.pk in served and not all(leaf.pk in served for leaf in taxonomy.groups[level.group])
    }


def _level_station(
    unit: EducationLevel | LevelGroup, leaves: tuple[EducationLevel, ...], taxonomy: Taxonomy
) -> Station:
    name, _bracket, note = taxonomy.unit_name(unit).partition(" (")  # "mavo (vmbo-tl)": the map has room for mavo
    stop = Stop(
        key=unit.code,
        name=_capital(name),
        note=note.rstrip(")"),
        stage=STAGES[Sector(leaves[0].sector)],
        position=min(leaf.position for leaf in leaves),
        url=reverse("pathway_level", args=[unit.code]),
        served=_serving(leaves, taxonomy),
        ends_in_work=any(leaf.ends_in_work for leaf in leaves),
    )
    return Station(stop, leaves)


def _serving(leaves: Iterable[EducationLevel], taxonomy: Taxonomy) -> frozenset[str]:
    """The hubs that offer one of these levels."""
    ids = {leaf.pk for leaf in leaves}
    return frozenset(hub.slug for hub in taxonomy.hubs if taxonomy.level_ids_of_hub[hub.pk] & ids)


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
    by_leaf = {leaf_id: station for station in found for leaf_id in station.leaf_ids}
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
