"""What a file would do, row by row, before anything is done. Plain data; made by planning, carried out by applying."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from content.domain.exchange.columns import Column


@dataclass(frozen=True)
class Change:
    """One cell that differs from what there is."""

    column: Column
    old: str
    new: str


@dataclass(frozen=True)
class Fault:
    """What is wrong and what to do about it; `heading` is empty where the whole row is meant."""

    sentence: str
    heading: str = ""


@dataclass
class PlannedRow:
    """One row of the file. `subject` is the row there is, with the new values set, or a new one that is not saved."""

    number: int
    subject: Any = None
    is_new: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    parts: list[Any] | None = None  # rows of its own, not saved; None where the file says nothing about them
    note: str = ""

    def refuse(self, sentence: str, column: Column | None = None) -> None:
        self.faults.append(Fault(sentence, column.heading if column else ""))

    @property
    def name(self) -> str:
        return str(self.subject) if self.subject is not None else ""

    @property
    def is_changed(self) -> bool:
        return bool(self.changes) and not self.is_new


@dataclass
class Plan:
    """All rows. Nothing is done while there is one fault, in the file or in a row."""

    model: type[models.Model]
    rows: list[PlannedRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)  # headings only for reading, filled in otherwise

    @property
    def faulty(self) -> list[PlannedRow]:
        return [row for row in self.rows if row.faults]

    @property
    def new(self) -> list[PlannedRow]:
        return [row for row in self.rows if row.is_new and not row.faults]

    @property
    def changed(self) -> list[PlannedRow]:
        return [row for row in self.rows if row.is_changed and not row.faults]

    @property
    def unchanged(self) -> int:
        return len(self.rows) - len(self.faulty) - len(self.new) - len(self.changed)

    @property
    def is_sound(self) -> bool:
        return not self.faults and not self.faulty

    @property
    def does_something(self) -> bool:
        return bool(self.new or self.changed)

    @property
    def fingerprint(self) -> str:
        """The same for two plans that would show the same differences."""
        told = [
            [row.number, row.is_new, row.subject and row.subject.pk, row.note]
            + [(change.column.name, change.old, change.new) for change in row.changes]
            for row in self.rows
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()
