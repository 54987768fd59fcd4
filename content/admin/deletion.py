"""What goes along with a deletion, and what stands in its way: counted by kind, with a way on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import admin, messages
from django.contrib.admin import actions
from django.contrib.admin.utils import NestedObjects, quote
from django.db import DEFAULT_DB_ALIAS, IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext

from content.admin.usage import MOST_NAMED, Tree, left_out, usage, used_among

MOST_AT_ONCE: Final = 1_000  # takes seconds, with all that goes along
LONGEST_KEY: Final = 18  # figures that surely fit the database's number


@dataclass(frozen=True)
class Way:
    """What one can do instead, with a link where there is one."""

    text: Any
    label: str = ""
    address: str = ""


def consequences(
    objs: Sequence[Any] | models.QuerySet, request: HttpRequest, site: admin.AdminSite
) -> tuple[Tree, dict[Any, int], set[Any], Tree]:
    """As Django's `get_deleted_objects`: what goes, how many of each, kinds not this user's to delete, what is used.

    In a number of queries that does not grow with the rows. Where something keeps them, what would go is not looked up.
    """
    if not objs:
        return [], {}, set(), []
    protected = usage(objs, request, site)
    if protected:
        return [], {}, _lacking({type(next(iter(objs))): objs}, request, site), protected
    found = NestedObjects(using=DEFAULT_DB_ALIAS, origin=objs)
    found.collect(objs)
    # The tables that Django makes for many-to-many relations are left out: their names say nothing to staff.
    found_rows: dict[Any, Any] = found.model_objs
    going = {model: rows for model, rows in found_rows.items() if not model._meta.auto_created}
    counts = {model._meta.verbose_name_plural: len(rows) for model, rows in going.items()}
    told = _told(_shown(found.edges, None), site)
    return _tree(found.edges, None, told), counts, _lacking(going, request, site), []


def delete_selected(page: Any, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse | None:
    """Django's, which where it refuses also says what stands in the way of which, why, and what can be done."""
    queryset = _chosen(request, queryset)
    if not queryset.exists():  # gone meanwhile, or no longer in this list
        messages.warning(request, gettext("Wat je koos, staat er niet meer. Er is niets verwijderd."))
        return None
    if queryset[MOST_AT_ONCE : MOST_AT_ONCE + 1]:
        sentence = gettext("Kies er hoogstens %(most)s tegelijk. Er is niets verwijderd.")
        messages.error(request, sentence % {"most": f"{MOST_AT_ONCE:,}".replace(",", ".")})
        return None
    try:
        with transaction.atomic():  # Django's log of it too
            response: Any = actions.delete_selected(page, request, queryset)
    except IntegrityError:
        return used_meanwhile(request)
    if response is None:
        return None
    context = response.context_data
    context |= {"keys": ",".join(str(obj.pk) for obj in queryset), "first": queryset[0].pk if queryset else ""}
    if context["perms_lacking"]:
        context["forbidden"] = named([obj for obj in queryset if not page.has_delete_permission(request, obj)])
        context["why_forbidden"] = page.why_forbidden
    if context["protected"]:
        keys = used_among(page.model._base_manager.filter(pk__in=[obj.pk for obj in queryset]))
        used = [obj for obj in queryset if obj.pk in keys]
        context |= {"used": named(used), "instead": page.instead(request, used), "some": len(used) < len(queryset)}
        context["title"] = gettext("Dit kan niet worden verwijderd")  # Django's sentence is of one
    answer: HttpResponse = response
    return answer


def named(objs: Collection[models.Model]) -> Tree:
    """The first few by name, and how many more."""
    return [*(str(obj) for obj in list(objs)[:MOST_NAMED]), *left_out(len(objs))]


def used_meanwhile(request: HttpRequest) -> HttpResponse:
    """In the moment between asking and deleting. The page of one object, shown anew, says by what."""
    messages.error(request, gettext("Er is intussen iets bijgekomen dat dit nodig heeft. Er is niets verwijderd."))
    return redirect(request.get_full_path())


def _chosen(request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
    """Ticked in the list; who says yes says it to the page that asked, which named them all in one field.

    For a form may not have thousands. What is no key is none, and whoever names none deletes none.
    """
    if not request.POST.get("post"):
        return queryset
    posted = request.POST.get("keys", "").split(",")
    keys = [key for key in posted if key.isascii() and key.isdecimal() and len(key) <= LONGEST_KEY]
    return queryset.filter(pk__in=keys)


def _lacking(going: dict[Any, Any], request: HttpRequest, site: admin.AdminSite) -> set[Any]:
    """Kinds of which this user may not delete each. What goes along by itself is nobody's to delete by hand."""
    lacking = set()
    for model, rows in going.items():
        page: Any = site._registry.get(model)
        if page is not None and not page.goes_along:
            page.look_up(request, rows)
            if not all(page.has_delete_permission(request, row) for row in rows):
                lacking.add(model._meta.verbose_name)
    return lacking


def _below(edges: dict[Any, list[Any]], above: Any) -> list[Any]:
    return [row for row in edges.get(above, ()) if not row._meta.auto_created]


def _shown(edges: dict[Any, list[Any]], above: Any) -> list[Any]:
    """The rows that the tree names: of each list the first few."""
    below = _below(edges, above)[:MOST_NAMED]
    return [*below, *(further for row in below if row != above for further in _shown(edges, row))]


def _told(rows: list[Any], site: admin.AdminSite) -> dict[Any, str]:
    """By row. What a row belongs to is read for these alone: its name may be made of that."""
    kinds: dict[Any, list[Any]] = {}
    for row in rows:
        kinds.setdefault(type(row), []).append(row.pk)
    found = (row for kind, keys in kinds.items() for row in kind._base_manager.filter(pk__in=keys).select_related())
    return {row: _link(row, site) for row in found}


def _tree(edges: dict[Any, list[Any]], above: Any, told: dict[Any, str]) -> Tree:
    """What hangs below this, below each what goes along with it; the first few by name."""
    below = _below(edges, above)
    tree: Tree = []
    for row in below[:MOST_NAMED]:
        if row in told:  # else it went in this very moment
            tree.append(told[row])
            further = _tree(edges, row, told) if row != above else []
            tree += [further] if further else []
    return [*tree, *left_out(len(below))]


def _link(row: Any, site: admin.AdminSite) -> str:
    """Its kind and name, with a link to its form where it has one."""
    kind = capfirst(row._meta.verbose_name)
    try:
        address = reverse(f"{site.name}:{row._meta.app_label}_{row._meta.model_name}_change", args=[quote(row.pk)])
    except NoReverseMatch:
        return f"{kind}: {row}"
    return format_html('{}: <a href="{}">{}</a>', kind, address, row)
