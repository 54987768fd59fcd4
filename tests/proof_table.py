"""Ends `make proof` with a table: one row per test of a full matrix, with its bar. Loaded by the Makefile alone."""

from dataclasses import dataclass

PROOF = "proof"  # the name of the property
ROW = "{bar:<6} {what:<72} {cases:>6} {failed:>6} {seconds:>8}"


@dataclass
class Row:
    """One test function over all its cases."""

    bar: str
    what: str
    cases: int = 0
    failed: int = 0
    seconds: float = 0


rows: dict[str, Row] = {}


def pytest_itemcollected(item):
    """Note the bar that the mark names, and what the test says of itself: it goes with the report from any process."""
    if mark := item.get_closest_marker("proof"):
        said = (item.function.__doc__ or item.originalname.replace("_", " ")).strip().splitlines()[0]
        item.user_properties.append((PROOF, ["".join(mark.args), said]))


def pytest_runtest_logreport(report):
    """Count cases and failures; a failing fixture is a failing case."""
    if found := dict(report.user_properties).get(PROOF):
        row = rows.setdefault(report.nodeid.partition("[")[0], Row(*found))
        row.cases += report.when == "call" or report.failed
        row.failed += report.failed
        row.seconds += report.duration


def pytest_terminal_summary(terminalreporter):
    """Print the table."""
    terminalreporter.write_sep("=", "proof")
    terminalreporter.write_line(ROW.format(bar="bar", what="what", cases="cases", failed="failed", seconds="seconds"))
    for row in sorted(rows.values(), key=lambda row: row.bar):
        if row.cases:
            values = {**vars(row), "seconds": f"{row.seconds:.0f}"}
            terminalreporter.write_line(ROW.format(**values))
