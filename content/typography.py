"""How texts of staff are set: what belongs together stays on one line. Changes spaces, never words."""

import re

SPACE = "\N{NO-BREAK SPACE}"
# The space of "€ 740.000", "2 juli", "juli 2020", "14.00 uur" and "2,8 miljoen", in Dutch and in English.
MONTH = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    "|january|february|march|may|june|july|august|october"
)
BEHIND_NUMBER = re.compile(rf"(?<=€) (?=[0-9])|(?<=[0-9]) (?=(?:{MONTH}|uur|miljoen|million)\b)", re.IGNORECASE)
BEFORE_YEAR = re.compile(rf"\b({MONTH}) (?=[12][0-9]{{3}}\b)", re.IGNORECASE)


def kept_together(text: str) -> str:
    """Text, or HTML: that an attribute would hold such words is not expected, and would do no harm."""
    return BEFORE_YEAR.sub(rf"\1{SPACE}", BEHIND_NUMBER.sub(SPACE, text))
