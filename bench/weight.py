"""V9: what a first visit costs on the wire, as a real browser counts it."""

import shutil
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Request, sync_playwright

from bench.ground import Ground
from bench.table import Line, run
from bench.web import serving

PATHS: Final = {"home": "/", "programmes": "/programmas/", "agenda": "/agenda/", "pathway": "/leerlijn/"}
MOST_BYTES, MOST_REQUESTS = 100_000, 12


def measure(ground: Ground) -> Iterator[Line]:
    """With an empty cache each time, headers included."""
    program = shutil.which("chromium")
    if program is None:
        yield Line("V9", "first view", "not measured: chromium is missing", "≤ 100 kB, ≤ 12 requests", kept=False)
        return
    ground.fill()
    with serving(ground) as portal, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for page, path in PATHS.items():
            yield _first_view(browser, page, f"http://127.0.0.1:{portal.port}{path}")
        browser.close()


def _first_view(browser: Browser, page: str, url: str) -> Line:
    requests: list[Request] = []
    context = browser.new_context()
    tab = context.new_page()
    tab.on("requestfinished", lambda request: requests.append(request))  # noqa: PLW0108 - playwright marks the handler
    tab.goto(url, wait_until="networkidle")
    sizes = [request.sizes() for request in requests]
    weight = sum(size["responseHeadersSize"] + size["responseBodySize"] for size in sizes)
    foreign = sum(urlsplit(request.url).netloc != urlsplit(url).netloc for request in requests)
    context.close()
    kept = weight <= MOST_BYTES and len(requests) <= MOST_REQUESTS and not foreign
    figure = f"{weight / 1000:.0f} kB, {len(requests)} requests, {foreign} of third parties"
    return Line("V9", f"first view of {page}", figure, "≤ 100 kB, ≤ 12, 0", kept)


if __name__ == "__main__":
    run(measure)
