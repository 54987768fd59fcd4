"""One portal, one browser and one crawl for all journeys together."""

import pytest

from tests.journeys.browsing import Visitor
from tests.journeys.portal import running_portal
from tests.journeys.reading import crawl


@pytest.fixture(scope="session")
def portal(servers, _built):
    """The running portal."""
    with running_portal(servers) as portal:
        yield portal


@pytest.fixture(scope="session")
def crawled(portal):
    """Everything that a visitor can reach from the two home pages."""
    return crawl(portal.origin, ["/", "/en/"])


@pytest.fixture
def visit(portal, new_context):
    """`visit(width=320, scheme="dark")` opens a window; further arguments go to Playwright's context."""

    def open_window(width=1280, scheme="light", **options):
        height = 640 if width < 600 else 800
        context = new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **options)
        return Visitor(portal, context.new_page())

    return open_window
