"""What every page carries: the bar with the menu, the foot, its own canonical address, itself in the other language."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.urls import get_urlconf, reverse, translate_url
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from content.preview import leads_on

register = template.Library()

PAGE = "pagina"
PAGE_NUMBER = re.compile(r"[2-9]|[1-9][0-9]{1,5}")  # the first page is the page itself
MAIN: tuple[tuple[str, str | Promise], ...] = (
    ("programmes", gettext_lazy("Programma's")),
    ("activities", pgettext_lazy("menu", "Agenda")),
    ("pathway", gettext_lazy("Leerlijn")),
    ("hubs", pgettext_lazy("menu", "Hubs")),
)
FOR_WHOM: tuple[tuple[str, str | Promise], ...] = (
    ("for_schools", gettext_lazy("Voor scholen")),
    ("for_parents", gettext_lazy("Voor ouders")),
    ("lateral_entry", gettext_lazy("Zij-instromers")),
    ("for_companies", gettext_lazy("Voor bedrijven")),
)
ABOUT: tuple[tuple[str, str | Promise], ...] = (
    ("deal", gettext_lazy("Over de deal")),
    ("partners", pgettext_lazy("menu", "Partners")),
    ("news", pgettext_lazy("menu", "Nieuws")),
    ("contact", pgettext_lazy("menu", "Contact")),
)
LEGAL: tuple[tuple[str, str | Promise], ...] = (
    ("accessibility", gettext_lazy("Toegankelijkheid")),
    ("privacy", pgettext_lazy("menu", "Privacy")),
)
GROUPS: tuple[tuple[str, Promise], ...] = (
    ("for_whom", pgettext_lazy("menu", "Voor wie")),
    ("about", gettext_lazy("Over ons")),
)
MENUS = {"main": MAIN, "for_whom": FOR_WHOM, "about": ABOUT, "legal": LEGAL}


class MenuLink(NamedTuple):
    """One entry of a menu; current is "page" on that very page, "true" somewhere below it, else empty."""

    url: str
    label: str
    current: str


class MenuGroup(NamedTuple):
    """A part of the main menu that opens; current when this page is in it."""

    label: str
    links: list[MenuLink]
    is_current: bool


class LanguageLink(NamedTuple):
    """This page in another language: with its filters for people, canonical for search engines."""

    code: str
    url: str
    canonical: str


@register.simple_tag(takes_context=True)
def masthead(context: Context, languages: list[LanguageLink]) -> SafeString:
    """The bar over the page; also without a request, as on the page that says the database is away."""
    return _masthead(_path(context), tuple(languages), get_language(), get_urlconf())


@register.simple_tag
def footer() -> SafeString:
    """The foot of every page."""
    return _footer(get_language(), get_urlconf())


# A third of what the frame costs. They depend on nothing else, so what is kept is never old.


@lru_cache(maxsize=512)
def _masthead(path: str, languages: tuple[LanguageLink, ...], _language: str, _urlconf: str | None) -> SafeString:
    return render_to_string("components/masthead.html", {"menu_path": path, "languages": languages})


@lru_cache(maxsize=8)
def _footer(_language: str, _urlconf: str | None) -> SafeString:
    return render_to_string("components/footer.html")


def _path(context: Context) -> str:
    """Where the visitor is: the masthead has no request and is told."""
    request = context.get("request")
    return request.path if request else str(context.get("menu_path", ""))


@register.simple_tag(takes_context=True)
def menu(context: Context, name: str) -> list[MenuLink]:
    """The links of one menu, marked where the visitor is."""
    path = _path(context)
    links = _links(name, get_language() or settings.LANGUAGE_CODE, get_urlconf())
    return [MenuLink(url, label, _current(path, url)) for url, label in links]


@register.simple_tag(takes_context=True)
def menu_groups(context: Context) -> list[MenuGroup]:
    """The parts of the main menu that open."""
    groups = [(str(label), menu(context, name)) for name, label in GROUPS]
    return [MenuGroup(label, links, any(link.current for link in links)) for label, links in groups]


def _current(path: str, url: str) -> str:
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""


@lru_cache(maxsize=32)
def _links(name: str, _language: str, _urlconf: str | None) -> tuple[tuple[str, str], ...]:
    """Resolving some fifteen names on every page costs more than the rest of the frame; they never change."""
    return tuple((reverse(view), str(label)) for view, label in MENUS[name])


@register.simple_tag(takes_context=True)
def canonical_url(context: Context) -> str:
    """This page's one address: filters and tracking parameters dropped, the page number kept; "" without a request."""
    request = context.get("request")
    return absolute_url(request.path + _page_query(request)) if request else ""


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[LanguageLink]:
    """This page in every language of the site, in the order of the settings; [] where it has no other language."""
    request = context.get("request")
    if not request or request.path.startswith("//"):  # as a link that would lead to another site
        return []
    if not leads_on(request):
        return []
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    links = [
        LanguageLink(code, path + query, absolute_url(path + _page_query(request)))
        for code, path in (
            (code, _translated(request.path, code, get_language(), get_urlconf())) for code, _name in settings.LANGUAGES
        )
    ]
    return links if len({link.canonical for link in links}) > 1 else []


@lru_cache(maxsize=1024)
def _translated(path: str, code: str, language: str | None, _urlconf: str | None) -> str:
    """In a rush all want one page, and to find its address again costs as much as its menu."""
    return path if code == language else translate_url(path, code)


def _page_query(request: HttpRequest) -> str:
    number = request.GET.get(PAGE, "")
    return f"?{urlencode({PAGE: number})}" if PAGE_NUMBER.fullmatch(number) else ""


@register.simple_tag
def absolute_url(path: str) -> str:
    """A path with the site's own scheme and host, never the host that the visitor sent."""
    return f"{settings.SITE_URL.geturl().rstrip('/')}{path}" if path.startswith("/") else path
