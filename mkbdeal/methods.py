"""Answers a method that an address does not take, with a page. What an address takes is said at its view alone."""

import inspect
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from mkbdeal import errors

UNSAFE: Final = {"POST", "PUT", "PATCH", "DELETE"}


class Methods:
    """Middleware before that of CSRF, whose page about a form is no answer where there is no form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Django's 405 is a blank page."""
        response = self._get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = errors.not_allowed(request)
        page["Allow"] = response["Allow"]
        return page

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        allowed = _allowed(view) if request.method in UNSAFE else None
        return HttpResponseNotAllowed(allowed) if allowed and request.method not in allowed else None


def _allowed(view: Callable[..., Any]) -> list[str] | None:
    """What `require_http_methods` was given, which keeps it to itself; None where a view decides on its own."""
    while inspect.isfunction(view):
        if methods := inspect.getclosurevars(view).nonlocals.get("request_method_list"):
            return list(methods)
        view = getattr(view, "__wrapped__", None)  # type: ignore[assignment]
    return None
