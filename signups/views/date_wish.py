"""The form of who finds no suitable date, and the page that answers it."""

from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from hubs.models import Hub, Programme
from hubs.taxonomy import Taxonomy
from signups import tasks, visitor
from signups.domain import interests
from signups.domain.errors import RefusedError
from signups.forms import DateWishForm
from signups.forms.date_wish import NO_LEVEL
from signups.inventory import DATE_INTERESTS
from signups.suiting import NOT_AT_SCHOOL
from signups.views.faults import keeps_answers

UNPROVEN_SECONDS: Final = 3600


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)
@keeps_answers
def date_wish(request: HttpRequest) -> HttpResponse:
    """The address may say where the visitor comes from: ?niveau= ?hub= ?programma=. What it says wrong is nothing."""
    taxonomy = Taxonomy.load()
    now = taxonomy.read_at
    place = _place(request.GET, taxonomy, now)
    if request.method != "POST":
        form = DateWishForm(initial=_initial(request.GET, taxonomy, place), place=place, now=now)
        return _page(request, form)
    form = DateWishForm(request.POST, place=place, now=now)
    if not form.is_valid():
        return _page(request, form)
    wish = form.wish((get_language() or "nl")[:2])
    try:
        interests.ask(wish=wish, now=now)
    except RefusedError as error:
        return _refused(request, form, error)
    tasks.nudge()
    response = HttpResponseRedirect(reverse("date_wish_received"), status=HTTPStatus.SEE_OTHER)
    visitor.remember_wish(response, wish.email)
    return response


@require_safe
@cache_control(no_store=True)
def date_wish_received(request: HttpRequest) -> HttpResponse:
    """What happens next: the same for an address that we know and one that we don't."""
    return render(request, "signups/date_wish_received.html", {"email": visitor.wish(request)})


def _refused(request: HttpRequest, form: DateWishForm, error: RefusedError) -> HttpResponse:
    form.refuse(error)
    response = _page(request, form)
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response["Retry-After"] = str(UNPROVEN_SECONDS)
    return response


def _page(request: HttpRequest, form: DateWishForm) -> HttpResponse:
    return render(request, "signups/date_wish.html", {"form": form, "kept": DATE_INTERESTS})


def _initial(query: QueryDict, taxonomy: Taxonomy, place: Hub | Programme | None) -> dict[str, Any]:
    """A group of levels, such as vmbo, is no answer: then the visitor chooses."""
    if place and place.audiences and set(place.audiences) <= set(NOT_AT_SCHOOL):
        return {"education_level": NO_LEVEL}
    leaves = taxonomy.leaves(query.get("niveau", ""))
    return {"education_level": leaves[0].code} if len(leaves) == 1 else {}


def _place(query: QueryDict, taxonomy: Taxonomy, now: datetime) -> Hub | Programme | None:
    """The programme where both are named: it says more."""
    published = Programme.objects.published(now).filter(hub__in=taxonomy.hubs)
    programme = published.filter(slug=query.get("programma", "")).select_related("hub").first()
    return programme or taxonomy.hub(query.get("hub", ""))
