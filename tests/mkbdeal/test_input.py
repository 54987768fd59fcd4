"""What no person types is refused before any view; what persons type has one form."""

import pytest
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import RequestFactory

from mkbdeal.input import MULTIPART, clean_input

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


class Unread:
    """A body that fails the test when somebody reads it."""

    def read(self, *_size):
        raise AssertionError("The body was read.")

    readline = read


@pytest.fixture
def answer():
    """The answer to a body of which only the headers have come in."""

    def answer(path, **headers):
        meta = {"REQUEST_METHOD": "POST", "PATH_INFO": path, "wsgi.input": Unread(), "CONTENT_TYPE": MULTIPART}
        request = WSGIRequest({**RequestFactory()._base_environ(), **meta, **headers})
        return clean_input(lambda request: HttpResponse())(request)

    return answer


@pytest.mark.parametrize(
    ("path", "length", "status"),
    [
        ("/hubs/", 1024**2 + 1, 413),
        ("/en/hubs/", 300 * 1024**2, 413),
        ("/beheerder/", 2 * 1024**2, 413),
        ("/beheer/", 16 * 1024**2 + 1, 413),
    ],
)
def test_too_large_a_body_is_not_read(answer, path, length, status):
    assert answer(path, CONTENT_LENGTH=str(length)).status_code == status


def test_photos_of_staff_fit(rf):
    photo = SimpleUploadedFile("a.png", b"x" * 3 * 1024**2)
    assert seen_by_view(rf.post("/beheer/hubs/hub/add/", {"photo": photo})).FILES["photo"].size == 3 * 1024**2


def test_a_body_must_say_how_large_it_is(answer):
    response = answer("/hubs/", HTTP_TRANSFER_ENCODING="chunked")
    assert response.status_code == 411


def test_a_length_is_a_number(answer):
    with pytest.raises(BadRequest):
        answer("/hubs/", CONTENT_LENGTH="-1")


FIELDS = "&".join(f"a{number}=1" for number in range(1001))


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("post", "/hubs/", FIELDS, 400),
        ("get", f"/hubs/?{FIELDS}", "", 400),
        ("post", "/account/login/", "a=" + "x" * 3 * 1024**2, 413),
    ],
)
def test_too_much_is_no_fault_of_ours(client, caplog, method, path, body, status):
    response = client.generic(method.upper(), path, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == status
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_the_refusal_is_in_the_language_of_the_address(client):
    too_large = str(2 * 1024**2)
    english = client.post("/en/hubs/", CONTENT_LENGTH=too_large)
    dutch = client.post("/hubs/", CONTENT_LENGTH=too_large)
    assert b'lang="en"' in english.content
    assert b'lang="nl"' in dutch.content
