"""Refuses input that no person types, before any view sees it, and gives text one form (Unicode NFC)."""

import re
from collections.abc import Callable, Iterable
from typing import Final, TypeVar, cast
from unicodedata import is_normalized, normalize
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, UnreadablePostError

from mkbdeal import errors

# NUL, which PostgreSQL cannot store, and the bytes of a lone surrogate, which is no character.
REFUSED: Final = re.compile(rb"\x00|\xed[\xa0-\xbf]")
FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
# What a body may hold, in bytes: visitors type, staff upload photos.
MOST: Final = 1024**2
MOST_IN_BACK_OFFICE: Final = 16 * 1024**2
BACK_OFFICE: Final = "/beheer/"

Query = TypeVar("Query", bound=QueryDict)


def clean_input(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Middleware. NUL or a lone surrogate in path, query, cookie or form: 400. Query and form: in NFC.

    Before a byte of the body is read: 413 when it says to be too large, 411 when it does not say how large it is.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        refusal = _refused_body(request)
        if refusal is None:
            refusal = _cleaned(request)
        return get_response(request) if refusal is None else refusal

    return middleware


def _refused_body(request: HttpRequest) -> HttpResponse | None:
    if "HTTP_TRANSFER_ENCODING" in request.META:
        return errors.length_required(request)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal():
        raise BadRequest("Content-Length is no number")
    most = MOST_IN_BACK_OFFICE if request.path_info.startswith(BACK_OFFICE) else MOST
    return errors.too_large(request) if int(length) > most else None


def _cleaned(request: HttpRequest) -> HttpResponse | None:
    """Django logs what it finds too much as a fault of ours, with a traceback; it is a refusal like the others."""
    try:
        _refuse_address(request)
        _refuse_form(request)
        request.GET = _normalized(request.GET)
        if request.content_type in {FORM, MULTIPART}:
            request.POST = _normalized(request.POST)
    except RequestDataTooBig:
        return errors.too_large(request)
    except (TooManyFieldsSent, TooManyFilesSent, UnreadablePostError) as error:
        return errors.bad_request(request, error)
    return None


def _refuse_address(request: HttpRequest) -> None:
    # Django's reading of a query replaces what we look for; that of a path leaves broken bytes percent-encoded.
    _refuse(unquote_to_bytes(request.path_info), unquote_to_bytes(request.META.get("QUERY_STRING", "")))
    _refuse(*_encoded(request.COOKIES.keys()), *_encoded(request.COOKIES.values()))


def _refuse_form(request: HttpRequest) -> None:
    if request.content_type == FORM:
        _refuse(unquote_to_bytes(request.body))
    elif request.content_type == MULTIPART:
        _refuse(*_encoded(text for name, values in request.POST.lists() for text in (name, *values)))
        files = [(name, file) for name, many in request.FILES.lists() for file in many]
        _refuse(*_encoded(text for name, file in files for text in (name, file.name, file.content_type)))


def _encoded(texts: Iterable[str | None]) -> Iterable[bytes]:
    return ((text or "").encode("utf-8", "surrogatepass") for text in texts)


def _refuse(*values: bytes) -> None:
    if any(REFUSED.search(value) for value in values):
        raise BadRequest("NUL or lone surrogate")


def _normalized(query: Query) -> Query:
    if all(is_normalized("NFC", text) for name, values in query.lists() for text in (name, *values)):
        return query
    result = QueryDict(mutable=True, encoding=query.encoding)
    for name, values in query.lists():
        for value in values:
            result.appendlist(normalize("NFC", name), normalize("NFC", value))
    result._mutable = False
    return cast("Query", result)
