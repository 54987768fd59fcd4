"""Keeps the rules of architecture.md that no linter knows. The import contracts are import-linter's, styles are ruff's.

Every check was once seen to fail. A list of exceptions gives each its reason, and one that nobody needs any more fails.
"""

import ast
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.template.base import FilterExpression, Node, Origin, Token, Variable
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

from content.models import Illustrated, Published
from mkbdeal import messages

ROOT = Path(__file__).parents[1]
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["root_packages"]
MODULES = [
    path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")) if "migrations" not in path.parts
]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
STYLES = sorted((ROOT / "static" / "css" / "components").glob("*.css"))
STATIC_TEXTS = [path for path in sorted((ROOT / "static").rglob("*")) if path.suffix in {".css", ".js", ".svg"}]
MODELS = [model for model in apps.get_models() if model._meta.app_label in PACKAGES]

# Component templates without a stylesheet of their own, and why.
STYLED_ELSEWHERE = {
    "brand": "part of the masthead and the footer",
    "brand_mark": "part of brand, and of the header of the back office",
    "departure_board": "the board is in base.css, its rows are departure_row",
    "example_label": "one of the marks of label.css",
    "filter_chosen": "part of filter_bar",
    "htmx": "prints no element that is seen",
    "picture": "photo frames it",
    "programme_list": "programme_row lays out the list with its rows",
    "results_count": "part of filter_bar",
    "search_form": "part of form",
    "theme_tiles": "theme_tile lays out the mosaic with its tiles",
    "unconfirmed_mark": "one of the marks of label.css",
    "ways_out": "part of empty_state",
}
# Component stylesheets without a template of the same name, and why.
STYLES_WITHOUT_TEMPLATE = {
    "button": "a class for links and buttons",
    "form": "the markup is the form library's",
    "label": "marks that stand inside other components",
    "metro_map": "templates/hubs/pathway/map.html",
    "metro_table": "templates/hubs/pathway/table.html",
    "table": "a class for tables",
}
# Models whose default manager has no managed_by, and what protects their rows.
NOT_MANAGED = {
    "content.LoadedItem": "the loader's own memory; nobody edits it",
    "content.PendingChange": "managed through its subject",
    "content.PreviewLink": "given out and taken back beside its subject",
    "content.Revision": "read through its subject",
    "hubs.Meeting": "managed through its activity",
    "hubs.Room": "managed through its hub",
    "partners.Attempt": "counts attempts of an hour; nobody edits it",
    "partners.User": "accounts belong to the programme office; partners see memberships",
    "signups.ReplayedLedger": "how far the erasures were replayed; nobody edits it",
}
OF_TEMPLATES = ("django.template", "django.templatetags", "crispy_forms.templatetags")
# Variables that no component has to explain.
GIVEN_BY_DJANGO = {"LANGUAGE_CODE", "block", "forloop", "request", "True", "False", "None"}


def names(paths: list[Path]) -> Any:
    """The ids of tests about files."""
    return pytest.mark.parametrize("path", paths, ids=[str(path.relative_to(ROOT)) for path in paths])


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


# --- Python ----------------------------------------------------------------------------------------------------------


def test_the_lists_are_not_empty():
    assert min(map(len, (PACKAGES, MODULES, TESTS, TEMPLATES, COMPONENTS, STYLES, STATIC_TEXTS, MODELS))) > 2


def test_every_module_says_in_three_lines_what_lives_here():
    said = {path: ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "" for path in MODULES + TESTS}
    count = {path: len([line for line in text.splitlines() if line.strip()]) for path, text in said.items()}
    assert [path for path in MODULES if not 1 <= count[path] <= 3] == []
    assert [path for path in TESTS if path.name != "__init__.py" and not count[path]] == []


def test_no_import_hides_in_a_function():
    hidden = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in MODULES
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_modules_are_named_by_what_they_hold():
    nothing_names = {"utils", "util", "helpers", "helper", "common", "services", "service", "misc"}
    assert [path for path in MODULES if nothing_names & set(path.relative_to(ROOT).with_suffix("").parts)] == []


def imported(path: Path) -> set[str]:
    """Every module that this one names in an import, and what it takes from there."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return found


def test_nothing_imports_tests_settings_or_signals():
    forbidden = re.compile(r"(tests|mkbdeal\.settings|django\.dispatch|django\.db\.models\.signals)(\.|$)")
    assert [(path, name) for path in MODULES for name in imported(path) if forbidden.match(name)] == []


def test_models_do_no_work_in_save():
    working = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        if "models" in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}
    ]
    assert working == []


# --- Sizes -----------------------------------------------------------------------------------------------------------


def test_files_stay_small():
    too_long = [path for path in MODULES + TESTS if lines(path) > 400]
    too_long += [path for path in TEMPLATES if lines(path) > 150]
    too_long += [path for path in STYLES if lines(path) > 120]
    assert too_long == []


# --- Components ------------------------------------------------------------------------------------------------------


def test_a_component_is_a_template_and_a_stylesheet_of_one_name():
    templates, styles = {path.stem for path in COMPONENTS}, {path.stem for path in STYLES}
    assert templates - styles == set(STYLED_ELSEWHERE)
    assert styles - templates == set(STYLES_WITHOUT_TEMPLATE)


def parts(thing: Any) -> Iterator[Any]:
    """A template's nodes and the variables in them, however deep."""
    yield thing
    inside: list[Any] = []
    if isinstance(thing, dict | list | tuple):
        inside = list(thing.values() if isinstance(thing, dict) else thing)
    elif isinstance(thing, FilterExpression):
        inside = [thing.var, *(argument for _, arguments in thing.filters for _, argument in arguments)]
    elif type(thing).__module__.startswith(OF_TEMPLATES) and not isinstance(thing, Variable | Token | Origin):
        inside = list(vars(thing).values())
    for part in inside:
        yield from parts(part)


def bound(node: Any) -> set[str]:
    """The names that a tag gives a value itself."""
    found = {getattr(node, name, None) for name in ("target_var", "asvar", "var_name", "variable")}
    found |= set(getattr(node, "loopvars", ()))
    if type(node).__name__ in {"WithNode", "BlockTranslateNode"}:
        found |= {*node.extra_context, getattr(node, "countervar", None)}
    return {name for name in found if isinstance(name, str)}


def taken(path: Path) -> set[str]:
    """The variables that a component needs from whoever includes it."""
    nodelist = get_template(f"components/{path.name}").template.nodelist
    everything = list(parts(list(nodelist)))
    used = {part.lookups[0] for part in everything if isinstance(part, Variable) and part.lookups}
    local = set().union(*(bound(part) for part in everything if isinstance(part, Node)))
    return used - local - GIVEN_BY_DJANGO


@names(COMPONENTS)
def test_a_component_says_what_it_takes(path):
    head = re.match(r"({% load [^%]+%}\s*)?{% comment %}(.+?){% endcomment %}", path.read_text("utf-8"), re.DOTALL)
    assert head, "the head comment is missing"
    assert {name for name in taken(path) if not re.search(rf"\b{name}\b", head[2])} == set()


# --- The security policy ---------------------------------------------------------------------------------------------


@names(TEMPLATES)
def test_a_template_fits_the_policy(path):
    text = path.read_text("utf-8")
    assert re.findall(r"\sstyle\s*=", text) == []
    assert re.findall(r"\son[a-z]+\s*=\s*[\"']", text) == []
    assert re.findall(r"<style|javascript:", text, re.IGNORECASE) == []
    scripts = re.findall(r"<script\b[^>]*>", text, re.IGNORECASE)
    assert [tag for tag in scripts if not re.search(r"\ssrc=|application/ld\+json", tag)] == []


@names(TEMPLATES + STATIC_TEXTS)
def test_nothing_is_asked_of_another_site(path):
    hosts = set(re.findall(r"(?:https?:)?//([\w-]+(?:\.[\w-]+)+)", path.read_text("utf-8")))
    assert hosts - {"www.w3.org", "schema.org"} == set()


# --- Models ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("base", [Published, Illustrated])
def test_a_model_carries_the_constraints_of_its_base(base):
    heirs = [model for model in MODELS if issubclass(model, base)]
    assert heirs
    assert base._meta.constraints
    for model in heirs:
        label = {"app_label": model._meta.app_label, "class": model._meta.model_name}
        assert {rule.name % label for rule in base._meta.constraints} <= {rule.name for rule in model._meta.constraints}


def test_every_model_says_who_manages_it():
    without = {model._meta.label for model in MODELS if not hasattr(model._default_manager, "managed_by")}
    assert without == set(NOT_MANAGED)


def test_an_english_field_is_the_nullable_twin_of_a_dutch_one():
    twins = [(model, field) for model in MODELS for field in model._meta.fields if field.name.endswith("_en")]
    assert twins
    for model, field in twins:
        dutch = model._meta.get_field(field.name.removesuffix("_en"))
        assert type(dutch) is type(field), field
        assert field.null, field
        assert field.blank, field


# --- Addresses and texts ---------------------------------------------------------------------------------------------


def routes(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """All but those of the back office, which are Django's."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        elif pattern.app_name != "admin":
            yield from routes(pattern.url_patterns)


def test_every_route_has_a_name_of_its_own():
    found = list(routes(get_resolver().url_patterns))
    assert [str(route.pattern) for route in found if not route.name] == []
    assert [name for name, times in Counter(route.name for route in found).items() if times > 1] == []


def test_every_text_has_its_english():
    catalog = messages.read(ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po")
    catalog.update(messages.collected(ROOT), no_fuzzy_matching=True)
    assert messages.untranslated(catalog) == []


# --- Everything ------------------------------------------------------------------------------------------------------


def project_files() -> Iterator[Path]:
    """What is in the repository or about to be."""
    listed = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    output = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    yield from (ROOT / name for name in filter(None, output.split("\0")))


def test_no_file_holds_two_sides_of_a_merge():
    """Neither Django nor a linter minds them in a template."""
    mark = re.compile(rb"^(?:<{7}|>{7}) ", re.MULTILINE)
    assert [
        path.relative_to(ROOT) for path in project_files() if path.is_file() and mark.search(path.read_bytes())
    ] == []


def test_no_file_knows_a_machine_or_a_registry():
    place = re.compile(
        rb"(?<![\w.:/}*])/(?:work|root|home|Users|var/folders|opt)/[\w.]|\b[A-Z]:\\\\?Users"  # folders of one machine
        rb"|pypi[.]org|python[h]osted|(?<!\w)--(?:extra-)?index-url|/simple/?[\"'\s]|registry\.[\w-]+\.\w+"
    )
    found = []
    for path in project_files():
        data = path.read_bytes() if path.is_file() else b""
        if b"\0" not in data[:1024]:
            found += [f"{path.relative_to(ROOT)}: {match[0]!r}" for match in place.finditer(data)]
    assert found == []
