"""Keeps what the portal writes on the embedded default from the other accounts of the machine."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

OTHERS: Final = 0o077


def close_to_others(folders: Iterable[Path], *files: Path) -> None:
    """From now on this process and its children write for their owner alone; what was written before is tightened.

    A folder that is not there yet is made. Don't give those of the servers: as root they have another owner.
    """
    os.umask(OTHERS)
    for folder in folders:
        folder.mkdir(exist_ok=True)
        for path in (folder, *_below(folder)):
            _tighten(path)
    for path in files:
        _tighten(path)


def _below(folder: Path) -> Iterator[Path]:
    """Everything below it; what a link points to is not ours."""
    for root, folders, files in os.walk(folder):
        yield from (path for name in (*folders, *files) if not (path := Path(root) / name).is_symlink())


def _tighten(path: Path) -> None:
    with suppress(OSError):  # not there, or another owner's
        mode = path.stat().st_mode & 0o7777
        if mode & OTHERS:
            path.chmod(mode & ~OTHERS)
