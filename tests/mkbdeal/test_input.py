"""What no person types is refused before any view; what persons type has one form."""

import pytest
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from mkbdeal.input import clean_input

SURROGATE = "%ED%A0%80"


def seen_by_view(request):
    """The request as a view gets it."""
    seen = []

    def view(request):
        seen.append(request)
        return HttpResponse()

    clean_input(view)(request)
    return seen[0]


@pytest.fixture
def rf():
    return RequestFactory()


@pytest.mark.parametrize("bad", ["%00", SURROGATE, "a%00b", f"a{SURROGATE}"])
@pytest.mark.parametrize("place", ["/{}/", "/?q={}", "/?{}=1"])
def test_address(rf, bad, place):
    with pytest.raises(BadRequest):
        seen_by_view(rf.get(place.format(bad)))


@pytest.mark.parametrize("bad", ["q=%00", f"q={SURROGATE}", "%00=q"])
def test_form(rf, bad):
    with pytest.raises(BadRequest):
        seen_by_view(rf.post("/", bad, content_type="application/x-www-form-urlencoded"))


@pytest.mark.parametrize("fields", [{"q": "\x00"}, {"q\x00": "q"}])
def test_multipart_form(rf, fields):
    with pytest.raises(BadRequest):
        seen_by_view(rf.post("/", fields))


def test_multipart_file_name_keeps_no_nul(rf):
    request = seen_by_view(rf.post("/", {"photo": SimpleUploadedFile("a.png", b"\x00\x01")}))
    assert request.FILES["photo"].read() == b"\x00\x01"


def test_cookie(rf):
    rf.cookies["sessionid"] = "abcdefgh\x00"
    with pytest.raises(BadRequest):
        seen_by_view(rf.get("/"))


def test_query_and_form_in_one_form(rf):
    request = seen_by_view(rf.post("/?q=cafe%CC%81", {"name": "Zoe\u0308"}))
    assert request.GET["q"] == "café"
    assert request.POST["name"] == "Zoë"


def test_ordinary_text_stays(rf):
    request = seen_by_view(rf.post("/?q=%F0%9F%94%A7&q=2", {"name": "Åse", "note": "x\ny"}))
    assert request.GET.getlist("q") == ["🔧", "2"]
    assert request.POST.dict() == {"name": "Åse", "note": "x\ny"}


def test_json_body_is_left_to_its_view(rf):
    request = seen_by_view(rf.post("/", '{"a": "\\u0000"}', content_type="application/json"))
    assert request.body == b'{"a": "\\u0000"}'


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/%00/", f"/{SURROGATE}/", "/?q=%00", f"/en/?q={SURROGATE}"])
def test_the_page_says_so(client, path):
    response = client.get(path)
    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/html")
