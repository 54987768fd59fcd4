"""Compares a file with what there is. Every fault is found, each with its row and column; nothing is written."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from content.domain.exchange.cells import quoted
from content.domain.exchange.checking import check
from content.domain.exchange.columns import EMPTY, Column
from content.domain.exchange.errors import CellError
from content.domain.exchange.plans import Change, Fault, Plan, PlannedRow
from content.domain.exchange.sheets import Sheet
from content.domain.exchange.tables import Line, Raw, Table

Cells = list[tuple[Column, Raw]]


def plan_of(table: Table, sheet: Sheet, *, locked: bool = False) -> Plan:
    """A fixed number of queries for any number of rows. `locked` keeps others from the rows that the file means."""
    plan = Plan(model=sheet.model)
    order = _columns(table, sheet, plan)
    if plan.faults:
        return plan
    lines = [(line, _cells(line, order)) for line in table.lines]
    plan.rows = _matched(lines, sheet, locked=locked)
    plan.ignored = _ignored(table, order, plan.rows)
    closed = sheet.closed()
    for row, (_line, cells) in zip(plan.rows, lines, strict=True):
        if row.subject is None:
            _read_alone(row, cells, sheet)
        else:
            _fill(row, cells, sheet)
            _refuse_closed(row, closed)
    if locked:
        sheet.hold(plan.rows)
    check(plan.rows, sheet)
    return plan


def _columns(table: Table, sheet: Sheet, plan: Plan) -> list[Column | None]:
    """The column of each heading; None for one without heading, or one that is only for reading."""
    known = {column.heading.casefold(): column for column in sheet.columns}
    order: list[Column | None] = []
    for heading in table.headings:
        found = known.get(heading.casefold())
        if heading and found is None:
            plan.faults.append(Fault(_unknown(heading, sheet.columns)))
        if found in order and found is not None:
            plan.faults.append(Fault(_("Deze kolom staat er twee keer in. Haal er een weg."), heading))
        order.append(found)
    if sheet.key_column not in order:
        sentence = _("De kolom “%(heading)s” ontbreekt. Zet hem erbij; laat de cel leeg voor een nieuwe rij.")
        plan.faults.append(Fault(sentence % {"heading": sheet.key_column.heading}))
    if _has_nameless(table):
        plan.faults.append(Fault(_("Er is een kolom zonder kop. Zet er een kop boven of haal hem weg.")))
    return order


def _has_nameless(table: Table) -> bool:
    """A value below no heading, also to the right of the last one."""
    named = {place for place, heading in enumerate(table.headings) if heading}
    return any(
        cell not in (None, "") for line in table.lines for place, cell in enumerate(line.cells) if place not in named
    )


def _unknown(heading: str, columns: Iterable[Column]) -> str:
    near = get_close_matches(heading, [column.heading for column in columns], n=1)
    if near:
        sentence = _("De kolom “%(heading)s” kent de site niet. Bedoel je “%(near)s”? Verander dan de kop.")
        return sentence % {"heading": heading, "near": near[0]}
    return _("De kolom “%(heading)s” kent de site niet. Haal hem weg.") % {"heading": heading}


def _cells(line: Line, order: Sequence[Column | None]) -> Cells:
    cells = [*line.cells, *[None] * (len(order) - len(line.cells))]
    return [(column, raw) for column, raw in zip(order, cells, strict=False) if column and not column.is_shown_only]


def _ignored(table: Table, order: Sequence[Column | None], rows: Sequence[PlannedRow]) -> list[str]:
    """Headings of what is only for reading and was filled in otherwise; a list that comes back as it went is silent."""
    places = [(place, column) for place, column in enumerate(order) if column and column.is_shown_only]
    return [
        column.heading
        for place, column in places
        if any(
            _differs(line.cells[place], column, row)
            for line, row in zip(table.lines, rows, strict=True)
            if place < len(line.cells)
        )
    ]


def _differs(raw: Raw, column: Column, row: PlannedRow) -> bool:
    if row.is_new or row.subject is None:
        return raw not in (None, "")
    shown = column.shown(row.subject)
    return raw not in (None, "") and not column.kind.is_as_shown(raw, shown) and str(raw) != shown


def _matched(lines: Sequence[tuple[Line, Cells]], sheet: Sheet, *, locked: bool) -> list[PlannedRow]:
    """Each row of the file with the row that it means, or a new one; a fault where that is not clear."""
    rows, keys = [], []
    for line, cells in lines:
        row = PlannedRow(line.number)
        rows.append(row)
        keys.append(_key(row, cells, sheet))
    existing = sheet.existing({key for key in keys if key not in EMPTY}, locked=locked)
    seen: dict[str, int] = {}
    for row, key in zip(rows, keys, strict=True):
        if not row.faults:
            _match(row, sheet.key_column.kind.show(key), existing, seen, sheet)
    return rows


def _key(row: PlannedRow, cells: Cells, sheet: Sheet) -> Any:
    raw = next((raw for column, raw in cells if column.name == sheet.key), None)
    try:
        return sheet.key_column.kind.read(raw)
    except CellError as error:
        row.refuse(_no_key(error, sheet), sheet.key_column)
        return None


def _no_key(error: CellError, sheet: Sheet) -> str:
    if sheet.takes_new_keys:
        return error.sentence
    return _("%(fault)s Of laat deze cel leeg voor een nieuwe rij.") % {"fault": error.sentence}


def _match(row: PlannedRow, key: str, existing: dict[str, Any], seen: dict[str, int], sheet: Sheet) -> None:
    if key and key in seen:
        row.refuse(_("Deze staat ook in rij %(row)d. Haal een van de twee weg.") % {"row": seen[key]}, sheet.key_column)
    elif key in existing:
        row.subject = existing[key]
    elif key and not sheet.takes_new_keys:
        sentence = _("“%(key)s” staat niet bij wat jij beheert. Laat deze cel leeg voor een nieuwe rij.")
        row.refuse(sentence % {"key": quoted(key)}, sheet.key_column)
    elif not sheet.may_add:
        row.refuse(_("Hier kun je alleen wijzigen wat er al is. Haal deze rij weg."))
    else:
        row.subject, row.is_new = sheet.start(), True
    if key:
        seen.setdefault(key, row.number)


def _read_alone(row: PlannedRow, cells: Cells, sheet: Sheet) -> None:
    """Nobody knows which row is meant; what is wrong in its other cells is told along."""
    for column, raw in cells:
        if column.name != sheet.key and raw not in EMPTY:
            _read(row, column, raw, "")


def _fill(row: PlannedRow, cells: Cells, sheet: Sheet) -> None:
    """Reads the cells, keeps what differs, and puts it into the subject."""
    old = {column.name: "" if row.is_new else column.shown(row.subject) for column in sheet.columns}
    for column, raw in cells:
        _read(row, column, raw, old[column.name])
    if row.is_new:
        _refuse_lacking(row, cells, sheet)
    sheet.complete(row)
    for column in sheet.columns:
        if column.name in row.values:
            _compare(row, column, old[column.name])


def _refuse_closed(row: PlannedRow, closed: Mapping[int, str]) -> None:
    if row.is_changed and row.subject.pk in closed:
        row.refuse(closed[row.subject.pk])


def _read(row: PlannedRow, column: Column, raw: Raw, old: str) -> None:
    is_blank = raw is None or (isinstance(raw, str) and not raw.strip())
    if row.is_new and is_blank and not column.is_part and (column.default is not None or not column.is_required):
        return
    if not row.is_new and old and column.kind.is_as_shown(raw, old):
        return  # also what this user could not choose anew
    try:
        row.values[column.name] = column.read(raw)
    except CellError as error:
        row.refuse(error.sentence, column)


def _refuse_lacking(row: PlannedRow, cells: Cells, sheet: Sheet) -> None:
    given = {column.name for column, _raw in cells}
    for column in sheet.columns:
        if column.is_required and column.default is None and column.name not in given and not column.is_shown_only:
            row.refuse(_("Deze kolom ontbreekt. Voor een nieuwe rij is hij nodig."), column)


def _compare(row: PlannedRow, column: Column, old: str) -> None:
    new = column.kind.show(row.values[column.name])
    if new == old:
        return
    if column.is_fixed:
        is_default = row.is_new and new == column.kind.show(column.default)
        if not is_default:
            row.refuse(_("Dit kun je hier niet wijzigen. Zet terug: “%(old)s”.") % {"old": old or "–"}, column)
    elif column.is_fixed_once_made and not row.is_new:
        row.refuse(_("Dit ligt vast. Zet terug: “%(old)s”.") % {"old": old}, column)
    else:
        row.changes.append(Change(column, old, new))
        if not column.is_many and not column.is_part:
            _put(row, column)


def _put(row: PlannedRow, column: Column) -> None:
    try:
        setattr(row.subject, column.name, row.values[column.name])
    except (ValueError, ValidationError) as error:  # what no kind of ours gives
        row.refuse(str(error), column)
