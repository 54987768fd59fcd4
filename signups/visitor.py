"""What a visitor's browser carries: proof of having opened one's own link, and what was just posted. Signed cookies."""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from signups.domain.application import Application
from signups.models import DateInterest, Kind, SignUp

Own = SignUp | DateInterest

# What has a link of its own: the name of its cookie and the page that the cookie is for.
OWN: Final[dict[type, tuple[str, str]]] = {SignUp: ("sign_up", "own_page"), DateInterest: ("date_wish", "own_wish")}
OWN_AGE: Final = timedelta(hours=20)
POSTED: Final = "posted"
WISH: Final = "wish"
POSTED_AGE: Final = timedelta(hours=1)
MOST_BYTES: Final = 3500


def remember_own(response: HttpResponse, entry: Own) -> None:
    """This browser opened the link of this row. Sent back with its own pages only, so two never mix."""
    name, page = OWN[type(entry)]
    _set(response, name, str(entry.token_version), _own_salt(name, entry.uuid), OWN_AGE, page, entry.uuid)


def may_open(request: HttpRequest, entry: Own) -> bool:
    """Did this browser open this row's link, and does that link still hold?"""
    name, _page = OWN[type(entry)]
    return _get(request, name, _own_salt(name, entry.uuid), OWN_AGE) == str(entry.token_version)


def remember_wish(response: HttpResponse, email: str) -> None:
    """Where the mail goes that asks for proof, or nowhere; for the page that answers the form."""
    _set(response, WISH, _packed(email), WISH, POSTED_AGE, "date_wish_received")


def wish(request: HttpRequest) -> str | None:
    """None in every other browser."""
    text = _get(request, WISH, WISH, POSTED_AGE)
    return str(json.loads(zlib.decompress(urlsafe_b64decode(text)))) if text else None


def forget_wish(response: HttpResponse) -> None:
    """Whoever is erased leaves no address in this browser either."""
    for code, path in _paths("date_wish_received"):
        response.delete_cookie(f"{WISH}_{code}", path=path, samesite="Lax")


@dataclass(frozen=True)
class Posted:
    """What this browser just sent in, for the page that answers it. The same after a double as after a new sign-up.

    With its token `fields_digest` names the row that it made: one form can be posted again with other answers. So does
    `made`, also once that row is emptied; after a double it is random, so that nobody can tell. `until` is the moment
    by which the mail is to be answered where that was sooner than usual, as it was told at the form.
    """

    application: Application
    state: str
    fields_digest: str
    made: UUID
    until: datetime | None = None
    is_corrected: bool = False


def remember_posted(response: HttpResponse, activity_id: int, posted: Posted) -> None:
    """Sent back with the sign-up pages of this activity only."""
    text = _packed(asdict(posted))
    if len(text) > MOST_BYTES:  # browsers drop larger cookies without a word; a remark is what can be that long
        without = replace(posted.application, remarks="")
        text = _packed(asdict(replace(posted, application=without)))
    _set(response, POSTED, text, _posted_salt(activity_id), POSTED_AGE, "sign_up", activity_id)


def posted(request: HttpRequest, activity_id: int) -> Posted | None:
    """None in every other browser, and for a cookie of a release that had other fields."""
    text = _get(request, POSTED, _posted_salt(activity_id), POSTED_AGE)
    if not text:
        return None
    try:
        kept = json.loads(zlib.decompress(urlsafe_b64decode(text)))
        fields = kept.pop("application")
        fields |= {"kind": Kind(fields["kind"]), "submit_token": UUID(fields["submit_token"])}
        until = datetime.fromisoformat(kept["until"]) if kept["until"] else None
        return Posted(Application(**fields), **kept | {"made": UUID(kept["made"]), "until": until})
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def forget_posted(response: HttpResponse, activity_id: int) -> None:
    """Whoever is erased leaves nothing typed in this browser either."""
    for code, path in _paths("sign_up", activity_id):
        response.delete_cookie(f"{POSTED}_{code}", path=path, samesite="Lax")


def _packed(thing: Any) -> str:
    written = json.dumps(thing, default=str, ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(zlib.compress(written.encode())).decode()


def _own_salt(name: str, uuid: UUID) -> str:
    return f"signups.own:{name}:{uuid}"


def _posted_salt(activity_id: int) -> str:
    return f"signups.posted:{activity_id}"


def _set(response: HttpResponse, name: str, value: str, salt: str, age: timedelta, page: str, *key: Any) -> None:
    """Once for the page in each language: their paths share nothing but the root."""
    for code, path in _paths(page, *key):
        response.set_signed_cookie(
            f"{name}_{code}",
            value,
            salt=salt,
            max_age=age,
            path=path,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def _paths(page: str, *key: Any) -> Iterator[tuple[str, str]]:
    for code, _label in settings.LANGUAGES:
        with translation.override(code):
            yield code, reverse(page, args=key)


def _get(request: HttpRequest, name: str, salt: str, age: timedelta) -> str:
    for code, _label in settings.LANGUAGES:
        if value := request.get_signed_cookie(f"{name}_{code}", default="", salt=salt, max_age=age):
            return value
    return ""
