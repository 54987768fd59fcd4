"""Pages that fit: at 320 px, with more space between letters and lines, and with letters twice as large."""

import pytest

from tests.journeys.places import LANGUAGES, PLACES

SPACED = """
* {
  line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important;
}
p { margin-bottom: 2em !important; }
"""  # the values of WCAG 1.4.12
DOUBLED = "html { font-size: 200% !important; }"
# Wider than the window, or text that its own box hides. What is hidden on purpose (for screen readers) is 1 px small.
FAULTS = """
css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
  const faults = [], width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    const wide = [...document.querySelectorAll("main *, header *, footer *")].filter(
      element => element.getBoundingClientRect().right > width + 1 && !element.closest("svg svg, svg *")
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


@pytest.fixture
def narrow(visit):
    return visit(320)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "css", [pytest.param("", id="plain"), pytest.param(SPACED, id="spaced"), pytest.param(DOUBLED, id="doubled")]
)
def test_fits(narrow, css, language):
    """Half of the places in each language by turns; all of them in the proof below."""
    turn = list(LANGUAGES).index(language)
    assert faults_of(narrow, PLACES[turn::2], language, css) == {}


@pytest.mark.proof
@pytest.mark.parametrize("width", [320, 640, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "css", [pytest.param("", id="plain"), pytest.param(SPACED, id="spaced"), pytest.param(DOUBLED, id="doubled")]
)
def test_fits_everywhere(visit, css, language, width):
    assert faults_of(visit(width), PLACES, language, css) == {}


def faults_of(visitor, places, language, css):
    """By place."""
    found = {}
    for place in places:
        visitor.open(place, language)
        if faults := visitor.page.evaluate(FAULTS, css):
            found[place.name] = faults
    return found
