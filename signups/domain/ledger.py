"""The ledger of erasures: a file outside the database that remembers, across a restore, who asked to be erased.

A line is the SHA-256 of a random uuid, of a sign-up or of who misses a date: it names nobody and needs no key.
Erasing itself is in erasure.py.
"""

import hashlib
import os
import re
from pathlib import Path
from typing import BinaryIO, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from signups.models import ReplayedLedger

LINE: Final = re.compile(rb"^([0-9a-f]{64})$", re.MULTILINE)


class LedgerLostError(Exception):
    """The file is shorter than what this database has seen of it."""


def digest(uuid: UUID) -> str:
    """How the ledger names a sign-up."""
    return hashlib.sha256(uuid.bytes).hexdigest()


def is_replayed() -> bool:
    """Has this database carried out the whole ledger? No longer so after the restore of an older one.

    Nobody knows while the file cannot be read: then it has not.
    """
    try:
        return position() == _size()
    except OSError:
        return False


def position() -> int:
    """How far this database has carried it out, in bytes."""
    return ReplayedLedger.objects.values_list("position", flat=True).first() or 0


def append(uuid: UUID) -> None:
    """Put a line on the disk: the last act of the transaction that erases, which others wait for from here on.

    If that transaction fails after all, the file is ahead of the database, and a replay does what was asked.
    """
    record = _locked()
    before = _size()
    _write(digest(uuid))
    if record.position == before:  # otherwise a replay still has to do what stands before our line
        record.position = _size()
        record.save(update_fields=["position"])


@transaction.atomic
def whole() -> tuple[set[str], int]:
    """Every line, and how far it was read. Waits for who is writing; a line torn by a crash is none."""
    _locked()
    content = _content()
    return _lines(content), len(content)


def ahead() -> set[str]:
    """The lines that this database has not carried out yet. Raises LedgerLostError when the file has lost lines."""
    content, seen = _content(), position()
    if len(content) < seen:
        raise LedgerLostError
    return _lines(content[seen:])


@transaction.atomic
def replayed(end: int) -> None:
    """Note that everything up to here has been carried out."""
    _locked()
    ReplayedLedger.objects.update(position=end)


def _lines(content: bytes) -> set[str]:
    return {line.decode() for line in LINE.findall(content)}


def _locked() -> ReplayedLedger:
    return ReplayedLedger.objects.select_for_update().get_or_create(pk=1)[0]


def _path() -> Path:
    return Path(settings.ERASURE_LEDGER)


def _size() -> int:
    """No file is an empty one; a file that cannot be reached is not."""
    try:
        return _path().stat().st_size
    except FileNotFoundError:
        return 0


def _content() -> bytes:
    try:
        return _path().read_bytes()
    except FileNotFoundError:
        return b""


def _write(line: str) -> None:
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        file.write((b"\n" if _is_torn(file) else b"") + f"{line}\n".encode())
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path.parent)


def _is_torn(file: BinaryIO) -> bool:
    """Does it end in a line that a crash cut off? Ours must not become its second half."""
    if not file.seek(0, os.SEEK_END):
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"


def _sync_folder(folder: Path) -> None:
    """So that a file that was just made is still there after a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
