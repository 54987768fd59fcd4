"""The hubs and their pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from content import onward
from content.localised import localised
from content.photos import photo
from content.preview import leads_on
from hubs import departures, facts, programme_rows, stations, structured_data
from hubs.models import Activity, Programme
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
    return render(request, "hubs/hubs.html", {"cards": cards, "elsewhere": onward.links("pathway", "contact")})


@require_safe
def hub(request: HttpRequest, slug: str) -> HttpResponse:
    """One hub: stops on its line, themes, dates, programmes, the way there, partners."""
    taxonomy = Taxonomy.load()
    found = taxonomy.hub(slug)
    if found is None:
        raise Http404
    now = taxonomy.read_at
    activities = Activity.objects.public(now).upcoming(now).filter(programme__hub=found)
    programmes = Programme.objects.published(now).filter(hub=found)
    stops = [station.stop for station in stations.stations(taxonomy) if found.slug in station.stop.served]
    context = {
        "hub": found,
        "for_whom": taxonomy.for_whom(taxonomy.level_ids_of_hub[found.pk], found.audiences, found.phases),
        "elsewhere": onward.links("programmes", "activities"),
        "summary": localised(found, "summary"),
        "photo": photo(found),
        "stops": [(stop.name, stop.url, programmes_text(stop.counts.get(found.slug, 0))) for stop in stops],
        "facts": facts.hub_facts(found),
        "tiles": theme_tiles(taxonomy.theme_by_id[pk] for pk in taxonomy.theme_ids_of_hub[found.pk]),
        "departures": departures.departures(
            departures.with_row_data(activities)[:SHOWN_DATES], taxonomy, now, has_pages=leads_on(request)
        ),
        "programmes": programme_rows.programme_rows(
            programme_rows.with_row_data(programmes, now)[:SHOWN_PROGRAMMES],
            taxonomy,
            now,
            has_pages=leads_on(request),
        ),
        "partner_groups": roles_at(found.partner_roles.all()),
        "structured_data": structured_data.hub(found),
    }
    return render(request, "hubs/hub.html", context)
