"""How a line of the log is written: never with the token of a link, which opens a visitor's sign-up."""

import logging
import re
from typing import Final

TOKEN: Final = re.compile(r"(/aanmelding/)(?!s/)[^/\s\"'<>?]+")


class DiscreetFormatter(logging.Formatter):
    """Django writes the path of a request that failed; a traceback may hold one too."""

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub(r"\1…", super().format(record))
