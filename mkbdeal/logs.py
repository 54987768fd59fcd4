"""How a line of the log is written: never with the token of a link, which opens a sign-up, a wish or an account."""

import logging
import re
from typing import Final

# Every route that takes a token; below `s/` stands what names a row and opens nothing.
TOKEN: Final = re.compile(
    r"(/aanmelding/|/agenda/wens/|/voorbeeld/|/account/uitnodiging/|/account/wachtwoord/nieuw/)(?!s/)[^/\s\"'<>?]+"
)


class DiscreetFormatter(logging.Formatter):
    """Django writes the path of a request that failed; a traceback may hold one too."""

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub(r"\1…", super().format(record))
