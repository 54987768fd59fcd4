"""One line per figure: what it is, its bar, and whether the bar is kept."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bench.ground import Ground, ground

HEAD: Final = ("", "what", "figure", "bar", "kept")


@dataclass(frozen=True)
class Line:
    """`kept` is None where there is no bar, and the figure only explains another."""

    number: str
    what: str
    figure: str
    bar: str = "-"
    kept: bool | None = None

    def cells(self) -> tuple[str, ...]:
        """As it stands in the table."""
        kept = {True: "yes", False: "NO", None: "-"}[self.kept]
        return self.number, self.what, self.figure, self.bar, kept


Measurement = Callable[[Ground], Iterator[Line]]


def run(*measurements: Measurement) -> None:
    """Measure on one ground, say each line when it is known, end with the table."""
    lines: list[Line] = []
    with ground() as own:
        for measurement in measurements:
            for line in measurement(own):
                say(f"{line.number} {line.what}: {line.figure}")
                lines.append(line)
    sys.stdout.write(table(lines))


def table(lines: Iterable[Line]) -> str:
    """In columns, as Markdown."""
    rows = [HEAD, *(line.cells() for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    padded = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    padded.insert(1, ["-" * width for width in widths])
    return "".join(f"| {' | '.join(row)} |\n" for row in padded)


def say(text: str) -> None:
    """Progress, beside the table."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
