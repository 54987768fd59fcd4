"""Text that a spreadsheet would take for a formula gets an apostrophe in front; reading takes it away again."""

import re
from typing import Final

# Excel, LibreOffice and Google run what begins with one of these; the wide ones count in some languages.
_LIVE: Final = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")


def escaped(text: str) -> str:
    """Never live, in a csv file and after an edit in Excel. An apostrophe in front of other text is just text."""
    return f"'{text}" if _LIVE.match(text) else text


def unescaped(text: str) -> str:
    """The text that `escaped` was given."""
    return text[1:] if text.startswith("'") and _LIVE.match(text) else text
