"""Child processes that do not outlive their parent, even when it is killed. Linux only."""

import ctypes
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Final

PR_SET_PDEATHSIG: Final = 1
_libc = ctypes.CDLL(None, use_errno=True)


def dies_with_parent(death: signal.Signals) -> Callable[[], None]:
    """A preexec_fn: the kernel sends the child this signal as soon as the thread that started it is gone.

    Must be set after a change of user, which clears it; subprocess calls preexec_fn last, so it is.
    """
    parent = os.getpid()

    def arrange() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, int(death))
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return arrange


def is_running_program(pid: int, program: Path) -> bool:
    """Is this process alive and an instance of the program? A process number alone may belong to another by now."""
    try:
        return (Path("/proc") / str(pid) / "exe").readlink().name.split(" ")[0] == program.name
    except OSError:
        return False
