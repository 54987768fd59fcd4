"""The public pages of the partners."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from content import onward
from content.paging import paginate
from content.photos import photo
from partners.contributions import contributions
from partners.facts import facts
from partners.listing import by_kind, ordered_by_kind
from partners.models import Partner
from partners.structured_data import organisation

PER_PAGE = 60


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Who takes part, by kind."""
    found = paginate(ordered_by_kind(Partner.objects.published()), request.GET.get("pagina"), PER_PAGE)
    context = {"page": found, "kinds": by_kind(found.rows), "elsewhere": onward.links("deal", "contact")}
    return render(request, "partners/partners.html", context)


@require_safe
def partner(request: HttpRequest, slug: str) -> HttpResponse:
    """One partner: its role in the deal, what it does where, its people and schools."""
    shown = get_object_or_404(Partner.objects.published(), slug=slug)
    context = {
        "partner": shown,
        "contributions": contributions(shown),
        "photo": photo(shown),
        "is_unconfirmed": bool({"name", "summary", "body"} & set(shown.to_confirm)),
        "facts": facts(shown),
        "people": shown.people.order_by("-known_in_year", "name"),
        "schools": shown.schools.prefetch_related("education_levels"),
        "elsewhere": onward.links("hubs", "deal"),
        "structured_data": organisation(shown),
    }
    return render(request, "partners/partner.html", context)
