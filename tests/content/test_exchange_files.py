"""Files that lie, explode, or were written by another program: a table, or one sentence that says what to do."""

import io
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from content.domain.exchange import files
from content.domain.exchange.cells import moment_of, number_of, text_of
from content.domain.exchange.errors import CellError, FileError
from content.domain.exchange.escaping import escaped, unescaped
from content.domain.exchange.tables import MOST_ROWS, Unreadable
from content.domain.exchange.writing import CSV, XLSX, written
from tests.exchanging import at, xlsx

PAYLOADS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "'=1",
    "''=1",
    " =1",
    "＝1+1",
    '=HYPERLINK("http://x.example")',
    "=cmd|'/c'!A1",
]


def repacked(content, **members):
    """The same archive with members added or replaced; names have __ for /."""
    saved = io.BytesIO()
    new = {name.replace("__", "/"): text for name, text in members.items()}
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in old.namelist():
            if name not in new:
                archive.writestr(name, old.read(name))
        for name, text in new.items():
            archive.writestr(name, text)
    return saved.getvalue()


def refusal(content, name="lijst.xlsx"):
    with pytest.raises(FileError) as refused:
        files.read(content, name)
    return refused.value.sentence


SMALL = xlsx(["Kop"], ["waarde"])
SHEET = "xl__worksheets__sheet1.xml"


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "leeg.csv", "leeg"),
        (b"Kop;Kop\r\n;;\r\n", "koppen.csv", "geen enkele rij"),
        (b"%PDF-1.7", "lijst.xlsx", "ook al heet het zo"),
        (b"\x89PNG\r\n\x1a\n\0\0", "lijst.csv", "ook al heet het zo"),
        (b"<html><table></table></html>", "lijst.xls", "ook al heet het zo"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "lijst.xls", "oud Excel-bestand"),
        (b"PK\x03\x04rommel", "lijst.xlsx", "niet te lezen"),
        (b"Kop\r\n\x81\x8d", "lijst.csv", "geen Excel-bestand en geen csv"),
        (b"Kop\r\na\0b", "lijst.csv", "geen Excel-bestand en geen csv"),
        (b'Kop\r\n"open', "lijst.csv", "aanhalingsteken"),
        (b'Kop\r\n"' + b"x" * 200_000 + b'"', "lijst.csv", "niet te lezen"),
        (b"x" * (3 * 1024**2 + 1), "lijst.csv", "groter dan 3 MB"),
        (SMALL, "lijst.xlsm", "macro's"),
        (repacked(SMALL, **{"xl__vbaProject.bin": "x"}), "lijst.xlsx", "macro's"),
        (repacked(SMALL, **{"xl__worksheets__sheet9.xml": b"0" * 30 * 1024**2}), "lijst.xlsx", "te groot"),
        (repacked(SMALL, **{"xl__styles.xml": b"0" * 2 * 1024**2}), "lijst.xlsx", "te groot"),
        (repacked(SMALL, **{SHEET: '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'}), "lijst.xlsx", "niet te lezen"),
        (repacked(SMALL, **{SHEET: "<geen xml"}), "lijst.xlsx", "niet te lezen"),
        (repacked(SMALL, **{"xl__workbook.xml": "<workbook/>"}), "lijst.xlsx", "niet te lezen"),
    ],
    ids=range(19),
)  # fmt: skip
def test_what_is_no_table_gets_a_sentence(content, name, words):
    assert words in refusal(content, name)


def test_a_sheet_that_claims_to_be_endless_is_read_quickly():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999999"><c r="XFD1"><v>1</v></c></row>'
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'
    )
    assert "geen enkele rij" in refusal(repacked(SMALL, **{SHEET: sheet}))


def test_merged_cells_are_named():
    book = Workbook()
    book.active.append(["Kop", "Kop 2"])
    book.active.append(["waarde", None])
    book.active.merge_cells("A2:B2")
    saved = io.BytesIO()
    book.save(saved)
    assert "Bij cel A2 zijn cellen samengevoegd" in refusal(saved.getvalue())


def test_a_formula_is_a_fault_of_its_cell():
    [line] = files.read(xlsx(["Kop", "Kop 2", "Kop 3"], ["=1+1", "#N/A", "tekst"]), "a.xlsx").lines
    assert [type(cell) for cell in line.cells] == [Unreadable, Unreadable, str]
    with pytest.raises(CellError, match="formule"):
        text_of(line.cells[0])


def test_one_row_too_many():
    rows = [["x"] for _ in range(MOST_ROWS)]
    assert len(files.read(xlsx(["Kop"], [None], *rows), "a.xlsx").lines) == MOST_ROWS
    assert "meer dan 5.000 rijen" in refusal(xlsx(["Kop"], *rows, ["x"]))


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [(";", "utf-8-sig"), (",", "utf-8"), ("\t", "utf-16"), (";", "cp1252")],
)
def test_csv_as_other_programs_write_it(separator, encoding):
    text = f"Kop{separator}Prijs in €\r\n\r\ncafé{separator}2\r\n"
    table = files.read(text.encode(encoding), "a.csv")
    assert table.headings == ["Kop", "Prijs in €"]
    assert [(line.number, list(line.cells)) for line in table.lines] == [(3, ["café", "2"])]


@pytest.mark.parametrize(
    ("raw", "number"),
    [("12,50", "12.5"), ("€ 1.250,00", "1250"), ("1.250", "1250"), ("12.5", "12.5"), (12.5, "12.5"), ("", None)],
)
def test_numbers_as_people_here_write_them(raw, number):
    assert number_of(raw) == (number and Decimal(number))


@pytest.mark.parametrize(
    "raw",
    [
        "2-7-2026 14.00",
        "02/07/2026 14:00",
        "2026-07-02 14:00:00",
        "2-7-2026 14.00 uur",
        at("2026-07-02 13:59:59.999900"),
        46205.583333333336,
    ],
)
def test_moments_as_people_here_write_them(raw):
    assert moment_of(raw) == datetime(2026, 7, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw", ["2 juli", "32-7-2026 14.00", "2-7-2026", "2-7-2026 25.00", at("2026-03-29 02:30"), 46205, True, "9" * 30]
)
def test_other_moments_are_refused(raw):
    with pytest.raises(CellError):
        moment_of(raw)


@pytest.mark.parametrize("raw", ["twaalf", "1,2,3", float("inf"), float("nan"), 10**30, True])
def test_other_numbers_are_refused(raw):
    with pytest.raises(CellError):
        number_of(raw)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_is_live_and_every_text_comes_back(payload):
    assert unescaped(escaped(payload)) == payload
    for suffix in (XLSX, CSV):
        content = written(suffix, title="Lijst", headings=["Kop"], rows=[[payload]])
        [line] = files.read(content, f"a.{suffix}").lines
        assert line.cells[0].startswith("'")
        assert text_of(line.cells[0]) == payload.strip()
    cell = load_workbook(io.BytesIO(written(XLSX, title="L", headings=["K"], rows=[[payload]])))["L"]["A2"]
    assert cell.data_type == "s"


def test_an_apostrophe_of_the_text_itself_stays():
    assert escaped("'s Avonds lassen") == "'s Avonds lassen" == unescaped("'s Avonds lassen")


def test_hostile_files_take_little_memory():
    """Bar N3: no more than 150 MB, also for what is refused only after reading."""
    strings = "<si><t>é</t></si>" * 1_000_000
    shared = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{strings}</sst>'
    content = repacked(xlsx(["Kop"], ["tekst"]), **{"xl__sharedStrings.xml": shared})
    tracemalloc.start()
    with suppress(FileError):
        files.read(content, "a.xlsx")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 150 * 1024**2
