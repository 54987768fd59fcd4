"""Groups of fields that several forms share."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

# (title, options); the stubs' own type of the options has no public name.
Group = Any

VISIBILITY: Final = ("state", "publish_at", "expire_at")


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


def visibility_group() -> Group:
    """What the public sees and when."""
    return (
        _("Zichtbaar op de site"),
        {
            "fields": ["state", ("publish_at", "expire_at")],
            "description": _("Alleen wat gepubliceerd is, staat op de site. De tijden zijn Nederlandse tijd."),
        },
    )
