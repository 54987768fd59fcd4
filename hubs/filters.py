"""What a visitor chose in the address, checked once, and applied to programmes and activities alike."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, NamedTuple

from django import forms
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from content import dates
from content.clock import AMSTERDAM
from content.models import DatePrecision
from hubs.forms import CatalogueFilterForm
from hubs.models import Activity, Programme
from hubs.offer import Offer
from hubs.search import Search
from hubs.taxonomy import Taxonomy


class Chip(NamedTuple):
    """One active choice: what it says, and the address without it."""

    label: str
    remove_url: str


@dataclass(frozen=True)
class Selection:
    """A checked choice. Faulty values take no part; `problems` has a sentence for each of them."""

    form: CatalogueFilterForm
    chosen: dict[str, Any]
    problems: list[str]
    taxonomy: Taxonomy
    search: Search

    @classmethod
    def read(cls, form_class: type[CatalogueFilterForm], query: QueryDict, taxonomy: Taxonomy) -> "Selection":
        """One query for what is offered, and one for synonyms when a word is searched."""
        form = form_class(query or None, taxonomy=taxonomy, offer=Offer.load(taxonomy.read_at))
        form.is_valid()
        chosen = {name: value for name, value in getattr(form, "cleaned_data", {}).items() if value}
        problems = [f"{form.fields[name].label}: {error}" for name, errors in form.errors.items() for error in errors]
        problems += [
            _("%(field)s: er staat meer dan één keuze in het adres. De laatste geldt.") % {"field": field.label}
            for name, field in form.fields.items()
            if len(set(query.getlist(name))) > 1
        ]
        return cls(form, chosen, problems, taxonomy, Search.read(chosen.get("q", "")))

    @property
    def is_empty(self) -> bool:
        return not self.chosen

    def programmes(self, programmes: models.QuerySet[Programme]) -> models.QuerySet[Programme]:
        """Those programmes that fit every choice; where words are searched, the best match first."""
        return self.search.programmes(self._fitting(programmes), self.taxonomy)

    def _fitting(self, programmes: models.QuerySet[Programme]) -> models.QuerySet[Programme]:
        """By everything but words."""
        conditions = Q()
        if hub := self.chosen.get("hub"):
            conditions &= Q(hub__slug=hub)
        if theme := self.chosen.get("thema"):
            conditions &= Q(themes__slug=theme)
        if audience := self.chosen.get("doelgroep"):
            conditions &= Q(audiences__contains=[audience])
        if kind := self.chosen.get("vorm"):
            conditions &= Q(kind=kind)
        if level := self.chosen.get("niveau"):
            links = Programme.levels.through.objects.filter(educationlevel__in=self.taxonomy.leaves(level))
            conditions &= Q(pk__in=links.values("programme"))
        return programmes.filter(conditions)

    def activities(self, activities: models.QuerySet[Activity]) -> models.QuerySet[Activity]:
        """Those activities whose programme fits, in the chosen period, with seats if asked for."""
        activities = self.search.activities(activities, self.taxonomy)
        if set(self.chosen) - {"q", "van", "tot", "vrij"}:
            fitting = self._fitting(Programme.objects.all())
            activities = activities.filter(programme__in=fitting.values("pk"))
        if first := self.chosen.get("van"):
            activities = activities.filter(first_starts_at__gte=datetime.combine(first, time.min, AMSTERDAM))
        if last := self.chosen.get("tot"):
            activities = activities.filter(first_starts_at__lte=datetime.combine(last, time.max, AMSTERDAM))
        return activities.with_free_seats(self.taxonomy.read_at) if self.chosen.get("vrij") else activities  # type: ignore[attr-defined]

    def chips(self, path: str, query: QueryDict) -> list[Chip]:
        """One for each active choice, in the order of the form."""
        return [
            Chip(_shown(self.form.fields[name], self.chosen[name]), _without(path, query, name))
            for name in self.form.fields
            if name in self.chosen
        ]


def _without(path: str, query: QueryDict, name: str) -> str:
    rest = query.copy()
    for gone in (name, "pagina"):
        rest.pop(gone, None)
    return f"{path}?{rest.urlencode()}" if rest else path


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        return str(_choice_labels(field.choices).get(value, value))
    if isinstance(field, forms.DateField):
        value = dates.unbroken(dates.dated(value, DatePrecision.DAY))
    return str(field.label) if isinstance(field, forms.BooleanField) else f"{field.label} {value}"


def _choice_labels(choices: Any) -> dict[str, Any]:
    labels: dict[str, Any] = {}
    for value, label in choices:
        labels.update(_choice_labels(label) if isinstance(label, list | tuple) else {value: label})
    return labels
