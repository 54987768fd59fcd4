"""`serve` as real processes: it comes up, and however it ends it leaves nothing behind."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from mkbdeal import env
from mkbdeal.embedded.addresses import sockets
from tests.mkbdeal.processes import of_data_folder, wait_until


@pytest.fixture
def data():
    """A folder in which nothing was started yet."""
    folder = Path("/tmp") / f"mkbdeal serve {os.getpid()}"
    yield folder
    shutil.rmtree(sockets(folder), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def start(data, port):
    """Starts `serve`; whatever a failing test leaves is ended."""
    started = []

    def start():
        environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=env.BASE_DIR,
            env={**environment, "PORTAL_DATA": str(data), "PORT": str(port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
        process.communicate()


def status(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def read_until(process, text):
    lines = []
    for line in process.stdout:
        lines.append(line)
        if text in line:
            return lines
    raise AssertionError("".join(lines))


@pytest.mark.timeout(600)
def test_first_start_and_every_end(start, data, port):
    """In one folder: however it ended before, the next start must cope with it."""
    process = start()
    said = "".join(read_until(process, "Ctrl-C stops everything."))
    assert f"http://127.0.0.1:{port}/" in said
    assert "First administrator: beheer@localhost, password: " in said
    assert status(port, "/") == 200
    assert status(port, "/readyz") == 200
    assert wait_until(lambda: status(port, "/statusz") == 200, 90)

    second = start()
    assert f"Port {port} is in use by another serve" in second.communicate(timeout=60)[0]
    assert status(port, "/healthz") == 200

    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert of_data_folder(data) == []

    again = start()
    assert "First administrator" not in "".join(read_until(again, "Ctrl-C stops everything."))
    again.kill()
    again.communicate(timeout=60)
    assert wait_until(lambda: not of_data_folder(data))

    for number in (signal.SIGINT, signal.SIGHUP):
        interrupted = start()
        read_until(interrupted, "Ctrl-C stops everything.")
        interrupted.send_signal(number)
        interrupted.communicate(timeout=60)
        assert (interrupted.returncode, of_data_folder(data)) == (0, [])

    bereft = start()
    read_until(bereft, "Ctrl-C stops everything.")
    beat = [pid for pid in of_data_folder(data) if b"\0beat\0" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    os.kill(beat[0], signal.SIGKILL)
    assert "The beat has stopped, so everything was stopped." in bereft.communicate(timeout=60)[0]
    assert (bereft.returncode, of_data_folder(data)) == (1, [])
