"""What goes along with a deletion, without the rows that only tie two objects together."""

from typing import Any

from django.apps import apps
from django.utils.text import capfirst

Tree = list[Any]  # a text, followed by a list of what hangs below it


def without_ties(deleted: Tree, counts: dict[Any, int]) -> tuple[Tree, dict[Any, int]]:
    """Leave out the tables that Django makes for many-to-many relations: their names say nothing to staff."""
    ties = [model._meta for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]
    marks = tuple(f"{capfirst(tie.verbose_name)}: " for tie in ties)
    plurals = {str(tie.verbose_name_plural) for tie in ties}
    kept = {name: number for name, number in counts.items() if str(name) not in plurals}
    return _pruned(deleted, marks), kept


def _pruned(tree: Tree, marks: tuple[str, ...]) -> Tree:
    branches = (_pruned(node, marks) if isinstance(node, list) else node for node in tree)
    return [node for node in branches if node != [] and not str(node).startswith(marks)]
