"""Numbers of people too small to show to others than those who run the date, and when its rows are gone to anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

FEWEST: Final = 5  # people; a number below it may tell something about each of them


def shown(number: int) -> int | None:
    """The number; None for one to four, of which we say no more than that there is somebody."""
    return None if 0 < number < FEWEST else number


@dataclass(frozen=True)
class Together:
    """People of several parts: None for too few to show, so many or more where a part of them is hidden."""

    people: int | None
    is_more: bool = False


def shown_together(total: int, parts: Sequence[int], *, overlap: bool = False) -> Together:
    """Beside a hidden part it says no more than the parts that are shown do: the rest would tell what is hidden.

    `overlap`: the same people may be in several parts.
    """
    if shown(total) is None or None not in map(shown, parts):
        return Together(shown(total))
    seen = [number for number in parts if shown(number)]
    return Together(max([FEWEST, *seen] if overlap else [FEWEST, sum(seen)]), is_more=True)
