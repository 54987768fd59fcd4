"""What stays on one line."""

import pytest

from content.typography import kept_together

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("€ 740.000", "€~740.000"),
        ("Op 2 juli 2020 tekenden zij", "Op 2~juli~2020 tekenden zij"),
        ("on 2 July 2020, in September 2021", "on 2~July~2020, in September~2021"),
        ("om 14.00 uur", "om 14.00~uur"),
        ("€ 2,8 miljoen", "€~2,8~miljoen"),
        ("10 mensen in de mei van 30", "10 mensen in de mei van 30"),
        ('<a href="/x/?a=1 b">2 juli</a>', '<a href="/x/?a=1 b">2~juli</a>'),
    ],
)
def test_units_stay_with_their_number(text, kept):
    assert kept_together(text) == kept.replace("~", SPACE)
