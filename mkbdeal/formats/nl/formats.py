"""As the rest of the portal writes it (content/dates.py); everything else stays Django's."""

from typing import Final

TIME_FORMAT: Final = r"H.i \u\u\r"
DATETIME_FORMAT: Final = r"j F Y, H.i \u\u\r"
