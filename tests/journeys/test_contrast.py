"""The judge of contrast itself: the soft edge of a small letter is no ground, a pale ground is one."""

import pytest

from tests.journeys.contrast import too_faint


@pytest.mark.parametrize(("text", "ground", "is_faint"), [("#fff", "#0a4abf", False), ("#fff", "#c9d6f0", True)])
def test_what_is_seen_behind_a_small_letter(page, text, ground, is_faint):
    style = f"font: bold 15.8px sans-serif; color: {text}; background: {ground}; padding: 3px"
    page.set_content(f'<body style="background: #fff"><span id="letter" style="{style}">N</span>')
    assert (too_faint(page, ["#letter"]) != []) == is_faint
