"""Pages that mix apps: home, the deal and lateral entry. Error pages are in errors.py."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from content import onward
from content.localised import localised
from content.models import Figure, Milestone, NewsArticle, Page, published_condition
from content.news_items import news_items
from content.typography import kept_together
from hubs import departures, programme_rows, stations
from hubs.models import Activity, Audience, Hub, Programme
from hubs.taxonomy import Taxonomy
from hubs.tiles import theme_tiles
from mkbdeal.entrances import entrances
from partners.listing import links_by_kind, ordered_by_kind
from partners.models import Partner, PartnerPerson

HOME_DEPARTURES = 3
LATERAL_PROGRAMMES = 60
LATERAL_DATES = 5
MOST_FIGURES = 6
MOST_ROWS = 100
MOST_TILES = 9  # three rows of three


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is this, where do you step in, what leaves soon, the map."""
    taxonomy = Taxonomy.load()
    context = {
        "tiles": theme_tiles(taxonomy.themes[:MOST_TILES]),
        "signs": entrances(taxonomy),
        "departures": _next_departures(taxonomy),
        "elsewhere": onward.links("programmes", "pathway"),
        "pathway": stations.picture(taxonomy),
        "hubs": [(hub, _for_whom(hub, taxonomy)) for hub in taxonomy.hubs],
        "news": news_items(NewsArticle.objects.published()[:1]),
        "figures": _figures(),
        "groups": links_by_kind(_deal_parties()),
    }
    return render(request, "mkbdeal/home.html", context)


@require_safe
def deal(request: HttpRequest) -> HttpResponse:
    """What was agreed, by whom, with which money, and what came of it."""
    parties = _deal_parties()
    signatories = PartnerPerson.objects.filter(published_condition("partner__"), signed_deal=True)
    context = {
        "page": get_object_or_404(Page.objects.published(), slug="over-de-deal"),
        "pictogram": "factory",
        "figures": _figures(),
        "signatories": signatories.select_related("partner")[:MOST_ROWS],
        "milestones": Milestone.objects.all()[:MOST_ROWS],
        "groups": links_by_kind(parties),
        "unconfirmed": [party.name for party in parties if "is_deal_party" in party.to_confirm],
    }
    return render(request, "mkbdeal/deal.html", context)


@require_safe
def lateral_entry(request: HttpRequest) -> HttpResponse:
    """For who wants to change to technology, or learn next to a job: the text, what one can start with, and when."""
    page = get_object_or_404(Page.objects.published(), slug="zij-instroom")
    taxonomy = Taxonomy.load()
    now = taxonomy.read_at
    fitting = Programme.objects.published(now).filter(audiences__overlap=[Audience.CAREER_CHANGER, Audience.EMPLOYEE])
    found = list(programme_rows.with_row_data(fitting, now)[:LATERAL_PROGRAMMES])
    switching = [programme for programme in found if _is_at_lateral_station(programme, taxonomy)]
    working = [programme for programme in found if programme not in switching]
    dates = Activity.objects.public(now).upcoming(now).filter(programme__audiences__contains=[Audience.CAREER_CHANGER])
    context = {
        "page": page,
        "pictogram": "tool",
        "signs": onward.signs(page.slug),
        "programmes": programme_rows.programme_rows(switching, taxonomy, now),
        "for_employees": programme_rows.programme_rows(working, taxonomy, now),
        "departures": departures.departures(departures.with_row_data(dates)[:LATERAL_DATES], taxonomy, now),
        "elsewhere": onward.links("hubs", "contact"),
    }
    return render(request, "mkbdeal/lateral_entry.html", context)


def _next_departures(taxonomy: Taxonomy) -> list[departures.DepartureRow]:
    """The first activities that still have a seat."""
    now = taxonomy.read_at
    coming = departures.with_row_data(Activity.objects.public(now).upcoming(now).with_free_seats(now))
    return departures.departures(coming[:HOME_DEPARTURES], taxonomy, now)


def _is_at_lateral_station(programme: Programme, taxonomy: Taxonomy) -> bool:
    """The map's rule: for career changers, at a hub that says it is for them too."""
    hub = taxonomy.hub_by_id.get(programme.hub_id)
    return (
        Audience.CAREER_CHANGER in programme.audiences and hub is not None and Audience.CAREER_CHANGER in hub.audiences
    )


def _for_whom(hub: Hub, taxonomy: Taxonomy) -> str:
    return taxonomy.for_whom(taxonomy.level_ids_of_hub[hub.pk], hub.audiences, hub.phases)


def _figures() -> list[tuple[str, str]]:
    figures = Figure.objects.all()[:MOST_FIGURES]
    return [(localised(figure, "label")[0], kept_together(localised(figure, "value")[0])) for figure in figures]


def _deal_parties() -> list[Partner]:
    return list(ordered_by_kind(Partner.objects.published().filter(is_deal_party=True))[:MOST_ROWS])
