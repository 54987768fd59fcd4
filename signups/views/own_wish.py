"""The page of who missed a date, behind the link in the mail. GET shows; only POST proves the address or erases it."""

from datetime import datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from content import clock, dates, tokens
from hubs import departures
from hubs.models import Activity, Audience
from hubs.taxonomy import Taxonomy
from signups import suiting, visitor
from signups.domain import erasure, interests
from signups.domain.errors import RefusedError
from signups.domain.retention import ADDRESS_OF_INTEREST
from signups.mails.about_interests import wish_facts
from signups.models import DateInterest
from signups.views.faults import keeps_answers
from signups.views.links import lost

MOST_DATES: Final = 10


@require_safe
@cache_control(no_store=True)
@keeps_answers
def date_wish_link(request: HttpRequest, token: str) -> HttpResponse:
    """Note in this browser that the link was opened, and go on to an address without the token. Changes nothing."""
    claim = tokens.read(token)
    known = claim and claim.purpose == tokens.Purpose.DATE_INTEREST
    interest = interests.by_uuid(claim.uuid) if claim and known else None
    if claim is None or interest is None or interest.token_version != claim.version or not interest.email:
        return lost(request)
    response = HttpResponseRedirect(reverse("own_wish", args=[interest.uuid]))
    visitor.remember_own(response, interest)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
@keeps_answers
def own_wish(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """For a browser that opened the link; for every other one it does not exist."""
    interest = interests.by_uuid(uuid)
    if interest is None or not visitor.may_open(request, interest):
        return lost(request)
    now = clock.now()
    if request.method != "POST":
        return _page(request, interest, now)
    response = HttpResponseRedirect(reverse("own_wish", args=[uuid]), status=HTTPStatus.SEE_OTHER)
    match request.POST.get("action"):
        case "prove":
            try:
                interests.prove(interest_id=interest.pk, now=now)
            except RefusedError as error:
                return _page(request, interest, now, problem=error.sentence)
        case "erase":
            erasure.erase_interest(interest_id=interest.pk)
            visitor.forget_wish(response)
    return response


def _page(request: HttpRequest, interest: DateInterest, now: datetime, problem: str = "") -> HttpResponse:
    is_open = interest.is_reachable_until(now)
    is_proven = is_open and interest.proven_at is not None
    found = suiting.suiting(interest, now) if is_proven else Activity.objects.none()
    more = found.count() - MOST_DATES
    deadline = interest.proof_expires_at
    context = {
        "interest": interest,
        "is_open": is_open,
        "is_proven": is_proven,
        "title": _title(interest, is_open=is_open),
        "problem": problem,
        "facts": wish_facts(interest) if is_open else [],
        "deadline": dates.moment(deadline) if deadline else "",
        "kept_until": dates.day(interests.kept_until(interest)),
        "most_days": ADDRESS_OF_INTEREST.days if interests.kept_until(interest) < interest.until_on else None,
        "rows": departures.departures(departures.with_row_data(found)[:MOST_DATES], Taxonomy.load(), now),
        "more": max(more, 0),
        "all_url": _all_url(interest) if more > 0 else "",
    }
    return render(request, "signups/own_wish.html", context)


def _all_url(interest: DateInterest) -> str:
    """Where all of them stand: the programme's page, or the agenda with the filters of the wish."""
    if interest.programme:
        return interest.programme.get_absolute_url()
    level, hub = interest.education_level, interest.hub
    query = {
        "niveau": level.code if level else "",
        "doelgroep": "" if level else Audience.CAREER_CHANGER.value,
        "hub": hub.slug if hub else "",
        "van": interest.from_on.isoformat(),
        "tot": interest.until_on.isoformat(),
    }
    return f"{reverse('activities')}?{urlencode({name: value for name, value in query.items() if value})}"


def _title(interest: DateInterest, *, is_open: bool) -> str:
    if not interest.email:
        return _("Je adres is gewist")
    if not is_open:
        return _("Dit kan niet meer")
    return _("Je hoort van ons") if interest.proven_at else _("Bevestig je adres")
