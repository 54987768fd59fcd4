"""The back office of what belongs to no partner: news, fixed pages, the deal's timeline and figures, search words."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.admin.confirmation import ConfirmableAdmin, ToConfirmFilter
from content.admin.editor import EditorAdmin
from content.admin.fields import FORMFIELD_OVERRIDES, DateInput
from content.admin.groups import english_group
from content.admin.history import RecordedAdmin
from content.admin.illustrated import PHOTO, IllustratedAdmin
from content.admin.ordered import OrderedAdmin
from content.admin.published import PublishedAdmin
from content.models import Figure, Milestone, NewsArticle, Page, Synonym


@admin.register(NewsArticle)
class NewsArticleAdmin(PublishedAdmin, EditorAdmin, IllustratedAdmin):
    """News, newest first."""

    first_step = _("Nog geen nieuws. Schrijf het eerste bericht: het komt op de nieuwspagina en de voorpagina.")

    list_display = ["title", "dated_on", "state"]
    list_filter = ["state", "dated_on"]
    search_fields = ["title", "summary", "body"]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        (None, {"fields": ["title", "slug", "dated_on", "summary", "body"]}),
        PHOTO,
        english_group("title_en", "summary_en", "body_en"),
    ]


@admin.register(Page)
class PageAdmin(PublishedAdmin, EditorAdmin, ConfirmableAdmin):
    """The fixed pages: the site knows each by its address, so pages are not added or removed here."""

    list_display = ["title", "slug", "state", "updated_on", "unconfirmed"]
    list_filter = ["state", ToConfirmFilter]
    search_fields = ["title", "lead", "body"]
    readonly_fields = ["slug"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "lead", "body", "updated_on"]}),
        english_group("title_en", "lead_en", "body_en"),
    ]

    def has_add_permission(self, request: object) -> bool:
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False


@admin.register(Milestone)
class MilestoneAdmin(RecordedAdmin, ConfirmableAdmin):
    """The timeline on the page about the deal."""

    list_display = ["title", "happened_on", "precision", "unconfirmed"]
    list_filter = [ToConfirmFilter, "precision"]
    search_fields = ["title", "text"]
    prepopulated_fields = {"key": ["title"]}
    formfield_overrides = {**FORMFIELD_OVERRIDES, models.DateField: {"widget": DateInput({"min": "1900-01-01"})}}
    fieldsets = [
        (
            None,
            {
                "fields": ["title", "key", "happened_on", "precision", "text"],
                "description": _("Staat op de tijdlijn van de pagina over de deal."),
            },
        ),
        english_group("title_en", "text_en"),
    ]


@admin.register(Figure)
class FigureAdmin(RecordedAdmin, OrderedAdmin):
    """The deal in numbers."""

    list_display = ["label", "value", "position"]
    search_fields = ["label", "value"]
    prepopulated_fields = {"key": ["label"]}
    fieldsets = [
        (
            None,
            {
                "fields": ["label", "key", "value", "position"],
                "description": _("Staat op de beginpagina en op de pagina over de deal."),
            },
        ),
        english_group("label_en", "value_en"),
    ]


@admin.register(Synonym)
class SynonymAdmin(RecordedAdmin):
    """Words of visitors."""

    list_display = ["word", "means"]
    search_fields = ["word", "means"]
    fieldsets = [
        (
            None,
            {
                "fields": ["word", "means"],
                "description": _("Wie op de site naar het woord zoekt, vindt ook wat het betekent."),
            },
        ),
    ]
