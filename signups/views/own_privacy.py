"""What a visitor may always do with the own data: take it along, and have it wiped."""

from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from signups import own_data as data
from signups import tasks, visitor
from signups.domain import erasure
from signups.models import SignUp
from signups.views.links import lost
from signups.views.own_page import frame, opened


@require_http_methods(["GET", "HEAD", "POST"])
@opened
def own_erase(request: HttpRequest, entry: SignUp, now: datetime) -> HttpResponse:
    """Asks once, then wipes; afterwards it says that it was done."""
    if request.method == "POST":
        erasure.erase(sign_up_id=entry.pk, now=now)
        tasks.nudge()  # the seat may be offered to somebody
        response = HttpResponseRedirect(reverse("own_erase", args=[entry.uuid]), status=HTTPStatus.SEE_OTHER)
        visitor.forget_posted(response, entry.activity_id)
        return response
    title = _("Je gegevens zijn gewist") if entry.emptied_at else _("Wil je je gegevens wissen?")
    return render(request, "signups/own_erase.html", {**frame(entry, now), "title": title})


@require_safe
@opened
def own_data(request: HttpRequest, entry: SignUp, now: datetime) -> HttpResponse:
    """A file. Not before it is proven: until then the address may be a stranger's, who must not read what was typed."""
    if entry.emptied_at or not entry.is_proven:
        return lost(request)
    headers = {"Content-Disposition": 'attachment; filename="mijn-gegevens.json"'}
    return JsonResponse(data.own_data(entry), json_dumps_params={"ensure_ascii": False, "indent": 2}, headers=headers)
