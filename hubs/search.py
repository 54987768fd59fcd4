"""Finding programmes and dates by words: which fields, which other words, and what comes first."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Lower

from content.models import Synonym
from hubs.models import Activity, Audience, Programme, ProgrammeKind
from hubs.taxonomy import Taxonomy

TITLES = ("title", "title_en")
NOTES = ("note", "note_en")
TEXTS = (*TITLES, "summary", "summary_en", "body_text", "body_en_text")
MOST_WORDS = 8
MOST_SYNONYMS = 40
ENDINGS = ("en", "s")
LEAST_STEM = 3


@dataclass(frozen=True)
class Search:
    """The words that were asked for, each with the other words that count as that word."""

    words: tuple[frozenset[str], ...]

    @classmethod
    def read(cls, asked: str) -> "Search":
        """At most one query, for synonyms. Words beyond the eighth take no part."""
        words = [_with_stem(folded(word)) for word in asked.split()[:MOST_WORDS]]
        if not words:
            return cls(())
        meanings = _meanings(frozenset().union(*words))
        return cls(tuple(word.union(*(meanings.get(form, ()) for form in word)) for word in words))

    def programmes(self, programmes: models.QuerySet[Programme], taxonomy: Taxonomy) -> models.QuerySet[Programme]:
        """Those in which every word is somewhere; first those whose title has them all."""
        if not self.words:
            return programmes
        in_title = Q()
        for forms in self.words:
            programmes = _having(forms, programmes, taxonomy)
            in_title &= _any(forms, TITLES)
        return programmes.order_by(Case(When(in_title, then=Value(0)), default=Value(1)), "title", "pk")

    def activities(self, activities: models.QuerySet[Activity], taxonomy: Taxonomy) -> models.QuerySet[Activity]:
        """Those in which every word is somewhere in the programme, or in what the date says itself."""
        for forms in self.words:
            fitting = _having(forms, Programme.objects.all(), taxonomy)
            activities = activities.filter(_any(forms, NOTES) | Q(programme__in=fitting.values("pk")))
        return activities


def folded(text: str) -> str:
    """Small letters without accents, as the database compares them."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _with_stem(word: str) -> frozenset[str]:
    """The word, and the word without its plural ending: robots, robot."""
    stems = (word.removesuffix(ending) for ending in ENDINGS if word.endswith(ending))
    return frozenset([word, *(stem for stem in stems if len(stem) >= LEAST_STEM)])


def _meanings(words: Iterable[str]) -> Mapping[str, set[str]]:
    known = Synonym.objects.annotate(lower=Lower("word")).filter(lower__in=list(words))
    meanings: dict[str, set[str]] = {}
    for lower, means in known.values_list("lower", "means")[:MOST_SYNONYMS]:
        meanings.setdefault(lower, set()).add(folded(means))
    return meanings


def _having(
    forms: Iterable[str], programmes: models.QuerySet[Programme], taxonomy: Taxonomy
) -> models.QuerySet[Programme]:
    texts = {f"{body}_text": _without_tags(body) for body in ("body", "body_en")}
    return programmes.alias(**texts).filter(_any(forms, TEXTS) | _about(forms, taxonomy))


def _any(forms: Iterable[str], fields: Iterable[str]) -> Q:
    condition = Q()
    for form in forms:
        for field in fields:
            condition |= Q(**{f"{field}__unaccent__icontains": form})
    return condition


def _about(forms: Iterable[str], taxonomy: Taxonomy) -> Q:
    """By the names of what hangs on a programme; those are in memory already."""

    def named(*names: Any) -> bool:
        return any(form in folded(str(name)) for form in forms for name in names if name)

    hubs = [hub.pk for hub in taxonomy.hubs if named(hub.name, hub.town)]
    themes = [theme.pk for theme in taxonomy.themes if named(theme.name, theme.name_en)]
    levels = [level.pk for level in taxonomy.levels if named(level.name, level.name_en, level.alias, level.alias_en)]
    kinds = [kind.value for kind in ProgrammeKind if named(kind.label)]
    audiences = [audience.value for audience in Audience if named(audience.label)]
    by_theme = Programme.themes.through.objects.filter(theme__in=themes).values("programme")
    by_level = Programme.levels.through.objects.filter(educationlevel__in=levels).values("programme")
    condition = Q(kind__in=kinds) | Q(hub__in=hubs) | Q(pk__in=by_theme) | Q(pk__in=by_level)
    return condition | Q(audiences__overlap=audiences) if audiences else condition


def _without_tags(field: str) -> Func:
    return Func(
        F(field), Value("<[^>]*>"), Value(" "), Value("g"),
        function="regexp_replace", output_field=models.TextField(),
    )  # fmt: skip
