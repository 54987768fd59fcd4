"""A real mail server for tests: it takes mail over SMTP and keeps it; refuses or hangs where a test says so."""

import asyncio
import re
import socket
import time
from collections import Counter
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller

HANGS = "hangs"
ADDRESS = re.compile(r"https?://\S+/aanmelding/[\w-]{40,}/")


class MailServer:
    """`answers[address]` is what RCPT says to it, or HANGS; `data_answer` what every DATA gets instead of 250.

    `slowness` is the time in seconds between having a mail and saying so: who is killed then has sent it.
    """

    def __init__(self, port):
        self.port = port
        self.mails = []
        self.answers = {}
        self.data_answer = ""
        self.slowness = 0.0

    @property
    def url(self):
        """As EMAIL_URL takes it."""
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address):
        """The mails to one address, the first to come first."""
        return [mail for mail in list(self.mails) if mail["To"] == address]

    def wait_for(self, address, number=1, seconds=20):
        """The mail to this address with this number; fails when it does not come."""
        deadline = time.monotonic() + seconds
        while len(self.to(address)) < number:
            assert time.monotonic() < deadline, f"{len(self.to(address))} of {number} mails came"
            time.sleep(0.05)
        return self.to(address)[number - 1]

    def ids(self):
        """How often each Message-ID came."""
        return Counter(mail["Message-ID"] for mail in list(self.mails))

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the library's name
        """Called by the library."""
        answer = self.answers.get(address, "")
        if answer == HANGS:
            await asyncio.sleep(30)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
        """Called by the library."""
        if self.data_answer:
            return self.data_answer
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        await asyncio.sleep(self.slowness)
        return "250 OK"


def link_in(mail):
    """The address of the own page that the text of a mail names."""
    return ADDRESS.search(mail.get_body(("plain",)).get_content())[0]


@contextmanager
def running_mail_server():
    """On a free port."""
    server = MailServer(free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def free_port():
    """Nobody listens there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
