"""Error pages help and never fail themselves."""

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from django.utils.translation import get_language, override

from mkbdeal import errors
from tests.factories.content import NewsArticleFactory
from tests.factories.hubs import HubFactory, ProgrammeFactory
from tests.factories.partners import PartnerFactory


@pytest.fixture
def request_for():
    return RequestFactory().get


@pytest.mark.django_db
class TestNotFound:
    def test_offers_pages_with_a_similar_address(self, client):
        ProgrammeFactory(slug="lassen-voor-beginners", title="Lassen voor beginners")
        ProgrammeFactory(slug="lassen-voor-gevorderden", title="Lassen (concept)", state="draft")
        response = client.get("/programmas/lasen-voor-begginners/")
        assert response.status_code == 404
        assert response.context["choices"] == [
            ("Lassen voor beginners", "programma", "/programmas/lassen-voor-beginners/")
        ]

    def test_a_part_of_the_address_is_enough(self, client):
        ProgrammeFactory(slug="roboticaclub-mijdrecht", title="Roboticaclub")
        choices = client.get("/programmas/robot/").context["choices"]
        assert choices == [("Roboticaclub", "programma", "/programmas/roboticaclub-mijdrecht/")]

    def test_searches_every_kind_of_page(self, client):
        HubFactory(slug="technohub-woerden", name="Technohub", town="Woerden")
        PartnerFactory(slug="technohub", name="TechnoHUB")
        NewsArticleFactory(slug="technohub-open", title="De Technohub is open")
        choices = {(label, what) for label, what, _url in client.get("/technohub/").context["choices"]}
        assert choices == {("Technohub Woerden", "hub"), ("TechnoHUB", "partner"), ("De Technohub is open", "nieuws")}

    @pytest.mark.parametrize(
        "path", ["/x/", "/" + "a" * 3000 + "/", "/%F0%9F%94%A7%F0%9F%94%A7%F0%9F%94%A7/", "/en/nope/"]
    )
    def test_any_address_gets_an_answer(self, client, path):
        assert client.get(path).status_code == 404

    def test_an_address_with_two_slashes_links_to_nobody(self, client):
        response = client.get("/", PATH_INFO="//evil.example/hubs/")
        assert response.status_code == 404
        assert b'href="//' not in response.content

    def test_at_most_four_queries(self, client, django_assert_num_queries):
        PartnerFactory.create_batch(30, kind="company")
        with django_assert_num_queries(4):
            client.get("/voorbeeldbedrijf/")


@pytest.mark.parametrize(("path", "spoken"), [("/", "nl"), ("/en/", "en")])
@pytest.mark.parametrize("before", ["nl", "en"])
def test_an_error_speaks_the_language_of_its_address(request_for, path, spoken, before):
    """A thread keeps the language of the visitor before; an early refusal must not, nor change it for who follows."""
    pages = (errors.bad_request, errors.forbidden, errors.server_error, errors.unavailable, errors.too_large)
    with override(before):
        answers = [page(request_for(path)).content.decode() for page in pages]
        assert get_language() == before
    assert all(f'<html lang="{spoken}"' in html for html in answers)


def test_a_server_error_is_500(request_for):
    try:
        raise ValueError
    except ValueError:
        response = errors.server_error(request_for("/"))
    assert (response.status_code, "Retry-After" in response) == (500, False)


def test_a_database_that_is_away_is_503_with_a_time_to_come_back(request_for):
    try:
        raise OperationalError
    except OperationalError:
        response = errors.server_error(request_for("/"))
    assert (response.status_code, response["Retry-After"]) == (503, "10")


def test_400_and_403_have_a_page_of_their_own(request_for):
    assert errors.bad_request(request_for("/")).status_code == 400
    assert errors.forbidden(request_for("/")).status_code == 403
