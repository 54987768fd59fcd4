"""The tables of content, one noun a file."""

from content.models.calendar_bounds import FIRST_YEAR, LAST_YEAR, days_in_bounds, moments_in_bounds
from content.models.confirmable import Confirmable
from content.models.figure import Figure
from content.models.illustrated import Illustrated
from content.models.loaded_item import LoadedItem
from content.models.managed import ManagedQuerySet, OfficeOnlyQuerySet
from content.models.milestone import DatePrecision, Milestone
from content.models.news_article import NewsArticle
from content.models.page import Page
from content.models.pending_change import PendingChange
from content.models.preview_link import PreviewLink
from content.models.published import PublicationState, Published, PublishedQuerySet, published_condition
from content.models.revision import Deed, Revision
from content.models.synonym import Synonym
from content.models.translated import english
from content.models.versioned import Versioned
from content.models.web_address import web_address

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Confirmable",
    "DatePrecision",
    "Deed",
    "Figure",
    "Illustrated",
    "LoadedItem",
    "ManagedQuerySet",
    "Milestone",
    "NewsArticle",
    "OfficeOnlyQuerySet",
    "Page",
    "PendingChange",
    "PreviewLink",
    "PublicationState",
    "Published",
    "PublishedQuerySet",
    "Revision",
    "Synonym",
    "Versioned",
    "days_in_bounds",
    "english",
    "moments_in_bounds",
    "published_condition",
    "web_address",
]
