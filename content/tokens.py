"""Links in mails: a token names a purpose, a row's uuid and its token version, signed with a key of its own.

Expiry and revocation live on the row: raising its token version makes every older link worthless. Never log a token.
"""

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Final
from uuid import UUID

from django.conf import settings

_BODY: Final = struct.Struct(">B16sH")
_SIGNATURE_BYTES: Final = 20


class Purpose(IntEnum):
    """What a link is for; the numbers are in mails that were sent, so they never change."""

    SIGN_UP = 1
    DATE_INTEREST = 2
    INVITATION = 3
    PREVIEW = 4


@dataclass(frozen=True)
class Claim:
    """What a genuine token says. Whether it still holds is for the row to say."""

    purpose: Purpose
    uuid: UUID
    version: int


def make(claim: Claim) -> str:
    """52 characters that fit in an address."""
    body = _BODY.pack(claim.purpose, claim.uuid.bytes, claim.version)
    return base64.urlsafe_b64encode(body + _sign(body, settings.LINK_KEY)).rstrip(b"=").decode()


def read(token: str) -> Claim | None:
    """None for anything that was not made with our key, or with the older one while keys change."""
    try:
        raw = base64.b64decode(token.encode() + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    body, signature = raw[: _BODY.size], raw[_BODY.size :]
    if len(signature) != _SIGNATURE_BYTES or not _is_genuine(body, signature):
        return None
    purpose, uuid, version = _BODY.unpack(body)
    return Claim(Purpose(purpose), UUID(bytes=uuid), version) if purpose in set(Purpose) else None


def _is_genuine(body: bytes, signature: bytes) -> bool:
    keys = filter(None, [settings.LINK_KEY, settings.LINK_KEY_OLD])
    return any(hmac.compare_digest(_sign(body, key), signature) for key in keys)


def _sign(body: bytes, key: str) -> bytes:
    return hmac.new(b"link:" + key.encode(), body, hashlib.sha256).digest()[:_SIGNATURE_BYTES]
