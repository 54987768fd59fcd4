"""What is logged: nothing that opens a visitor's sign-up."""

import logging
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
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


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_path_of_a_failed_request_without_its_token(token, written, prefix):
    path = f"{prefix}/aanmelding/{token}/"
    log_response(
        "%s: %s", "Service Unavailable", path, response=HttpResponse(status=503), request=RequestFactory().get(path)
    )
    assert f"Service Unavailable: {prefix}/aanmelding/…/" in written()
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
