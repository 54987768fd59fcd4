"""Invented news, numbered. "Voorbeeld" stands in title and address, because news carries no label of its own."""

from datetime import date, timedelta
from random import Random

from content.models import NewsArticle, PublicationState
from mkbdeal.demo import words
from mkbdeal.demo.words import Text

NUMBER = 12


def make_news(today: date, chance: Random) -> list[NewsArticle]:
    """Unsaved items over the past months, the newest a few days old."""
    items = []
    dated_on = today - timedelta(days=2)
    for number in range(NUMBER, 0, -1):
        subject = words.NEWS_TITLES[number % len(words.NEWS_TITLES)]
        title = words.NEWS_TITLE.fill(number=Text(str(number), str(number)), title=subject)
        items.append(
            NewsArticle(
                slug=f"voorbeeldbericht-{number}",
                title=title.nl,
                title_en=title.en,
                summary=words.NEWS_SUMMARY.nl,
                summary_en=words.NEWS_SUMMARY.en,
                body=words.NEWS_BODY.nl,
                body_en=words.NEWS_BODY.en,
                dated_on=dated_on,
                state=PublicationState.PUBLISHED,
            )
        )
        dated_on -= timedelta(days=chance.randint(5, 20))
    return items
