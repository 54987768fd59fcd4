"""The English twin of a Dutch text field. How a reader gets either of the two lives in content/localised.py."""

from typing import TypeVar

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

F = TypeVar("F", bound=models.Field)


def english(field: F) -> F:
    """A nullable copy of this field for the English text; while empty, visitors read the Dutch one, marked as Dutch."""
    twin = field.clone()
    twin.null = True
    twin.blank = True
    twin.help_text = ""
    twin.verbose_name = format_lazy("{} ({})", field.verbose_name, _("Engels"))
    return twin
