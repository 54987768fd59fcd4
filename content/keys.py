"""Keys of rows as an address names them: whoever asks may have typed anything."""

from typing import Final

LONGEST: Final = 18  # digits; any number of these fits the database's keys


def may_be_key(text: str) -> bool:
    """Whether it can be looked up. Another text names no row."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST
