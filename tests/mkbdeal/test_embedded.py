"""The embedded servers as real processes: shared, stopped by their last user, started again after any crash."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from mkbdeal import embedded, env
from mkbdeal.embedded.addresses import sockets
from tests.mkbdeal.processes import of_data_folder, wait_until

BOTH = {"postgres", "valkey"}


@pytest.fixture
def data(tmp_path_factory):
    """A data folder with a space in its path, below a folder that the servers' user may pass."""
    parent = Path("/tmp") / f"mkbdeal tests {os.getpid()}"
    parent.mkdir(mode=0o755)
    yield parent / "data"
    shutil.rmtree(sockets(parent / "data"), ignore_errors=True)
    shutil.rmtree(parent)


def ask(data, statement):
    connection = psycopg2.connect(host=str(sockets(data)), user="mkbdeal", dbname="mkbdeal")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def use(data):
    return embedded.running(data, BOTH, durable=False, say=False)


def other_user(data):
    """Another process that uses the servers until its stdin is closed."""
    program = (
        "import sys; from pathlib import Path; from mkbdeal import embedded\n"
        f"with embedded.running(Path({str(data)!r}), {BOTH!r}, durable=False, say=False):\n"
        "    print('using', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], cwd=env.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "using\n"
    return process


def test_started_stopped_and_kept(data):
    with use(data):
        ask(data, "CREATE TABLE kept AS SELECT 1 AS one")
    assert wait_until(lambda: not of_data_folder(data))  # the keeper ends them; the last user does not wait for it
    with use(data):
        assert ask(data, "SELECT one FROM kept") == 1
        assert ask(data, "SELECT lower('É')") == "é"


def test_the_last_user_stops_them(data):
    with use(data):
        other = other_user(data)
    assert ask(data, "SELECT 1") == 1
    other.communicate()
    assert wait_until(lambda: not of_data_folder(data))  # the keeper ends them; the last user does not wait for it


def test_a_killed_user_leaves_nothing(data):
    other = other_user(data)
    other.kill()
    other.communicate()
    assert wait_until(lambda: not of_data_folder(data))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_keeper_takes_the_servers_along(data, number):
    with use(data):
        os.kill(int((data / "run" / "keeper.lock").read_text()), number)
        assert wait_until(lambda: not embedded.is_kept(data))
    assert wait_until(lambda: not of_data_folder(data))


def test_starts_after_a_crash_though_the_old_number_lives_on(data):
    """A container starts counting from one again, so the number in the stale mark is soon somebody else's."""
    with use(data):
        pass
    (data / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{data}/postgres\n")
    with use(data):
        assert ask(data, "SELECT 1") == 1


def test_broken_folder_is_said_in_one_sentence(data):
    (data / "postgres").mkdir(parents=True)
    data.chmod(0o711)
    (data / "postgres" / "letter.txt").write_text("not a database")
    with pytest.raises(embedded.EmbeddedError, match="is no database"), use(data):
        pass
    assert (data / "postgres" / "letter.txt").exists()


def test_damaged_database_is_said_in_one_sentence(data):
    with use(data):
        pass
    (data / "postgres" / "global" / "pg_control").write_bytes(b"")
    with pytest.raises(embedded.EmbeddedError, match=r"postgres does not start .* its log is"), use(data):
        pass
    assert wait_until(lambda: not of_data_folder(data))


def test_foreign_socket_folder_is_refused(data):
    link = sockets(data)
    link.symlink_to("/tmp", target_is_directory=True)
    try:
        with pytest.raises(embedded.EmbeddedError, match="belongs to someone else"), use(data):
            pass
    finally:
        link.unlink()


def test_unwritable_folder_is_said_in_one_sentence(data):
    data.parent.rmdir()
    data.parent.write_text("a file where the folder should be")
    try:
        with pytest.raises(embedded.EmbeddedError, match="cannot be written"), use(data):
            pass
    finally:
        data.parent.unlink()
        data.parent.mkdir()


def test_nothing_to_do_without_servers(data):
    with embedded.running(data, set()):
        assert not data.exists()
