"""What a page does wrong as it stands in a window of the browser. No test lives here."""

import pytest
from axe_playwright_python.sync_playwright import Axe

NOTE_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(
  `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""
OVER_THE_EDGE = """() => document.documentElement.scrollWidth <= innerWidth ? []
  : ["wider than the window", ...[...document.querySelectorAll("main *")]
      .filter((element) => element.getBoundingClientRect().right > innerWidth)
      .map((element) => element.outerHTML.slice(0, 90))]
"""
# Everything that axe knows of WCAG A and AA up to 2.2, and best practice; target-size is off unless asked for.
RULES = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations", "incomplete"]}
axe = Axe()


def note_violations(page):
    """From the next page on, each keeps what its policy refused; `violations` reads it."""
    page.add_init_script(NOTE_VIOLATIONS)


def violations(page):
    """What the policy refused on this page; waits until all of the page is there."""
    page.wait_for_load_state()  # a press leads on, and the new page has no body yet
    return page.evaluate("window.violations")


def by_axe(page):
    """All that axe says of this page, once all of it is there."""
    page.wait_for_load_state()
    return axe.run(page, options=RULES).response


def faults(page):
    """What the policy refused, what hangs over the edge, what bars a reader."""
    refused = violations(page)  # first: axe itself writes into the page
    found = by_axe(page)["violations"]
    barred = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]
    return refused + page.evaluate(OVER_THE_EDGE) + barred


def faults_at_both_ends(page):
    """The same at 320 px in the dark and at 1280 px in the light; at 375 px, a common phone, whether all fits."""
    page.set_viewport_size({"width": 375, "height": 800})
    page.wait_for_load_state()
    found = page.evaluate(OVER_THE_EDGE)
    for width, scheme in ((320, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found += [(width, scheme, fault) for fault in faults(page)]
    return found


def looks(narrow, wide):
    """Width, scheme and which pages: two looks that share the pages, and for the proof every look of every page."""
    every = [(width, scheme, slice(None)) for width in (narrow, wide) for scheme in ("light", "dark")]
    shared = [(narrow, "dark", slice(0, None, 2)), (wide, "light", slice(1, None, 2))]
    return [*shared, *(pytest.param(*look, marks=pytest.mark.proof("X1")) for look in every)]
