"""News as items of a list: every text ready to print."""

from collections.abc import Iterable
from dataclasses import dataclass

from content import dates
from content.localised import localised
from content.models import NewsArticle


@dataclass(frozen=True)
class NewsItem:
    """One item; the `_lang` fields are set when the text is in another language than the page."""

    url: str
    title: str
    title_lang: str | None
    summary: str
    summary_lang: str | None
    date: str
    date_iso: str


def news_items(articles: Iterable[NewsArticle]) -> list[NewsItem]:
    """In the order in which the articles come; makes no query."""
    return [_item(article) for article in articles]


def _item(article: NewsArticle) -> NewsItem:
    title, title_lang = localised(article, "title")
    summary, summary_lang = localised(article, "summary")
    return NewsItem(
        url=article.get_absolute_url(),
        title=title,
        title_lang=title_lang,
        summary=summary,
        summary_lang=summary_lang,
        date=dates.day(article.dated_on),
        date_iso=dates.iso(article.dated_on),
    )
