"""What a visitor sees when something is wrong. None of these may fail itself: without a database they say less."""

import sys
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, override
from django.views import csrf

from content.outage import is_outage
from mkbdeal.nearby import Choice, nearby
from signups.views import faults

RETRY_SECONDS = 10
LONG_FORMS = {"sign_up", "sign_up_class"}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400"""
    return _static(request, "400.html", HTTPStatus.BAD_REQUEST)


def not_allowed(request: HttpRequest) -> HttpResponse:
    """405: the address is there, but takes nothing."""
    return _static(request, "405.html", HTTPStatus.METHOD_NOT_ALLOWED)


def length_required(request: HttpRequest) -> HttpResponse:
    """411: no browser sends a body without saying how large it is."""
    return _static(request, "400.html", HTTPStatus.LENGTH_REQUIRED)


def too_large(request: HttpRequest) -> HttpResponse:
    """413"""
    return _static(request, "413.html", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403"""
    with _language_of(request):
        return render(request, "403.html", status=HTTPStatus.FORBIDDEN)


def form_without_cookie(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403. A long form comes back, to be sent once more; never one that another site sent."""
    is_ours = reason == REASON_NO_CSRF_COOKIE or reason.startswith("CSRF token from POST")
    if is_ours and request.resolver_match and request.resolver_match.url_name in LONG_FORMS:
        return faults.without_cookie(request)
    return csrf.csrf_failure(request, reason)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, with search and the pages whose address looks like the one asked for."""
    with _language_of(request):
        return render(request, "404.html", {"choices": _choices(request.path)}, status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 with Retry-After where the database was away, because then coming back helps."""
    if is_outage(sys.exc_info()[1]):
        return unavailable(request)
    return _static(request, "500.html", HTTPStatus.INTERNAL_SERVER_ERROR)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: not now, but soon."""
    response = _static(request, "503.html", HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _choices(path: str) -> list[Choice]:
    try:
        return nearby(path)
    except DatabaseError:
        return []


def _language_of(request: HttpRequest) -> override:
    """That of the address: a request may fail before its language is set, and a thread keeps that of its last one."""
    return override(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE)


def _static(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Rendered without request and context processors, which may be what is broken."""
    context: dict[str, Any] = {}
    with _language_of(request):
        return HttpResponse(render_to_string(template, context), status=status)
