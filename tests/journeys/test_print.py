"""What stands on paper when a visitor prints: dark ink, also where the screen shows light letters on a dark ground."""

import pytest

DARKEST_LIGHT = 128  # of 255: ink on white paper stays well below it

PALE_TEXTS = """
darkest => [...document.querySelectorAll("main h1, main h2, main h3, main p, main li, main time, main b, main dd")]
  .filter(element => element.checkVisibility() && element.textContent.trim() && !element.closest("svg, figcaption"))
  .filter(element => Math.max(...getComputedStyle(element).color.match(/[0-9]+/g).slice(0, 3).map(Number)) > darkest)
  .map(element => element.textContent.trim().slice(0, 60))
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/agenda/", "/agenda/{free}/", "/hubs/technohub-woerden/", "/over-de-deal/"])
def test_every_text_is_dark(visit, path, scheme):
    visitor = visit(scheme=scheme)
    visitor.open(path)
    visitor.page.emulate_media(media="print", color_scheme=scheme)
    assert visitor.page.locator("main h2:visible").count()
    assert visitor.page.evaluate(PALE_TEXTS, DARKEST_LIGHT) == []
