"""What differs between two versions, as staff read it: labels, names for numbers, long texts word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from typing import Any, Final

from django.db import models
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from content import dates
from content.domain import snapshots
from content.domain.snapshots import Values
from content.models import Published
from content.richtext import RichTextField

MOST_WORDS: Final = 1500  # comparing word by word costs their square
SAME, GONE, NEW, LEFT_OUT = "same", "gone", "new", "left_out"
BREAKS: Final = re.compile(r"</(?:p|h2|h3|li)>|<br\s*/?>|\n", re.IGNORECASE)
WORDS: Final = re.compile(r"\S+\s*")
ALIKE: Final = 0.4  # the part of the words that must have stayed; below it old and new read better one after the other


@dataclass(frozen=True)
class Piece:
    """A part of a text: the same, gone, new, or left out because nothing changed there."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One field. `pieces` read from left to right."""

    label: str
    pieces: tuple[Piece, ...]


class Reader:
    """Reads versions of one model for one user; a name is looked up once. What the user may not see has no name."""

    def __init__(self, model: type[models.Model], user: Any) -> None:
        self._model, self._user = model, user
        self._names: dict[tuple[Any, Any], str] = {}

    def differences(self, changes: dict[str, list[Any]]) -> list[Difference]:
        """In the order of the model; fields that are gone since are left out."""
        fields = [*snapshots.columns(self._model), *snapshots.relations(self._model)]
        found = [self._of_field(field, *changes[field.name]) for field in fields if field.name in changes]
        rows = [name for name in snapshots.recorded_rows(self._model) if name in changes]
        found += [self._of_rows(self._model._meta.get_field(name), *changes[name]) for name in rows]
        return [difference for difference in found if difference.pieces]

    def _of_field(self, field: models.Field, before: Any, after: Any) -> Difference:
        label = str(capfirst(field.verbose_name))
        if field.name in snapshots.PHOTO_SIZE:
            return Difference(label, ())
        if isinstance(field, models.TextField | RichTextField):
            return Difference(label, tuple(text_pieces(before or "", after or "")))
        old, new = self._shown(field, before), self._shown(field, after)
        if field.name == "photo" and before and after:
            old, new = _("de vorige foto"), _("een andere foto")
        return Difference(label, _pair(old, new))

    def _of_rows(self, relation: Any, before: list[Values] | None, after: list[Values]) -> Difference:
        model = relation.related_model
        old, new = ([self._row(model, row) for row in rows or []] for rows in (before, after))
        pieces = [Piece(GONE, row) for row in old if row not in new] + [
            Piece(NEW, row) for row in new if row not in old
        ]
        return Difference(str(capfirst(model._meta.verbose_name_plural)), tuple(pieces))

    def _row(self, model: type[models.Model], row: Values) -> str:
        shown = [self._shown(field, row.get(field.name)) for field in snapshots.columns(model) if row.get(field.name)]
        return ", ".join(filter(None, shown))

    def _shown(self, field: models.Field, value: Any) -> str:
        if value in (None, "", []):
            return ""
        if field.name == "to_confirm":
            return ", ".join(self._label(name) for name in value)
        if field.is_relation:
            return ", ".join(
                self._name(field.related_model, key) for key in (value if isinstance(value, list) else [value])
            )
        if isinstance(value, list):
            labels = dict(getattr(field, "base_field", field).flatchoices)
            return ", ".join(str(labels.get(part, part)) for part in value)
        return _plain(field, value)

    def _label(self, name: str) -> str:
        known = {field.name: field.verbose_name for field in self._model._meta.fields}
        return str(known.get(name, name))

    def _name(self, model: Any, key: Any) -> str:
        if (model, key) not in self._names:
            row = self._visible(model).filter(pk=key).first()
            self._names[model, key] = str(row) if row is not None else _("iets dat je niet kunt zien of dat weg is")
        return self._names[model, key]

    def _visible(self, model: Any) -> models.QuerySet:
        """What has a publication is named when it is public or the user's own; lists of the site always."""
        if not issubclass(model, Published):
            rows: models.QuerySet = model._default_manager.all()
            return rows
        manager: Any = model._default_manager
        own = manager.managed_by(self._user).values("pk")
        seen: models.QuerySet = manager.filter(models.Q(pk__in=own) | models.Q(pk__in=manager.published().values("pk")))
        return seen


def _plain(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if field.name == "photo":
        return _("een foto")
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    match field:
        case models.DateTimeField():
            return dates.moment(field.to_python(value))
        case models.DateField():
            return dates.day(field.to_python(value))
        case _:
            return str(value)


def _pair(old: str, new: str) -> tuple[Piece, ...]:
    if old == new:
        return ()
    return tuple(Piece(kind, text or _("leeg")) for kind, text in ((GONE, old), (NEW, new)))


def text_pieces(before: str, after: str) -> Iterator[Piece]:
    """Paragraph by paragraph, and word by word where one was changed; what stayed is left out."""
    old, new = _paragraphs(before), _paragraphs(after)
    if old == new:
        return
    if not old or not new:
        yield from (Piece(GONE, text) for text in old or [_("leeg")])
        yield from (Piece(NEW, text) for text in new or [_("leeg")])
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(LEFT_OUT, "…")
        else:
            yield from _word_pieces("\n".join(old[a:b]), "\n".join(new[c:d]))


def _word_pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    compared = SequenceMatcher(None, old, new, autojunk=False)
    if max(len(old), len(new)) > MOST_WORDS or compared.ratio() < ALIKE:
        yield from (Piece(kind, text) for kind, text in ((GONE, before), (NEW, after)) if text)
        return
    for tag, a, b, c, d in compared.get_opcodes():
        if tag == "equal":
            yield Piece(SAME, "".join(old[a:b]))
            continue
        yield from (Piece(kind, "".join(part)) for kind, part in ((GONE, old[a:b]), (NEW, new[c:d])) if part)


def _paragraphs(text: str) -> list[str]:
    """Without codes: a layman reads words."""
    parts = (unescape(strip_tags(part)).strip() for part in BREAKS.split(text))
    return [part for part in parts if part]
