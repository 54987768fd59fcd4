"""One column of a list: what stands above it, what it holds, and which of it a file may change."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from content.domain.exchange.errors import CellError
from content.domain.exchange.kinds import Amount, Choice, Moment, Prose, Several, Text, Whole, YesNo
from content.richtext import RichTextField

EMPTY: Final[tuple[Any, ...]] = (None, "", [])


@dataclass(frozen=True, kw_only=True)
class Column:
    """`field` checks a value as the form of the back office does; a column without one is read by the list itself."""

    name: str
    kind: Text
    heading: str
    help: str = ""
    field: forms.Field | None = None
    default: Any = None
    is_required: bool = False
    is_many: bool = False  # a many-to-many relation
    is_part: bool = False  # stands in rows of its own, such as the meetings of a date
    is_fixed: bool = False  # another value than there is, is refused
    is_fixed_once_made: bool = False
    is_shown_only: bool = False  # written for whoever reads, never read back

    def of(self, subject: Any) -> Any:
        value = getattr(subject, self.name)
        return value.all() if self.is_many else value

    def shown(self, subject: Any) -> str:
        return self.kind.show(self.of(subject))

    def read(self, raw: Any) -> Any:
        """The value, checked. Raises CellError."""
        value = self.kind.read(raw)
        if self.is_required and value in EMPTY:
            raise CellError(_("Deze cel is leeg. Vul hier iets in."))
        if self.field is None:
            return value
        try:
            return self.field.clean(value)
        except ValidationError as error:
            raise CellError(" ".join(error.messages)) from error


_KINDS: Final[list[tuple[type[models.Field], type[Text]]]] = [  # the first that fits
    (RichTextField, Prose),
    (models.BooleanField, YesNo),
    (models.DecimalField, Amount),
    (models.IntegerField, Whole),
    (models.DateTimeField, Moment),
]


def column(model: type[models.Model], name: str, help: str = "", **options: Any) -> Column:  # noqa: A002 - its name
    """A column of this field of the model: its label above it, its own explanation unless another is given."""
    source: Any = model._meta.get_field(name)
    return Column(
        **{
            "name": name,
            "kind": options.pop("kind", None) or _kind(source),
            "heading": str(capfirst(source.verbose_name)),
            "help": str(help or source.help_text or _usual_help(source)),
            "field": None if source.is_relation else source.formfield(**_scheme(source)),
            "default": source.get_default() if source.has_default() else None,
            "is_required": not source.blank,
            "is_many": source.many_to_many,
            **options,
        }
    )


def _scheme(source: Any) -> dict[str, str]:
    """An address without one means https, as in the form."""
    return {"assume_scheme": "https"} if isinstance(source, models.URLField) else {}


def _usual_help(source: Any) -> str:
    if source.name.endswith("_en"):
        return _("Voor de Engelse site. Leeg: daar staat het Nederlands.")
    if isinstance(source, RichTextField):
        return _("Gewone tekst, met een lege regel tussen alinea's. Opmaak staat er als codes in, zoals <strong>.")
    return ""


def _kind(source: Any) -> Text:
    if isinstance(source, ArrayField):
        return Several(source.base_field.choices or ())
    if source.choices:
        return Choice(source.choices)
    return next((kind() for of, kind in _KINDS if isinstance(source, of)), Text())
