"""Factories for the models of content."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from content.models import Figure, LoadedItem, Milestone, NewsArticle, Page, PublicationState, Synonym


class PageFactory(DjangoModelFactory):
    """A published page in Dutch only. The site knows pages by their slug: pass the one that the test opens."""

    class Meta:
        model = Page

    slug = factory.Sequence("pagina-{}".format)
    title = factory.LazyAttribute(lambda page: f"Pagina {page.slug}")
    lead = "Een korte inleiding."
    body = "<p>De tekst van de pagina.</p>"
    state = PublicationState.PUBLISHED


class NewsArticleFactory(DjangoModelFactory):
    """A published news item."""

    class Meta:
        model = NewsArticle

    slug = factory.Sequence("nieuws-{}".format)
    title = factory.Sequence("Nieuws {}".format)
    summary = "Waar dit bericht over gaat."
    body = "<p>Het hele bericht.</p>"
    dated_on = date(2020, 7, 2)
    state = PublicationState.PUBLISHED


class MilestoneFactory(DjangoModelFactory):
    """One event, exact to the day."""

    class Meta:
        model = Milestone

    key = factory.Sequence("mijlpaal-{}".format)
    happened_on = date(2020, 7, 2)
    title = factory.Sequence("Mijlpaal {}".format)


class FigureFactory(DjangoModelFactory):
    """One number of the deal."""

    class Meta:
        model = Figure

    key = factory.Sequence("cijfer-{}".format)
    label = factory.Sequence("Cijfer {}".format)
    value = "3"


class SynonymFactory(DjangoModelFactory):
    """A word and what it means."""

    class Meta:
        model = Synonym

    word = factory.Sequence("woord {}".format)
    means = "lassen"


class LoadedItemFactory(DjangoModelFactory):
    """A remembered row of the starting content."""

    class Meta:
        model = LoadedItem

    kind = "pages"
    key = factory.Sequence("rij-{}".format)
