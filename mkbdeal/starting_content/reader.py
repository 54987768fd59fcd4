"""Reads YAML and remembers on which line every value stands. Knows nothing of models."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

YamlLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ContentError(Exception):
    """Something in a content file is wrong; the message names file and line."""


@dataclass(frozen=True)
class Node:
    """A value with its place: a scalar, a list of nodes, or a mapping of names to nodes."""

    value: Any
    file: str
    line: int

    def error(self, message: str) -> ContentError:
        return ContentError(_("%(file)s, regel %(line)d: %(message)s") % {**vars(self), "message": message})


def read_rows(path: Path, root: Path) -> Iterator[Node]:
    """The rows of a file, or of all files in a folder: each a mapping. Raises ContentError."""
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    for file in files:
        name = str(file.relative_to(root))
        document = _read_document(file, name)
        if not isinstance(document.value, list):
            raise document.error(_("dit bestand moet een lijst zijn; begin elk onderdeel met een streepje"))
        for row in document.value:
            if not isinstance(row.value, dict):
                raise row.error(_("hier hoort een onderdeel met namen en waarden te staan"))
            yield row


def _read_document(file: Path, name: str) -> Node:
    text = _read_text(file, name)
    try:
        loader = YamlLoader(text)
        root = loader.get_single_node()
        return _located(root, loader, name) if root else Node([], name, 1)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Node(None, name, line).error(_("dit is geen goede YAML (%s)") % error.problem) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        raise Node(None, name, line).error(_("hier staat een teken dat niet mag")) from error


def _read_text(file: Path, name: str) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise Node(None, name, 1).error(_("dit bestand is niet te lezen")) from error
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Node(None, name, line).error(_("hier staat een teken dat geen UTF-8 is")) from error


def _located(node: yaml.Node, loader: Any, file: str) -> Node:
    """The same value with the places kept."""
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return Node(_mapping(node, loader, file), file, line)
    if isinstance(node, yaml.SequenceNode):
        return Node([_located(item, loader, file) for item in node.value], file, line)
    try:
        return Node(loader.construct_object(node), file, line)
    except ValueError as error:  # a date such as 2020-02-31
        raise Node(None, file, line).error(_("dit is geen bestaande datum of geen getal: '%s'") % node.value) from error


def _mapping(node: yaml.MappingNode, loader: Any, file: str) -> dict[str, Node]:
    """YAML lets a name stand twice and keeps the last; that is always a mistake here."""
    found: dict[str, Node] = {}
    for key_node, value_node in node.value:
        key = _located(key_node, loader, file)
        if not isinstance(key.value, str):
            raise key.error(_("hier hoort een naam te staan"))
        if key.value in found:
            raise key.error(_("'%s' staat hier twee keer") % key.value)
        found[key.value] = _located(value_node, loader, file)
    return found
