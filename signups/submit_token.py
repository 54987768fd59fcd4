"""The hidden field that makes one form one row: a random uuid and when its page was shown, signed. No database."""

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


def form_name(activity_id: int, kind: Kind) -> str:
    """Of the sign-up form of an activity for persons or for classes."""
    return f"{activity_id}:{kind.value}"


def make(form: str, *, now: datetime) -> str:
    """For the form of this name alone: on another page it is worthless."""
    milliseconds = int(now.timestamp() * 1000)
    return _signer(form).sign(f"{uuid4().hex}.{milliseconds}")


def read(form: str, text: str) -> SubmitToken | None:
    """None for anything that the form of this name did not carry."""
    try:
        uuid, _dot, milliseconds = _signer(form).unsign(text).partition(".")
    except BadSignature:
        return None
    return SubmitToken(UUID(uuid), datetime.fromtimestamp(int(milliseconds) / 1000, UTC))


def _signer(form: str) -> Signer:
    return Signer(salt=f"signups.submit_token:{form}")
