"""Answers when something is too much or away. They need no database and keep what was typed."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from content.outage import is_outage
from signups import limits

View = Callable[..., HttpResponse]

AWAY_SECONDS: Final = 10
NOT_KEPT: Final = {"csrfmiddlewaretoken"}  # the page carries a token of its own


def keeps_answers(view: View) -> View:
    """A view whose form survives a database that is away (503) and too many posts of one address (429)."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and limits.is_over(request):
            return _again(request, HTTPStatus.TOO_MANY_REQUESTS, limits.PERIOD_SECONDS)
        try:
            return view(request, *args, **kwargs)
        except Error as error:
            if not is_outage(error):
                raise
            return _again(request, HTTPStatus.SERVICE_UNAVAILABLE, AWAY_SECONDS)

    return inner


def without_cookie(request: HttpRequest) -> HttpResponse:
    """A form whose cookie is gone, such as on a phone that brought a page back: with a new cookie it can be sent."""
    return _again(request, HTTPStatus.FORBIDDEN)


def _again(request: HttpRequest, status: HTTPStatus, seconds: int | None = None) -> HttpResponse:
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_KEPT]
    context = {
        "fields": fields,
        "is_busy": status == HTTPStatus.TOO_MANY_REQUESTS,
        "is_without_cookie": status == HTTPStatus.FORBIDDEN,
        "is_post": request.method == "POST",
    }
    response = render(request, "signups/try_again.html", context, status=status)
    if seconds:
        response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django would write the path, which may be a token
    return response
