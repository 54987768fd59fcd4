"""The learning pathway: the map, and what one can do at each station."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from content import onward
from hubs import departures, programme_rows, stations
from hubs.models import Activity, Programme
from hubs.pathway.network import Stop
from hubs.taxonomy import Taxonomy

SHOWN_PROGRAMMES = 40
SHOWN_DATES = 5


@require_safe
def pathway(request: HttpRequest) -> HttpResponse:
    """The metro map and its table twin."""
    taxonomy = Taxonomy.load()
    return render(request, "hubs/pathway.html", {"pathway": stations.picture(taxonomy)})


@require_safe
def pathway_level(request: HttpRequest, key: str) -> HttpResponse:
    """One station, or a single level within one: its programmes and dates, and where one can go from here."""
    taxonomy = Taxonomy.load()
    found = stations.stations(taxonomy)
    station = stations.of_key(key, found, taxonomy)
    if station is None:
        raise Http404
    now = taxonomy.read_at
    programmes = station.programmes(Programme.objects.published(now))
    activities = Activity.objects.public(now).upcoming(now).filter(programme__in=programmes.values("pk"))
    network = stations.network(found, taxonomy)
    context = {
        "stop": station.stop,
        "elsewhere": onward.links("programmes", "pathway"),
        "hubs": [hub for hub in taxonomy.hubs if hub.slug in station.stop.hubs],
        "programmes": programme_rows.programme_rows(
            programme_rows.with_row_data(programmes, now)[:SHOWN_PROGRAMMES], taxonomy, now
        ),
        "departures": departures.departures(departures.with_row_data(activities)[:SHOWN_DATES], taxonomy, now),
        "signs": _signs(
            network.stops, {route.to_key for route in network.routes if route.from_key == station.stop.key}
        ),
        "related_signs": _signs(network.stops, stations.related_keys(station, found)),
        "leads_to_work": station.stop.ends_in_work,
    }
    return render(request, "hubs/pathway_level.html", context)


def _signs(stops: tuple[Stop, ...], keys: set[str]) -> list[tuple[str, str, str]]:
    """Direction signs to these stops: name, note, address."""
    return [(stop.name, stop.note, stop.url) for stop in stops if stop.key in keys]
