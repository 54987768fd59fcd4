"""What an address does not take is answered with a page that says so."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    """Checks CSRF, as in production."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("path", ["/", "/hubs/", "/en/agenda/", "/privacy/", "/healthz", "/sitemap.xml"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_a_page_for_reading(browser, method, path):
    response = getattr(browser, method)(path)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert b"<h1" in response.content


def test_the_page_speaks_the_language_of_its_address(browser):
    assert "alleen bekijken" in browser.post("/hubs/").content.decode()
    assert b'lang="en"' in browser.post("/en/hubs/").content


@pytest.mark.parametrize("path", ["/aanmelding/", "/account/login/"])
def test_a_page_with_a_form_still_wants_its_proof(browser, path):
    assert browser.post(path).status_code == 403


def test_a_page_with_a_form_takes_nothing_else(browser):
    assert browser.put("/aanmelding/").status_code == 405


def test_an_address_that_is_not_there_stays_404(browser):
    assert browser.post("/bestaat-niet/").status_code == 404
