"""Writes what the content files hold and the database never had. What staff edited or deleted stays as they left it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from content.models import LoadedItem, PublicationState, Published
from mkbdeal.starting_content.entries import Entry, Reference, entry_from
from mkbdeal.starting_content.kinds import KINDS, Kind
from mkbdeal.starting_content.reader import ContentError, Node, read_rows

UNIQUE = {"unique", "unique_together"}


@dataclass
class Loading:
    """One run: what the files hold, what was loaded before, and the rows found or made so far."""

    entries: dict[str, dict[str, Entry]]
    loaded_before: dict[str, set[str]]
    rows: dict[tuple[str, str], models.Model | None] = field(default_factory=dict)

    def find(self, reference: Reference) -> models.Model | None:
        """The row that is meant (its kind has a single key), or nothing when staff removed or renamed it."""
        place = (reference.kind.name, reference.key)
        if place not in self.rows:
            lookup = {reference.kind.key[0]: reference.key}
            self.rows[place] = reference.kind.model._default_manager.filter(**lookup).first()
        return self.rows[place]


def load(root: Path) -> dict[str, int]:
    """How many rows of each kind were new. All or nothing; raises ContentError with file and line."""
    entries = {kind.name: _read(root, kind) for kind in KINDS}
    with transaction.atomic():
        # Two releases that start at the same moment take turns; readers of the table are not held up.
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {LoadedItem._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
        loaded_before: dict[str, set[str]] = {kind.name: set() for kind in KINDS}
        for name, key in LoadedItem.objects.filter(kind__in=loaded_before).values_list("kind", "key"):
            loaded_before[name].add(key)
        loading = Loading(entries, loaded_before)
        _check_references(loading)
        return {kind.name: _load_kind(loading, kind) for kind in KINDS}


def _read(root: Path, kind: Kind) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for row in read_rows(root / kind.source, root):
        entry = entry_from(row, kind)
        if entry.key in found:
            raise row.error(_("%(kind)s '%(key)s' staat er twee keer") % {"kind": kind.label, "key": entry.key})
        found[entry.key] = entry
    return found


def _check_references(loading: Loading) -> None:
    """A reference to what neither the files nor the database know is a mistake; one to what staff removed is not."""
    for entries in loading.entries.values():
        for entry in entries.values():
            for reference in entry.references():
                kind, key = reference.kind, reference.key
                known = key in loading.entries[kind.name] or key in loading.loaded_before[kind.name]
                if not known and loading.find(reference) is None:
                    raise reference.node.error(_("%(kind)s '%(key)s' bestaat niet") % {"kind": kind.label, "key": key})


def _load_kind(loading: Loading, kind: Kind) -> int:
    """First all rows, then their relations, so that rows of one kind may refer to each other in any order."""
    new = [e for key, e in loading.entries[kind.name].items() if key not in loading.loaded_before[kind.name]]
    made = [(entry, row) for entry in new if (row := _make(loading, entry)) is not None]
    for entry, row in made:
        for name, relation in entry.relations.items():
            _relate(loading, row, name, relation)
    return len(made)


def _make(loading: Loading, entry: Entry) -> models.Model | None:
    """The new row; nothing when its parent was removed or staff already made the same themselves."""
    parents = {name: loading.find(reference) for name, reference in entry.parents.items()}
    if None in parents.values():
        return None
    LoadedItem.objects.create(kind=entry.kind.name, key=entry.key)
    if _exists(entry, parents):
        return None
    row = entry.kind.model(**entry.values, **parents)
    if isinstance(row, Published) and "state" not in entry.values:
        row.state = PublicationState.PUBLISHED
    try:
        _save(row)
    except ValidationError as error:
        if _only_taken(error) and loading.loaded_before[entry.kind.name]:
            return None
        raise _located(error, entry) from error
    loading.rows[(entry.kind.name, entry.key)] = row
    return row


def _save(row: models.Model) -> None:
    """The database says whether its rules are kept; only when it refuses are they asked one by one, for a reason."""
    row.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        row.full_clean()
        raise


def _exists(entry: Entry, parents: dict[str, Any]) -> bool:
    """Capitals make no difference: to the database they make no different synonym either."""
    named = {name: entry.values[name] for name in entry.kind.key if name in entry.values}
    own = {f"{name}__iexact" if isinstance(value, str) else name: value for name, value in named.items()}
    lookup = {**own, **{name: parents[name] for name in entry.kind.key if name in parents}}
    return entry.kind.model._default_manager.filter(**lookup).exists()


def _only_taken(error: ValidationError) -> bool:
    """In a later release: staff used this name or letter for something of their own, and theirs stays."""
    return {e.code for errors in error.error_dict.values() for e in errors} <= UNIQUE


def _located(error: ValidationError, entry: Entry) -> ContentError:
    """The first mistake, on the line of its field, or of the row when the field is absent."""
    name, errors = next(iter(error.error_dict.items()))
    message = " ".join(m for e in errors for m in e.messages)
    place: Node = entry.node.value.get(name, entry.node)
    return place.error(message if name == NON_FIELD_ERRORS else f"{name}: {message}")


def _relate(loading: Loading, row: Any, name: str, relation: list[Reference] | dict[str, list[Reference]]) -> None:
    if isinstance(relation, list):
        getattr(row, name).add(*filter(None, map(loading.find, relation)))
        return
    for role, references in relation.items():
        for other in filter(None, map(loading.find, references)):
            getattr(row, name).add(other, through_defaults={"role": role})
