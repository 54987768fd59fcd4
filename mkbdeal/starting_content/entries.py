"""Checks a row of a content file against its model and takes it apart: values, parents, relations. Writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.richtext import RichTextField
from mkbdeal.starting_content.kinds import KIND_OF, Kind
from mkbdeal.starting_content.prose import to_html
from mkbdeal.starting_content.reader import Node

EXPECTED: Final["tuple[tuple[type[models.Field[Any, Any]], type, Any], ...]"] = (
    (models.BooleanField, bool, gettext_lazy("true of false")),
    (models.IntegerField, int, gettext_lazy("een heel getal")),
    (models.DateField, date, gettext_lazy("een datum zoals 2020-07-02")),
    (models.CharField, str, gettext_lazy("tekst; zet er aanhalingstekens om")),
    (models.TextField, str, gettext_lazy("tekst; zet er aanhalingstekens om")),
)


@dataclass(frozen=True)
class Reference:
    """Names a row of a kind by its key."""

    kind: Kind
    key: str
    node: Node


@dataclass
class Entry:
    """One row, taken apart. In `relations` a dictionary gives the references by role."""

    kind: Kind
    key: str
    node: Node
    values: dict[str, Any] = field(default_factory=dict)
    parents: dict[str, Reference] = field(default_factory=dict)
    relations: dict[str, list[Reference] | dict[str, list[Reference]]] = field(default_factory=dict)

    def references(self) -> Iterable[Reference]:
        yield from self.parents.values()
        for relation in self.relations.values():
            for references in relation.values() if isinstance(relation, dict) else [relation]:
                yield from references


def entry_from(row: Node, kind: Kind) -> Entry:
    """Raises ContentError for a missing key, an unknown name or a value of the wrong type."""
    for name in kind.key:
        if name not in row.value:
            raise row.error(_("'%s' ontbreekt") % name)
    entry = Entry(kind, " | ".join(str(row.value[name].value) for name in kind.key), row)
    fields = _loadable(kind.model)
    for name, node in row.value.items():
        if name not in fields:
            raise node.error(_("'%(name)s' hoort niet bij %(kind)s") % {"name": name, "kind": kind.label})
        _take(entry, name, node, fields[name])
    _check_marks(row)
    return entry


def _loadable(model: type[models.Model]) -> dict[str, Any]:
    """What a file may fill in: editable columns, and relations from either side, by the name that code uses."""
    forward = {f.name: f for f in model._meta.fields + model._meta.many_to_many if f.editable}
    backward = {str(f.get_accessor_name()): f for f in model._meta.related_objects if f.many_to_many}
    return {**backward, **forward}


def _take(entry: Entry, name: str, node: Node, model_field: Any) -> None:
    if model_field.many_to_many:
        entry.relations[name] = _relation(node, model_field)
    elif model_field.is_relation:
        entry.parents[name] = _reference(node, model_field)
    else:
        entry.values[name] = _value(node, model_field)


def _relation(node: Node, model_field: Any) -> list[Reference] | dict[str, list[Reference]]:
    through = (model_field if model_field.concrete else model_field.field).remote_field.through
    if through._meta.auto_created:
        return [_reference(item, model_field) for item in _items(node)]
    if not isinstance(node.value, dict):
        raise node.error(_("zet hier eerst de rol, en daarachter een lijst"))
    roles = dict(through._meta.get_field("role").choices)
    for role, items in node.value.items():
        if role not in roles:
            raise items.error(
                _("de rol '%(role)s' bestaat niet; kies uit %(roles)s") % {"role": role, "roles": ", ".join(roles)}
            )
    return {role: [_reference(item, model_field) for item in _items(items)] for role, items in node.value.items()}


def _reference(node: Node, model_field: Any) -> Reference:
    return Reference(
        KIND_OF[model_field.related_model], _of_type(node, str, _("tekst; zet er aanhalingstekens om")), node
    )


def _items(node: Node) -> list[Node]:
    items: list[Node] = _of_type(node, list, _("een lijst, zoals [een, twee]"))
    return items


def _value(node: Node, model_field: "models.Field[Any, Any]") -> Any:
    if isinstance(model_field, ArrayField):
        return [_value(item, model_field.base_field) for item in _items(node)]
    for field_class, value_type, wanted in EXPECTED:
        if isinstance(model_field, field_class):
            value = _of_type(node, value_type, str(wanted))
            return to_html(value) if isinstance(model_field, RichTextField) else value
    raise node.error(_("'%s' kan niet uit een bestand komen") % model_field.name)


def _of_type(node: Node, value_type: type, wanted: str) -> Any:
    """Exactly this type: to Python a yes is also a number and a moment is also a date."""
    if type(node.value) is not value_type:
        raise node.error(_("hier hoort %s") % wanted)
    return node.value


def _check_marks(row: Node) -> None:
    marks = row.value.get("to_confirm")
    for mark in marks.value if marks else ():
        if mark.value not in row.value:
            raise mark.error(_("'%s' staat bij to_confirm, maar is hier niet ingevuld") % mark.value)
