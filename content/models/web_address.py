"""The last part of a page's address, by which the site knows the object."""

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


def web_address(example: str, max_length: int = 50) -> models.SlugField:
    """A slug that staff understand: `example` shows them what one looks like."""
    explanation = _("Het laatste stuk van het webadres, zoals {example}. Gebruik kleine letters, cijfers en streepjes.")
    return models.SlugField(
        _("webadres"), unique=True, max_length=max_length, help_text=format_lazy(explanation, example=example)
    )
