"""Rich text is stored clean, whichever path it came by."""

import pytest

from content.models import NewsArticle, Page
from content.richtext import clean_html
from tests.factories.content import NewsArticleFactory, PageFactory

HOSTILE = [
    ("<p>Hallo</p><script>alert(1)</script>", "<p>Hallo</p>"),
    ('<p onclick="x()">Hallo<img src=x onerror=alert(1)></p>', "<p>Hallo</p>"),
    ('<p style="color:red">Hallo</p><style>p{display:none}</style>', "<p>Hallo</p>"),
    ('<p><a href="javascript:alert(1)">klik</a></p>', "<p><a>klik</a></p>"),
    (
        '<p class="MsoNormal"><o:p></o:p><span style="mso-x:1">Uit Word</span><!--[if gte mso 9]>x<![endif]--></p>',
        "<p>Uit Word</p>",
    ),
    ('<iframe src="https://example.org"></iframe><p>Hallo</p>', "<p>Hallo</p>"),
]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("dirty", "clean"), HOSTILE)
def test_save(dirty, clean):
    page = PageFactory(body=dirty, body_en=dirty)
    page.refresh_from_db()
    assert (page.body, page.body_en) == (clean, clean)


@pytest.mark.parametrize(("dirty", "clean"), HOSTILE)
def test_update(dirty, clean):
    page = PageFactory()
    Page.objects.update(body=dirty)
    page.refresh_from_db()
    assert page.body == clean


@pytest.mark.parametrize(("dirty", "clean"), HOSTILE)
def test_bulk_create_and_bulk_update(dirty, clean):
    [page] = Page.objects.bulk_create([PageFactory.build(body=dirty)])
    page.refresh_from_db()
    assert page.body == clean
    page.body = dirty
    Page.objects.bulk_update([page], ["body"])
    page.refresh_from_db()
    assert page.body == clean


def test_update_or_create():
    article = NewsArticleFactory()
    NewsArticle.objects.update_or_create(slug=article.slug, defaults={"body": HOSTILE[0][0]})
    article.refresh_from_db()
    assert article.body == "<p>Hallo</p>"


def test_what_staff_may_format_stays():
    html = "<h2>Kop</h2><p><strong>Vet</strong> en <em>schuin</em><br>regel</p><ul><li><p>een</p></li></ul>"
    assert clean_html(html) == html
    assert 'href="https://example.org"' in str(clean_html('<p><a href="https://example.org">x</a></p>'))
    assert 'href="mailto:a@b.nl"' in str(clean_html('<p><a href="mailto:a@b.nl">x</a></p>'))
    assert clean_html(None) is None
    assert clean_html("<p></p>") == ""
