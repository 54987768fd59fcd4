"""The user under which the embedded servers run. PostgreSQL refuses root, so as root they get a user of their own."""

import os
import pwd
import stat
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from mkbdeal.embedded.addresses import EmbeddedError

USER: Final = "mkbdeal-embedded"


def server_account() -> pwd.struct_passwd | None:
    """The servers' own user when we are root, else None. Creates it the first time."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        return _create()


def _create() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent"]
    try:
        subprocess.run([*command, "--shell", "/usr/sbin/nologin", USER], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise EmbeddedError(
            f"PostgreSQL does not run as root and the user {USER} cannot be created; use an ordinary user."
        ) from error
    return pwd.getpwnam(USER)


def as_account(account: pwd.struct_passwd | None) -> dict[str, Any]:
    """The arguments with which subprocess starts a program under this account."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def own(path: Path, account: pwd.struct_passwd | None) -> None:
    """Give a file or folder to the account."""
    if account is not None:
        os.chown(path, account.pw_uid, account.pw_gid)


def require_open(account: pwd.struct_passwd | None, paths: Iterable[Path]) -> None:
    """Raises EmbeddedError where the account cannot reach a path. The mode of no folder is changed for it."""
    if account is None:
        return
    for path in paths:
        for folder in reversed(path.parents):
            if not folder.stat().st_mode & stat.S_IXOTH:
                raise EmbeddedError(
                    f"The servers run as the user {account.pw_name}, to whom {folder} is closed: "
                    f"put the project and PORTAL_DATA elsewhere, or run as an ordinary user."
                )
