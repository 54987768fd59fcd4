"""What a first visit costs on the wire (bar V9), as the portal itself sends it."""

import pytest

MOST_BYTES, MOST_REQUESTS = 100_000, 12


@pytest.mark.parametrize("path", ["/", "/programmas/", "/agenda/", "/leerlijn/"])
def test_first_view(visit, path):
    visitor = visit()
    visitor.open(path)
    visitor.page.wait_for_load_state("networkidle")
    sizes = {request.url: request.sizes() for request in visitor.requests}
    weights = {url: size["responseHeadersSize"] + size["responseBodySize"] for url, size in sizes.items()}
    assert visitor.complaints() == []
    assert len(weights) <= MOST_REQUESTS
    assert sum(weights.values()) <= MOST_BYTES, weights
