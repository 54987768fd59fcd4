"""The real web server on the database of the tests, and visitors with an address of their own. No test lives here."""

import http.client
import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

from content import tokens
from mkbdeal.embedded import addresses
from mkbdeal.launch.children import Children, commands, wait_until_ready

FILL_SECONDS = 3.2  # a little over the form's minimum
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|submit_token)" value="([^"]+)"')
ENTRANCE = "mkbdeal.wsgi:application"
UNGUARDED = "tests.races.unguarded:application"


@contextmanager
def running_site(data, *, entrance=ENTRANCE, database=""):
    """As `serve` starts it, behind one trusted proxy hop; on the tests' database or the given one. Gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    name = connection.settings_dict["NAME"]
    environment = {
        "DATABASE_URL": database
        or f"postgres://{addresses.NAME}@/{name}?host={quote(str(addresses.sockets(data)), safe='/')}",
        "REDIS_URL": addresses.redis_url(data),
        "PORTAL_DATA": str(data),
        "ERASURE_LEDGER": str(data / f"erasures-{port}"),
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "EMAIL_URL": "dummymail://",
        "TRUSTED_PROXIES": "1",
    }
    children = Children(settings.BASE_DIR, environment)
    try:
        children.start("web server", [entrance if part == ENTRANCE else part for part in commands(port)["web server"]])
        assert wait_until_ready(port, children), "The web server does not start."
        yield port
    finally:
        children.stop()


@dataclass(frozen=True)
class Answer:
    """What a visitor got: the status, the page or where it leads, and how long it took."""

    status: int
    text: str
    location: str
    retry_after: str
    seconds: float

    @property
    def is_seat_or_place(self):
        return self.status == 303 and self.location.endswith("/ontvangen/")

    @property
    def is_polite_refusal(self):
        return self.status == 200 and "Deze activiteit is vol" in self.text


class Visitor:
    """One browser behind an address of its own."""

    def __init__(self, port, number):
        self.port, self.address = port, f"203.0.{number // 250}.{number % 250 + 1}"
        self.cookies, self.fields = {}, {}

    def open_form(self, path):
        """Load the form: its cookie and hidden fields are needed to post it."""
        page = self._request("GET", path)
        assert page.status == 200, page.text
        self.fields = {name: unescape(value) for name, value in HIDDEN.findall(page.text)}
        return time.monotonic()

    def open_own_page(self, entry):
        """Follow the link of the mail: from then on this browser may act on that sign-up."""
        token = tokens.make(tokens.Claim(tokens.Purpose.SIGN_UP, entry.uuid, entry.token_version))
        opened = self.get(f"/aanmelding/{token}/")
        self.open_form(f"{opened.location}afmelden/")

    def post(self, path, given):
        return self._request("POST", path, urlencode({**self.fields, "privacy": "on", **given}))

    def get(self, path):
        return self._request("GET", path)

    def _request(self, method, path, body=None):
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"X-Forwarded-For": self.address, "X-Forwarded-Proto": "http"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.monotonic()
        try:
            client.request(method, path, body, headers)
            response = client.getresponse()
            text = response.read().decode()
        finally:
            client.close()
        for header in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        took = time.monotonic() - started
        location, retry_after = (response.headers.get(name, "") for name in ("Location", "Retry-After"))
        return Answer(response.status, text, location, retry_after, took)


def rush(visitors, path, filled_in):
    """Everybody loads the form, fills it in and sends it in the same moment. The answers, in the order of visitors."""
    fill_in(visitors, path)
    return together([partial(visitor.post, path, given) for visitor, given in zip(visitors, filled_in, strict=True)])


def fill_in(visitors, path):
    """Load the form, then take as long as somebody who types quickly."""
    with ThreadPoolExecutor(8) as pool:
        loaded = max(pool.map(lambda visitor: visitor.open_form(path), set(visitors)))
    time.sleep(max(0, loaded + FILL_SECONDS - time.monotonic()))


def together(calls):
    """Make all calls in the same moment, each in a thread of its own; their answers in order."""
    start = threading.Barrier(len(calls))

    def go(call):
        start.wait(timeout=60)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(go, calls))


def connections_of_site():
    """How many connections the web server has open to this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        return cursor.fetchone()[0]
