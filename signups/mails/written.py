"""Mails that were written to files instead of sent, as on the embedded default. Read here for staff."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

SHOWN: Final = 50
KEPT: Final = timedelta(days=30)
NAME: Final = re.compile(r"\d{8}-\d{6}-\d+\.log")  # Django's backend names its files so


@dataclass(frozen=True)
class WrittenMail:
    """One file. `sent_at` is None where the header cannot be read."""

    name: str
    subject: str
    to: str
    sent_at: datetime | None
    text: str


def are_written() -> bool:
    """Do mails go to files?"""
    return str(settings.EMAIL_BACKEND).endswith("filebased.EmailBackend")


def newest() -> list[WrittenMail]:
    """The last ones, the newest first."""
    names = sorted((path.name for path in _folder().glob("*.log") if NAME.fullmatch(path.name)), reverse=True)
    return [mail for name in names[:SHOWN] if (mail := read(name))]


def read(name: str) -> WrittenMail | None:
    """None for a name that is no mail's."""
    path = _folder() / name
    if not NAME.fullmatch(name) or not path.is_file():
        return None
    mail = message_from_bytes(path.read_bytes(), policy=default)
    body = mail.get_body(("plain",))
    return WrittenMail(
        name=name,
        subject=str(mail["Subject"] or ""),
        to=str(mail["To"] or ""),
        sent_at=_moment(mail["Date"].datetime) if mail["Date"] else None,
        text=body.get_content() if body else "",
    )


def remove(uuids: set[UUID]) -> None:
    """Remove the mails of these outbox messages, where mails are files."""
    if not are_written() or not uuids:
        return
    marks = [f"Message-ID: <{uuid}@".encode() for uuid in uuids]
    for path in _folder().glob("*.log"):
        with suppress(FileNotFoundError):  # another removal was quicker; the rest is ours all the same
            content = path.read_bytes()
            if any(mark in content for mark in marks):
                path.unlink(missing_ok=True)


def forget_past_term(*, now: datetime) -> int:
    """Remove the mails that are old, also those about accounts and invitations; how many there were."""
    if not are_written():
        return 0
    removed = 0
    for path in _folder().glob("*.log"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < (now - KEPT).timestamp():
                path.unlink()
                removed += 1
    return removed


def _moment(written: datetime | None) -> datetime | None:
    """Django writes -0000, which means UTC without saying where it was written."""
    return written.replace(tzinfo=UTC) if written and written.tzinfo is None else written


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)
