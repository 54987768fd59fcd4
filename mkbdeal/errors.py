"""What a visitor sees when something is wrong. None of these may fail itself: without a database they say less."""

import sys
from http import HTTPStatus
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from mkbdeal.nearby import Choice, nearby

RETRY_SECONDS = 10


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400"""
    return _static("400.html", HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403"""
    return render(request, "403.html", status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, with search and the pages whose address looks like the one asked for."""
    return render(request, "404.html", {"choices": _choices(request.path)}, status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 with Retry-After where the database was away, because then coming back helps."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = _static("503.html", HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    return _static("500.html", HTTPStatus.INTERNAL_SERVER_ERROR)


def _choices(path: str) -> list[Choice]:
    try:
        return nearby(path)
    except DatabaseError:
        return []


def _static(template: str, status: int) -> HttpResponse:
    """Without request and context processors, which may be what is broken."""
    context: dict[str, Any] = {}
    return HttpResponse(render_to_string(template, context), status=status)
