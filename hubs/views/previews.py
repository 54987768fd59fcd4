"""Hands out the pictures that other sites show beside a link. What they look like is in hubs/preview.py."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from content.localised import localised
from hubs import preview
from hubs.models import Hub, Theme

DAY = 86_400


@require_safe
@conditional_page
@cache_control(public=True, max_age=DAY)
def hub_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """A published hub's."""
    hub = get_object_or_404(Hub.objects.published(), slug=slug)
    return _picture(preview.hub_preview(hub.name, hub.town, hub.letter, hub.colour))


@require_safe
@conditional_page
@cache_control(public=True, max_age=DAY)
def theme_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """A theme's, with its name in the language of the address."""
    theme = get_object_or_404(Theme, slug=slug)
    return _picture(preview.theme_preview(localised(theme, "name")[0]))


def _picture(png: bytes) -> HttpResponse:
    response = HttpResponse(png, content_type="image/png")
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is made to be shown on other sites
    return response
