"""The hidden field that makes one form one sign-up: a random uuid and when its page was shown, signed. No database."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.core.signing import BadSignature, Signer

from signups.models import Kind

MINIMUM_FILL_TIME: Final = timedelta(seconds=3)  # quicker than anyone reads, let alone types


@dataclass(frozen=True)
class SubmitToken:
    """One showing of one form."""

    uuid: UUID
    shown_at: datetime

    def is_too_quick(self, now: datetime) -> bool:
        return now - self.shown_at < MINIMUM_FILL_TIME


def make(*, activity_id: int, kind: Kind, now: datetime) -> str:
    """For this form of this activity alone: on another page it is worthless."""
    milliseconds = int(now.timestamp() * 1000)
    return _signer(activity_id, kind).sign(f"{uuid4().hex}.{milliseconds}")


def read(text: str, *, activity_id: int, kind: Kind) -> SubmitToken | None:
    """None for anything that this page did not carry."""
    try:
        uuid, _dot, milliseconds = _signer(activity_id, kind).unsign(text).partition(".")
    except BadSignature:
        return None
    return SubmitToken(UUID(uuid), datetime.fromtimestamp(int(milliseconds) / 1000, UTC))


def _signer(activity_id: int, kind: Kind) -> Signer:
    return Signer(salt=f"signups.submit_token:{activity_id}:{kind.value}")
