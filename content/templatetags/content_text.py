"""Prints a content field in the reader's language; Dutch that stands in for missing English is marked. No queries."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from content import dates
from content.localised import localised
from content.models import Milestone
from content.richtext import clean_html
from content.typography import kept_together

register = template.Library()


@register.filter
def text(subject: Any, field: str) -> SafeString:
    """The field as escaped text; Dutch on an English page stands in a <span lang>."""
    words, lang = localised(subject, field)
    words = kept_together(words)
    return format_html('<span lang="{}">{}</span>', lang, words) if lang else conditional_escape(words)


@register.filter
def plain_text(subject: Any, field: str) -> str:
    """The field without markup, for <title> and attributes."""
    return localised(subject, field)[0]


@register.filter
def text_lang(subject: Any, field: str) -> str | None:
    """The code with which to mark the field's text, where it is in another language than the page."""
    return localised(subject, field)[1]


@register.filter
def rich_text(subject: Any, field: str) -> SafeString:
    """The field as clean HTML in a prose block, or nothing. Cleaned again: a row may have come in past the field."""
    html, lang = localised(subject, field)
    if not html:
        return SafeString()
    body = mark_safe(kept_together(clean_html(html) or ""))  # noqa: S308 - clean_html leaves only the editor's own tags
    return format_html('<div class="prose"{}>{}</div>', format_html(' lang="{}"', lang) if lang else "", body)


@register.filter
def day(moment: date) -> str:
    """donderdag 2 juli 2020"""
    return dates.day(moment)


@register.filter
def short_day(moment: date) -> str:
    """za 28 november"""
    return dates.short_day(moment)


@register.filter
def iso(moment: date) -> str:
    """2020-07-02, for <time datetime>"""
    return dates.iso(moment)


@register.filter
def money(euros: Decimal | int) -> str:
    """€ 740.000"""
    return dates.money(euros)


@register.filter
def milestone_date(milestone: Milestone) -> str:
    """2 juli 2020, juli 2020 or 2020: no more than is known."""
    return dates.dated(milestone.happened_on, milestone.precision)


@register.filter
def milestone_iso(milestone: Milestone) -> str:
    """The same for <time datetime>."""
    return dates.iso(milestone.happened_on, milestone.precision)
