"""Numbers of people too small to show to others than those who run the date, and when its rows are gone to anybody."""

from collections.abc import Iterable
from typing import Final

FEWEST: Final = 5  # people; a number below it may tell something about each of them


def shown(number: int) -> int | None:
    """The number; None for one to four, of which we say no more than that there is somebody."""
    return None if 0 < number < FEWEST else number


def shown_together(numbers: Iterable[int]) -> int | None:
    """Their sum, by which the small ones stay hidden: they count along when together they are enough, or alone."""
    numbers = list(numbers)
    small = sum(number for number in numbers if shown(number) is None)
    large = sum(number for number in numbers if shown(number))
    return shown(large if large and small < FEWEST else large + small)
