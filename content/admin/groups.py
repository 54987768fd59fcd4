"""Groups of fields that several forms share."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# (title, options); the stubs' own type of the options has no public name.
Group = Any


def english_group(*fields: str) -> Group:
    """Closed until someone translates."""
    return (
        _("Engels"),
        {
            "fields": list(fields),
            "classes": ["collapse"],
            "description": _("Voor de Engelse site. Wat leeg blijft, staat daar in het Nederlands."),
        },
    )
