"""The agenda with its filters, and a dated activity's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from content import dates, onward
from content.localised import FALLBACK, localised
from content.paging import paginate
from content.photos import photo
from hubs import departures, facts, structured_data
from hubs.availability import door, is_over, why_full, why_waiting_list
from hubs.filters import Selection
from hubs.forms import AgendaFilterForm
from hubs.models import Activity
from hubs.programme_rows import pictogram_of
from hubs.schedule import schedule
from hubs.taxonomy import Taxonomy

SHOWN_OTHERS = 3


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """Activities to come that fit the filters, the first to start first."""
    taxonomy = Taxonomy.load()
    now = taxonomy.read_at
    selection = Selection.read(AgendaFilterForm, request.GET, taxonomy)
    fitting = selection.activities(Activity.objects.public(now).upcoming(now))
    page = paginate(departures.with_row_data(fitting), request.GET.get("pagina"))
    context = {
        "form": selection.form,
        "chips": selection.chips(request.path, request.GET),
        "problems": [*selection.problems, *filter(None, [page.problem])],
        "page": page,
        "elsewhere": onward.links("programmes", "activities"),
        "count_text": departures.dates_text(page.count, is_capped=page.is_capped),
        "rows": departures.departures(page.rows, taxonomy, now),
    }
    return render(request, "hubs/activities.html", context)


@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity, also after it is over: when, where, for whom, what to bring, and whom to ask."""
    taxonomy = Taxonomy.load()
    now = taxonomy.read_at
    public = departures.with_row_data(Activity.objects.public(now))
    found: departures.WithRowData = get_object_or_404(
        public.prefetch_related("meetings__room"), pk=pk, programme__hub__in=taxonomy.hubs
    )
    others = (
        Activity.objects.public(now)
        .upcoming(now)
        .filter(programme=found.programme_id, cancelled_at=None)
        .exclude(pk=pk)
    )
    hub = taxonomy.hub_by_id[found.programme.hub_id]
    row = departures.departures([found], taxonomy, now)[0]
    context = {
        "activity": found,
        "programme": found.programme,
        "hub": hub,
        "row": row,
        "summary": localised(found.programme, "summary"),
        "reason_lang": None if dates.in_dutch() else FALLBACK,  # a reason is written in Dutch alone
        "photo": photo(found.programme),
        "contact": facts.contact_facts(hub, ""),
        "facts": facts.activity_facts(found, hub, row.for_whom, ages=taxonomy.ages(found.level_ids), now=now),
        "door": door(found, now),
        "class_door": door(found, now, for_class=True),
        "why_waiting_list": why_waiting_list(found),
        "why_full": why_full(found, now),
        "is_over": is_over(found, now),
        "elsewhere": onward.links("programmes", "activities"),
        "meetings": schedule(found.meetings.all(), hub),
        "pictogram": pictogram_of(found.programme, found.theme_ids, taxonomy),
        "others": departures.departures(departures.with_row_data(others)[:SHOWN_OTHERS], taxonomy, now),
        "structured_data": structured_data.activity(found, hub),
    }
    return render(request, "hubs/activity.html", context)
