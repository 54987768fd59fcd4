"""Real worker and beat on the tests' own database, with a broker of their own that a test may stop or freeze."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from mkbdeal.embedded import addresses, valkey
from mkbdeal.launch.children import TASKS, commands
from tests.mkbdeal.processes import wait_until

SLOTS = TASKS


class Background:
    """The processes by name: broker, worker, beat. Each has a session of its own, so that its group can be killed."""

    def __init__(self, folder, mail_url):
        self._socket = folder / "broker.sock"
        database = quote(connection.settings_dict["NAME"])
        base = addresses.database_url(Path(os.environ["PORTAL_DATA"]))
        self.environment = {
            **os.environ,
            "DATABASE_URL": base.replace(f"/{addresses.NAME}?", f"/{database}?", 1),
            "REDIS_URL": f"unix://{self._socket}?db=0",
            "EMAIL_URL": mail_url,
            "SITE_URL": settings.SITE_URL.geturl(),
            "ERASURE_LEDGER": str(folder / "erasures"),  # that of the journeys would close the gate of this database
            "PYTHONWARNINGS": "ignore",
        }
        self._processes = {}

    def start(self, *names):
        """Start these; "beat again" is a second one beside the first."""
        known = {**commands(0), "broker": self._broker()}
        for name in names:
            self._processes[name] = subprocess.Popen(
                known[name.removesuffix(" again")],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        if "broker" in names:
            assert wait_until(self._answers, 10)

    def kill(self, name):
        """As a crash of the machine does: the whole group at once."""
        process = self._processes.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def freeze(self, name):
        """It stays connected and says no more."""
        self._processes[name].send_signal(signal.SIGSTOP)

    def stop(self):
        """End everything, the broker last."""
        for name in sorted(self._processes, key="broker".__eq__):
            self.kill(name)

    def as_web(self, code):
        """What a process of the web server prints that runs this code."""
        return subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            cwd=settings.BASE_DIR,
            env={**self.environment, "PORTAL_PROCESS": "web"},
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        ).stdout

    def _broker(self):
        return [str(valkey.binary()), "--port", "0", "--unixsocket", str(self._socket), "--save", ""]

    def _answers(self):
        with socket.socket(socket.AF_UNIX) as client:
            return client.connect_ex(str(self._socket)) == 0


@contextmanager
def background(mail_url, *names):
    """With these processes running from the start."""
    with tempfile.TemporaryDirectory(prefix="mkbdeal-") as folder:
        processes = Background(Path(folder), mail_url)
        try:
            processes.start(*names)
            yield processes
        finally:
            processes.stop()
