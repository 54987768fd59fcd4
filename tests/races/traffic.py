"""A steady stream of visitors, who come when they come, however slow the server is. No test lives here."""

import asyncio
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from itertools import cycle
from statistics import quantiles
from urllib.parse import urlencode

from tests.races.site import FILL_SECONDS, HIDDEN

PATIENCE = 60  # seconds that a visitor waits at most
GONE = 599  # no answer at all


@dataclass
class Stream:
    """What came of one kind of request: how often each status, and the seconds from wanting it to having it."""

    statuses: Counter = field(default_factory=Counter)
    seconds: list = field(default_factory=list)

    def note(self, status, seconds):
        self.statuses[status] += 1
        self.seconds.append(seconds)

    def p95(self):
        return quantiles(self.seconds, n=100)[94]

    def __str__(self):
        percentiles = quantiles(self.seconds, n=100)
        return f"{dict(self.statuses)}, p50 {percentiles[49]:.3f} s, p95 {percentiles[94]:.3f} s"


class Traffic:
    """Page views and sign-ups at a steady pace. A form that is opened is a page view like the others."""

    def __init__(self, port, pages, form):
        self._port, self._pages, self._form = port, cycle(pages), form
        self.pages, self.sign_ups = Stream(), Stream()

    def flow(self, *, seconds, pages, sign_ups):
        """So many of each a second. In a thread of its own, because a browser test leaves a running loop behind."""
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, self._flow(seconds, pages, sign_ups)).result()

    async def _flow(self, seconds, pages, sign_ups):
        async with asyncio.TaskGroup() as visitors:
            began = time.monotonic()
            others = pages - sign_ups
            arrivals = [(n / others, self._look) for n in range(others * seconds)]
            arrivals += [(n / sign_ups, self._sign_up) for n in range(sign_ups * seconds)]
            for number, (moment, visit) in enumerate(sorted(arrivals, key=lambda arrival: arrival[0])):
                await asyncio.sleep(max(0, began + moment - time.monotonic()))
                visitors.create_task(visit(number))

    async def _look(self, number):
        await self._ask(self.pages, number, "GET", next(self._pages))

    async def _sign_up(self, number):
        cookies, page = await self._ask(self.pages, number, "GET", self._form)
        if not cookies:
            return
        hidden = {name: unescape(value) for name, value in HIDDEN.findall(page)}
        given = {"participant_name": f"Leerling {number}", "age_band": "from_16", "privacy": "on"}
        await asyncio.sleep(FILL_SECONDS)
        body = urlencode({**hidden, **given, "email": f"leerling{number}@school.example"})
        await self._ask(self.sign_ups, number, "POST", self._form, cookies, body)

    async def _ask(self, stream, number, method, path, cookies="", body=""):
        """One request over a connection of its own; the cookies that came, and the page."""
        began = time.monotonic()
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", f"Cookie: {cookies}"]
        lines += [f"X-Forwarded-For: 10.{number >> 16}.{number >> 8 & 255}.{number & 255}", "X-Forwarded-Proto: http"]
        if body:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        try:
            async with asyncio.timeout(PATIENCE):
                head, page = await self._exchange("\r\n".join([*lines, "", body]))
        except (OSError, TimeoutError):
            stream.note(GONE, time.monotonic() - began)
            return "", ""
        stream.note(int(head.split()[1]), time.monotonic() - began)
        return _cookies(head), page

    async def _exchange(self, request):
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            writer.write(request.encode())
            answer = await reader.read(-1)
        finally:
            writer.close()
        head, _, page = answer.decode().partition("\r\n\r\n")
        return head, page


def _cookies(head):
    given = [line.partition(":")[2].strip() for line in head.splitlines() if line.lower().startswith("set-cookie:")]
    return "; ".join(f"{name}={morsel.value}" for line in given for name, morsel in SimpleCookie(line).items())
