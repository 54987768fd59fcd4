"""The template filters on content: escaping, cleaning, and marking Dutch on an English page."""

import pytest
from django.utils import translation

from content.models import Page
from content.templatetags import content_text
from content.templatetags.structured_data import json_ld


@pytest.fixture
def subject():
    return Page(title="Hout & staal", body='<p>Kom <strong onclick="x">maken</strong>.</p><script>x</script>')


def test_text_is_escaped(subject):
    with translation.override("nl"):
        assert content_text.text(subject, "title") == "Hout &amp; staal"


def test_a_fallback_is_marked_and_escaped(subject):
    with translation.override("en"):
        assert content_text.text(subject, "title") == '<span lang="nl">Hout &amp; staal</span>'


def test_english_is_not_marked(subject):
    subject.title_en = "Wood and steel"
    with translation.override("en"):
        assert content_text.text(subject, "title") == "Wood and steel"


def test_plain_text_has_no_markup(subject):
    with translation.override("en"):
        assert content_text.plain_text(subject, "title") == "Hout & staal"


def test_rich_text_is_cleaned_again(subject):
    with translation.override("nl"):
        assert content_text.rich_text(subject, "body") == '<div class="prose"><p>Kom <strong>maken</strong>.</p></div>'


def test_an_empty_rich_text_prints_nothing():
    with translation.override("nl"):
        assert content_text.rich_text(Page(), "body") == ""


def test_structured_data_cannot_leave_its_block():
    assert json_ld({"name": "</script><!--&"}) == (
        '<script type="application/ld+json">{"name": "\\u003c/script\\u003e\\u003c!--\\u0026"}</script>'
    )
