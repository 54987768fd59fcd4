"""The hubs and their pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from content import clock
from content.localised import localised
from content.photos import photo
from hubs import departures, facts, programme_rows, stations, structured_data
from hubs.models import Activity, Hub, Programme
from hubs.programme_rows import programmes_text
from hubs.taxonomy import Taxonomy
from hubs.tiles import theme_tiles
from partners.listing import roles_at

SHOWN_DATES = 5
SHOWN_PROGRAMMES = 40


@require_safe
def hubs(request: HttpRequest) -> HttpResponse:
    """All hubs, with whom each is for."""
    taxonomy = Taxonomy.load()
    cards = [
        (hub, taxonomy.for_whom(taxonomy.level_ids_of_hub[hub.pk], hub.audiences, hub.phases)) for hub in taxonomy.hubs
    ]
    return render(request, "hubs/hubs.html", {"cards": cards})


@require_safe
def hub(request: HttpRequest, slug: str) -> HttpResponse:
    """One hub: stops on its line, themes, dates, programmes, the way there, partners."""
    taxonomy = Taxonomy.load()
    found = get_object_or_404(Hub.objects.published().prefetch_related("themes"), slug=slug)
    now = clock.now()
    activities = Activity.objects.public(now).upcoming(now).filter(programme__hub=found)
    programmes = Programme.objects.published(now).filter(hub=found)
    stops = [station.stop for station in stations.stations(taxonomy) if found.slug in station.stop.served]
    context = {
        "hub": found,
        "for_whom": taxonomy.for_whom(taxonomy.level_ids_of_hub[found.pk], found.audiences, found.phases),
        "summary": localised(found, "summary"),
        "photo": photo(found),
        "stops": [(stop.name, stop.url, programmes_text(stop.counts.get(found.slug, 0))) for stop in stops],
        "facts": facts.hub_facts(found),
        "tiles": theme_tiles(found.themes.all()),
        "departures": departures.departures(departures.with_row_data(activities)[:SHOWN_DATES], taxonomy, now),
        "programmes": programme_rows.programme_rows(
            programme_rows.with_row_data(programmes, now)[:SHOWN_PROGRAMMES], taxonomy, now
        ),
        "partner_groups": roles_at(found.partner_roles.all()),
        "structured_data": structured_data.hub(found),
    }
    return render(request, "hubs/hub.html", context)
