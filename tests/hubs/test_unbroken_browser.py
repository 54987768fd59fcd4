"""Dates and words that stay on one line in a real browser, in the widest font of the stack and without its hyphens."""

import pytest

from tests.factories.hubs import ActivityFactory, HubFactory, ThemeFactory
from tests.factories.partners import OfficeUserFactory
from tests.logging_in import log_in

pytestmark = pytest.mark.django_db(transaction=True)
BROKEN = """() => {
  const found = [], texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) for (const word of text.data.matchAll(/\\S+/g)) {
    const range = document.createRange();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    const tops = [...range.getClientRects()].filter(box => box.width > 1).map(box => Math.round(box.top));
    if (new Set(tops).size > 1) found.push(word[0]);
  }
  return found;
}"""


@pytest.mark.parametrize("width", [320, 375, 600, 1280])
def test_nothing_is_broken_inside_a_word_or_a_time(live_server, page, width):
    hub = HubFactory(name="Technohub")
    hub.themes.add(ThemeFactory(name="Installatie en elektrotechniek"), ThemeFactory(name="Metaal"))
    ActivityFactory(programme__hub=hub, programme__title="Lassen")
    log_in(page, live_server.url, OfficeUserFactory())
    page.set_viewport_size({"width": width, "height": 740})
    for path in ("/agenda/", hub.get_absolute_url(), "/beheer/hubs/activity/"):
        page.goto(live_server.url + path)
        assert page.evaluate(BROKEN) == [], path
