"""Chance that repeats itself: the same seed gives the same year, however the other parts change."""

from random import Random
from uuid import UUID

SEED = 2020


def stream(seed: int, noun: str) -> Random:
    """Each noun draws from its own stream, so one partner more does not reshuffle all dates."""
    return Random(f"{seed}:{noun}")


def uuid_from(chance: Random) -> UUID:
    """A repeatable uuid of the random kind."""
    return UUID(int=chance.getrandbits(128), version=4)
