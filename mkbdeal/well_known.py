"""Small text files that machines expect at fixed addresses: robots.txt and security.txt."""

from datetime import UTC, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from content import clock

# RFC 9116 advises less than a year; the file is made anew on each request, so it never runs out.
VALID_FOR = timedelta(days=180)


@require_safe
@cache_control(public=True, max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read; pages that belong to one visitor have nothing to offer a search engine."""
    lines = ["User-agent: *", "Disallow: /aanmelding/", "Disallow: /en/aanmelding/", "", f"Sitemap: {_here('sitemap')}"]
    return _text(lines)


@require_safe
@cache_control(public=True, max_age=86_400)
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116: where to report a leak."""
    expires = (clock.now() + VALID_FOR).astimezone(UTC).replace(microsecond=0)
    with translation.override(settings.LANGUAGE_CODE):
        contact = _here("contact")
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: nl, en",
        f"Canonical: {_here('security')}",
    ]
    return _text(lines)


def _here(name: str) -> str:
    return f"{settings.SITE_URL.geturl()}{reverse(name)}"


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
