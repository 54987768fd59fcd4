"""What goes along with a deletion, and what stands in its way: counted by kind, with a way on."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin import actions
from django.db import IntegrityError, models, transaction
from django.db.models.deletion import get_candidate_relations_to_delete
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

Tree = list[Any]  # a text, followed by a list of what hangs below it
MOST_NAMED: Final = 10  # of one kind


@dataclass(frozen=True)
class Way:
    """What one can do instead, with a link where there is one."""

    text: Any
    label: str = ""
    address: str = ""


def without_ties(deleted: Tree, counts: dict[Any, int]) -> tuple[Tree, dict[Any, int]]:
    """Leave out the tables that Django makes for many-to-many relations: their names say nothing to staff."""
    ties = [model._meta for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]
    marks = tuple(f"{capfirst(tie.verbose_name)}: " for tie in ties)
    plurals = {str(tie.verbose_name_plural) for tie in ties}
    kept = {name: number for name, number in counts.items() if str(name) not in plurals}
    return _pruned(deleted, marks), kept


def usage(objs: Collection[models.Model], request: HttpRequest, site: admin.AdminSite) -> Tree:
    """How much of each kind keeps these in place. Named is only what has a form: sign-ups are counted, no more."""
    tree: Tree = []
    for rows in _protecting(next(iter(objs))._meta.model._base_manager.filter(pk__in=[each.pk for each in objs])):
        if number := rows.count():
            tree.append(f"{capfirst(rows.model._meta.verbose_name_plural)}: {number}")
            names = list(_names(rows, request, site))
            tree += [names] if names else []
    return tree


def is_used(obj: models.Model) -> bool:
    """Whether something keeps it in place."""
    return any(rows.exists() for rows in _protecting(type(obj)._base_manager.filter(pk=obj.pk)))


def delete_selected(page: Any, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse | None:
    """Django's, which where it refuses also says what stands in the way of which, why, and what can be done."""
    try:
        with transaction.atomic():  # Django's log of it too
            response: Any = actions.delete_selected(page, request, queryset)
    except IntegrityError:
        return used_meanwhile(request)
    if response is None:
        return None
    context = response.context_data
    if context["perms_lacking"]:
        context["forbidden"] = [obj for obj in queryset if not page.has_delete_permission(request, obj)]
        context["why_forbidden"] = page.why_forbidden
    if context["protected"]:
        used = [obj for obj in queryset if is_used(obj)]
        context |= {"used": used, "instead": page.instead(request, used), "some": len(used) < len(queryset)}
    answer: HttpResponse = response
    return answer


def used_meanwhile(request: HttpRequest) -> HttpResponse:
    """In the moment between asking and deleting. The page of one object, shown anew, says by what."""
    messages.error(request, gettext("Er is intussen iets bijgekomen dat dit nodig heeft. Er is niets verwijderd."))
    return redirect(request.get_full_path())


def _protecting(rows: models.QuerySet) -> Iterator[models.QuerySet]:
    """What refers to these rows, or to what would go along with them, and may not lose them."""
    relations: Iterable[Any] = get_candidate_relations_to_delete(rows.model._meta)
    for relation in relations:
        model: Any = relation.related_model
        there = model._base_manager.filter(**{f"{relation.field.name}__in": rows.values("pk")})
        if relation.on_delete is models.PROTECT:
            yield there
        elif relation.on_delete is models.CASCADE:
            yield from _protecting(there)


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
    for row in managed[:MOST_NAMED]:
        link = address.replace("/0/", f"/{row.pk}/")
        yield format_html('<a href="{}">{}</a>', link, row) if link else str(row)
    if (left := managed.count() - MOST_NAMED) > 0:
        yield ngettext("en nog %(n)d", "en nog %(n)d", left) % {"n": left}


def _pruned(tree: Tree, marks: tuple[str, ...]) -> Tree:
    branches = (_pruned(node, marks) if isinstance(node, list) else node for node in tree)
    return [node for node in branches if node != [] and not str(node).startswith(marks)]
