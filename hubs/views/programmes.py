"""The list of programmes with its filters, and a programme's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from content import onward
from content.paging import paginate
from content.photos import photo
from content.preview import leads_on
from hubs import departures, facts, programme_rows, structured_data
from hubs.filters import Selection
from hubs.forms import CatalogueFilterForm
from hubs.models import Activity, Programme
from hubs.programme_rows import programmes_text
from hubs.taxonomy import Taxonomy
from partners.listing import roles_at

SHOWN_DATES = 10


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """Programmes that fit the filters; faulty values are named and take no part."""
    taxonomy = Taxonomy.load()
    now = taxonomy.read_at
    selection = Selection.read(CatalogueFilterForm, request.GET, taxonomy)
    fitting = selection.programmes(Programme.objects.published(now))
    page = paginate(programme_rows.with_row_data(fitting, now), request.GET.get("pagina"))
    problems = [*selection.problems, *filter(None, [page.problem])]
    context = {
        "form": selection.form,
        "chips": selection.chips(request.path, request.GET),
        "problems": problems,
        "elsewhere": onward.links("programmes", "pathway"),
        "page": page,
        "count_text": programmes_text(page.count, is_capped=page.is_capped),
        "rows": programme_rows.programme_rows(page.rows, taxonomy, now),
    }
    return render(request, "hubs/programmes.html", context)


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """One programme: what you do, for whom, its dates, what comes next."""
    taxonomy = Taxonomy.load()
    now = taxonomy.read_at
    published = programme_rows.with_row_data(Programme.objects.published(now), now)
    found: programme_rows.WithRowData = get_object_or_404(published, slug=slug, hub__in=taxonomy.hubs)
    hub = taxonomy.hub_by_id[found.hub_id]
    activities = Activity.objects.public(now).upcoming(now).filter(programme=found)
    row = programme_rows.row(found, taxonomy, now, url=request.path)
    following = published.filter(follows_from=found)
    shown = list(departures.with_row_data(activities)[:SHOWN_DATES])
    prices = [activity.price for activity in shown if not activity.cancelled_at]
    context = {
        "programme": found,
        "row": row,
        "photo": photo(found),
        "facts": facts.programme_facts(found, hub, row.for_whom, ages=taxonomy.ages(found.level_ids), prices=prices),
        "hub": hub,
        "level_links": [(taxonomy.unit_name(unit), unit.code) for unit in taxonomy.units(found.level_ids)],
        "themes": [taxonomy.theme_by_id[pk] for pk in found.theme_ids],
        "departures": departures.departures(shown, taxonomy, now, has_pages=leads_on(request)),
        "following": programme_rows.programme_rows(following[:SHOWN_DATES], taxonomy, now),
        "partner_groups": roles_at(found.partner_roles.all()),
        "structured_data": structured_data.programme(found, hub),
    }
    return render(request, "hubs/programme.html", context)
