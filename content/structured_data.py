"""What search engines read: schema.org objects as plain dictionaries. The template tag of the same name prints them."""

from typing import Any, Final

from django.conf import settings

from content import dates
from content.localised import localised
from content.models import NewsArticle

CONTEXT: Final = "https://schema.org"
PUBLISHER: Final = {"@type": "Organization", "name": "MKB-deal Maakindustrie Utrecht-West"}


def absolute(path: str) -> str:
    """The address of a page under the portal's own name, never under that of the Host header."""
    return f"{settings.SITE_URL.geturl()}{path}"


def news_article(article: NewsArticle) -> dict[str, Any]:
    """schema.org/NewsArticle"""
    title, _lang = localised(article, "title")
    summary, _lang = localised(article, "summary")
    return {
        "@context": CONTEXT,
        "@type": "NewsArticle",
        "headline": title,
        "description": summary,
        "datePublished": dates.iso(article.dated_on),
        "url": absolute(article.get_absolute_url()),
        "publisher": PUBLISHER,
    }
