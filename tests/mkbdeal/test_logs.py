"""What is logged: nothing that opens a visitor's sign-up."""

import logging
import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import LocalePrefixPattern, URLResolver, get_resolver
from django.utils.log import log_response

from content import tokens
from mkbdeal.logs import DiscreetFormatter


@pytest.fixture
def token():
    return tokens.make(tokens.Claim(tokens.Purpose.SIGN_UP, uuid4(), 1))


@pytest.fixture
def written(caplog):
    formatter = DiscreetFormatter("{levelname} {message}", style="{")
    return lambda: "\n".join(formatter.format(record) for record in caplog.records)


@pytest.mark.parametrize(
    "prefix",
    ["/aanmelding", "/en/aanmelding", "/agenda/wens", "/account/uitnodiging", "/account/wachtwoord/nieuw"],
)
def test_the_path_of_a_failed_request_without_its_token(token, written, prefix):
    path = f"{prefix}/{token}/"
    log_response(
        "%s: %s", "Service Unavailable", path, response=HttpResponse(status=503), request=RequestFactory().get(path)
    )
    assert f"Service Unavailable: {prefix}/…/" in written()
    assert token not in written()


def test_a_traceback_without_it(token, written):
    try:
        raise ValueError(f"cannot open /aanmelding/{token}?x=1")
    except ValueError:
        logging.getLogger("tests").exception("failed")
    assert "cannot open /aanmelding/…?x=1" in written()
    assert token not in written()


def test_it_is_what_the_portal_uses():
    assert settings.LOGGING["formatters"]["plain"]["()"] == "mkbdeal.logs.DiscreetFormatter"
    assert {handler.get("formatter", "plain") for handler in settings.LOGGING["handlers"].values()} == {"plain"}


def test_every_route_with_a_token_is_known():
    """A new one has to be added to the formatter."""
    routes = [route for route in _routes(get_resolver().url_patterns, "") if "token>" in route or "<key>" in route]
    assert len(routes) >= 4
    for route in routes:
        path = "/" + re.sub(r"\(\?P<\w+>[^)]*\)|<[^>]+>", "GEHEIM", route.replace("^", ""))
        record = logging.LogRecord("tests", logging.ERROR, "", 0, path, None, None)
        assert "GEHEIM" not in DiscreetFormatter("%(message)s").format(record), route


def _routes(found, prefix):
    for part in found:
        if isinstance(part, URLResolver):
            below = "" if isinstance(part.pattern, LocalePrefixPattern) else str(part.pattern)
            yield from _routes(part.url_patterns, prefix + below)
        else:
            yield prefix + str(part.pattern)
