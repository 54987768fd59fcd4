"""The tables of content, one noun a file."""

from content.models.confirmable import Confirmable
from content.models.illustrated import Illustrated
from content.models.loaded_item import LoadedItem
from content.models.milestone import DatePrecision, Milestone
from content.models.news_article import NewsArticle
from content.models.office_only import OfficeOnlyQuerySet
from content.models.page import Page
from content.models.pending_change import PendingChange
from content.models.published import PublicationState, Published, PublishedQuerySet, published_condition
from content.models.synonym import Synonym
from content.models.translated import english
from content.models.versioned import Versioned

__all__ = [
    "Confirmable",
    "DatePrecision",
    "Illustrated",
    "LoadedItem",
    "Milestone",
    "NewsArticle",
    "OfficeOnlyQuerySet",
    "Page",
    "PendingChange",
    "PublicationState",
    "Published",
    "PublishedQuerySet",
    "Synonym",
    "Versioned",
    "english",
    "published_condition",
]
