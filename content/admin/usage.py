"""What keeps rows from being deleted: counted by kind, in as many queries for one row as for thousands."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from django.contrib import admin
from django.db import models
from django.db.models.deletion import get_candidate_relations_to_delete
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import ngettext

Tree = list[Any]  # a text, followed by a list of what hangs below it
MOST_NAMED: Final = 10  # of one kind


def usage(objs: Collection[models.Model], request: HttpRequest, site: admin.AdminSite) -> Tree:
    """How much of each kind keeps these in place. Named is only what has a form: sign-ups are counted, no more."""
    tree: Tree = []
    for rows, _path in _protecting(
        next(iter(objs))._meta.model._base_manager.filter(pk__in=[each.pk for each in objs])
    ):
        if number := rows.count():
            tree.append(f"{capfirst(rows.model._meta.verbose_name_plural)}: {number}")
            names = list(_names(rows, request, site))
            tree += [names] if names else []
    return tree


def used_among(rows: models.QuerySet) -> set[Any]:
    """The keys of those that something keeps in place."""
    return {key for kept, path in _protecting(rows) for key in kept.order_by().values_list(path, flat=True).distinct()}


def are_any_used(rows: models.QuerySet) -> bool:
    """Whether something keeps one of them in place."""
    return any(kept.exists() for kept, _path in _protecting(rows))


def left_out(number: int) -> list[str]:
    """What a list that was cut says last; nothing where it is whole."""
    if number <= MOST_NAMED:
        return []
    left = number - MOST_NAMED
    return [ngettext("en nog %(n)s", "en nog %(n)s", left) % {"n": f"{left:,}".replace(",", ".")}]


def _protecting(rows: models.QuerySet, path: str = "") -> Iterator[tuple[models.QuerySet, str]]:
    """What refers to these rows, or to what would go along with them, and may not lose them; and the way back there."""
    relations: Iterable[Any] = get_candidate_relations_to_delete(rows.model._meta)
    for relation in relations:
        model, name = relation.related_model, relation.field.name
        there = model._base_manager.filter(**{f"{name}__in": rows.order_by().values("pk")})
        way = f"{name}__{path}" if path else name
        if relation.on_delete is models.PROTECT:
            yield there, way
        elif relation.on_delete is models.CASCADE:
            yield from _protecting(there, way)


def _names(rows: models.QuerySet, request: HttpRequest, site: admin.AdminSite) -> Iterator[str]:
    """Of those that this user manages; what they cannot open by itself is a row in a form."""
    model: Any = rows.model
    in_forms = {inline.model for page in site._registry.values() for inline in page.inlines}
    try:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=["0"])
    except NoReverseMatch:
        address = ""
    if not (address or model in in_forms) or not hasattr(model._default_manager, "managed_by"):
        return
    managed = model._default_manager.managed_by(request.user).filter(pk__in=rows.values("pk"))
    for row in managed.select_related()[:MOST_NAMED]:  # a name may be made of what the row belongs to
        link = address.replace("/0/", f"/{row.pk}/")
        yield format_html('<a href="{}">{}</a>', link, row) if link else str(row)
    yield from left_out(managed.count())
