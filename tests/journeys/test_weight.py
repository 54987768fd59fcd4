"""What a first visit costs on the wire (bar V9), as the proxy in front of the portal sends it: text compressed."""

import gzip

import pytest

MOST_BYTES, MOST_REQUESTS = 100_000, 12
COMPRESSED = ("text/", "application/json", "image/svg+xml", "application/javascript")


def on_the_wire(answer):
    """Bytes of body and headers; text that came uncompressed is counted as gzip makes it."""
    body = answer.body()
    if answer.headers.get("content-type", "").startswith(COMPRESSED):
        body = gzip.compress(body, 6)
    return len(body) + sum(len(name) + len(value) + 4 for name, value in answer.headers.items())


@pytest.mark.parametrize("path", ["/", "/programmas/", "/agenda/", "/leerlijn/"])
def test_first_view(visit, path, record_property):
    visitor = visit()
    answers = []
    visitor.page.on("response", lambda answer: answers.extend([answer]))  # Playwright cannot mark a built-in
    visitor.open(path)
    visitor.page.wait_for_load_state("networkidle")
    size = sum(on_the_wire(answer) for answer in answers)
    record_property("bytes", size)
    record_property("requests", len(answers))
    assert visitor.complaints() == []
    assert len(answers) <= MOST_REQUESTS
    assert size <= MOST_BYTES, sorted((on_the_wire(answer), answer.url) for answer in answers)
