"""Pages that fit: at 320 px, with more space between letters and lines, and with letters twice as large."""

import pytest

from tests.journeys.browsing import Visitor
from tests.journeys.places import LANGUAGES, PLACES

SPACED = """
* {
  line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important;
}
p { margin-bottom: 2em !important; }
"""  # the values of WCAG 1.4.12

# Wider than the window, or text that its own box hides. What is hidden on purpose (for screen readers) is 1 px small.
FAULTS = """
css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
  const faults = [], width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    const wide = [...document.querySelectorAll("main *, header *, footer *")].filter(
      element => element.getBoundingClientRect().right > width + 1 && !element.closest("details:not([open]), svg *")
    ).slice(0, 5).map(element => element.outerHTML.slice(0, 120));
    faults.push(`scrolls sideways: ${document.documentElement.scrollWidth} px; ${wide.join(" | ")}`);
  }
  for (const element of document.querySelectorAll("body *")) {
    const style = getComputedStyle(element), hides = /hidden|clip/;
    if (element.clientWidth < 5 || element.closest("svg, select") || !element.innerText?.trim()) continue;
    if (hides.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1
        || hides.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1)
      faults.push(`cut off: ${element.outerHTML.slice(0, 160)}`);
  }
  return faults;
}
"""


TEXTS = [pytest.param("", id="plain"), pytest.param(SPACED, id="spaced")]


@pytest.fixture(scope="module")
def large_print(browser_type, browser_type_launch_args):
    """A browser whose owner set the letters to 200 %."""
    arguments = [*browser_type_launch_args["args"], "--blink-settings=defaultFontSize=32"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": arguments})
    yield browser
    browser.close()


def in_turn(language):
    """Half of the places in each language by turns; the proof has all of them in both."""
    return PLACES[list(LANGUAGES).index(language) :: 2]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("css", TEXTS)
def test_fits(visit, css, language):
    assert faults_of(visit(320), in_turn(language), language, css) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_fits_with_large_letters(portal, large_print, language):
    page = large_print.new_page(viewport={"width": 320, "height": 640})
    assert faults_of(Visitor(portal, page), in_turn(language), language, "") == {}


@pytest.mark.proof("X3")
@pytest.mark.parametrize("width", [320, 640, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("css", TEXTS)
def test_fits_everywhere(visit, css, language, width):
    """every place fits, also with text spacing, at 320, 640 and 1280 px"""
    assert faults_of(visit(width), PLACES, language, css) == {}


@pytest.mark.proof("X3")
@pytest.mark.parametrize("width", [320, 640, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_fits_everywhere_with_large_letters(portal, large_print, language, width):
    """every place fits with letters at 200 %, at 320, 640 and 1280 px"""
    page = large_print.new_page(viewport={"width": width, "height": 640})
    assert faults_of(Visitor(portal, page), PLACES, language, "") == {}


def faults_of(visitor, places, language, css):
    """By place."""
    found = {}
    for place in places:
        visitor.open(place, language)
        if faults := visitor.page.evaluate(FAULTS, css):
            found[place.name] = faults
    return found
