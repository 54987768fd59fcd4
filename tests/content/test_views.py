"""Fixed pages and news: what they show, what they refuse, and how many queries they make."""

from datetime import date
from html import unescape

import pytest

from tests.factories.content import NewsArticleFactory, PageFactory

pytestmark = pytest.mark.django_db
ROWS = [1, 3, 30]
LANGUAGES = ["", "/en"]


def titles(response):
    return [item.title for item in response.context["items"]]


class TestPage:
    @pytest.mark.parametrize(
        "slug", ["contact", "privacy", "toegankelijkheid", "voor-scholen", "voor-ouders", "voor-bedrijven"]
    )
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_stands_at_its_slug_in_both_languages(self, client, slug, language):
        PageFactory(slug=slug, title="De titel")
        response = client.get(f"{language}/{slug}/")
        assert (response.status_code, response.context["page"].slug) == (200, slug)

    def test_a_draft_is_not_there(self, client):
        PageFactory(slug="contact", state="draft")
        assert client.get("/contact/").status_code == 404

    def test_dutch_text_on_an_english_page_is_marked(self, client):
        PageFactory(slug="contact", title="Stel je vraag", title_en="Ask us", body="<p>Bel ons.</p>")
        html = client.get("/en/contact/").content.decode()
        assert "<h1>Ask us</h1>" in html
        assert '<div class="prose" lang="nl"><p>Bel ons.</p></div>' in html

    def test_says_what_is_not_confirmed_and_when_it_changed(self, client):
        PageFactory(slug="contact", to_confirm=["body"], updated_on=date(2026, 11, 22))
        html = client.get("/contact/").content.decode()
        assert "nog bevestigen" in html
        assert '<time datetime="2026-11-22">zondag 22 november 2026</time>' in html

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_queries(self, client, django_assert_num_queries, language):
        PageFactory(slug="contact")
        with django_assert_num_queries(1):
            client.get(f"{language}/contact/")


class TestNews:
    def test_newest_first(self, client):
        NewsArticleFactory(title="Oud", dated_on=date(2020, 7, 2))
        NewsArticleFactory(title="Nieuw", dated_on=date(2021, 7, 2))
        NewsArticleFactory(title="Concept", state="draft")
        assert titles(client.get("/nieuws/")) == ["Nieuw", "Oud"]

    def test_twenty_to_a_page(self, client):
        for number in range(21):
            NewsArticleFactory(title=f"Bericht {number}", dated_on=date(2020, 7, 1 + number))
        assert titles(client.get("/nieuws/?pagina=2")) == ["Bericht 0"]

    @pytest.mark.parametrize("number", ["0", "-1", "1" + "0" * 30, "morgen", "9" * 3000, "2"])
    def test_a_page_that_does_not_exist_gives_the_list_and_a_sentence(self, client, number):
        NewsArticleFactory(title="Bericht")
        response = client.get("/nieuws/", {"pagina": number})
        html = unescape(response.content.decode())
        assert (response.status_code, titles(response)) == (200, ["Bericht"])
        assert response.context["page"].problem in html
        assert '<meta name="robots" content="noindex">' in html

    def test_without_news_it_offers_something_else(self, client):
        html = client.get("/nieuws/").content.decode()
        assert "Er is nog geen nieuws" in html
        assert 'href="/over-de-deal/"' in html

    @pytest.mark.parametrize("rows", ROWS)
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_queries(self, client, django_assert_num_queries, rows, language):
        NewsArticleFactory.create_batch(rows)
        with django_assert_num_queries(2):
            client.get(f"{language}/nieuws/")


class TestNewsArticle:
    def test_shows_the_item_and_three_others(self, client):
        NewsArticleFactory(slug="getekend", title="De MKB-deal is getekend", body="<p>Getekend.</p>")
        NewsArticleFactory.create_batch(4)
        response = client.get("/nieuws/getekend/")
        html = response.content.decode()
        assert html.count("<h1") == 1
        assert "<p>Getekend.</p>" in html
        assert len(response.context["others"]) == 3

    def test_structured_data(self, client):
        NewsArticleFactory(slug="getekend", title="</script><b>", summary="Kort & goed")
        html = client.get("/nieuws/getekend/").content.decode()
        assert '"headline": "\\u003c/script\\u003e\\u003cb\\u003e", "description": "Kort \\u0026 goed"' in html
        assert '"datePublished": "2020-07-02"' in html

    def test_unknown_is_404(self, client):
        assert client.get("/nieuws/bestaat-niet/").status_code == 404

    @pytest.mark.parametrize("rows", ROWS)
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_queries(self, client, django_assert_num_queries, rows, language):
        NewsArticleFactory(slug="getekend")
        NewsArticleFactory.create_batch(rows)
        with django_assert_num_queries(2):
            client.get(f"{language}/nieuws/getekend/")


@pytest.mark.parametrize("path", ["/contact/", "/nieuws/", "/nieuws/getekend/"])
class TestEveryPage:
    def rows(self):
        PageFactory(slug="contact")
        NewsArticleFactory(slug="getekend")

    def test_sets_no_cookie(self, client, path):
        self.rows()
        assert client.get(path).cookies == {}

    def test_refuses_post(self, client, path):
        self.rows()
        assert client.post(path).status_code == 405
