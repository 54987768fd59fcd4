"""F4: PostgreSQL restarts while people sign up. What was acknowledged stays, and who tries again is in once.

That cached pages keep answering meanwhile is for the tests of the page cache.
"""

import re
import shutil
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest

from tests.mkbdeal.processes import wait_until
from tests.races.database import FAST, IMMEDIATE, running_database
from tests.races.site import Visitor, fill_in, running_site

pytestmark = pytest.mark.timeout(600)
AT_ONCE = 16
PAUSE = 0.5  # seconds until somebody pushes the button of the page that says to try again
PATIENCE = 60
BACK_SECONDS = 10
KEPT = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


class Crowd:
    """Everybody has a form and an address of their own, and pushes the button again until they are in.

    `odd` holds what nobody should be answered: no seat, and no page that says when to try again and keeps the form.
    """

    def __init__(self, port, path, number):
        self.path, self.visitors = path, [Visitor(port, n) for n in range(number)]
        self.acknowledged, self.refusals, self.odd = [], [], []

    def sign_up(self, number):
        """Returns when this visitor is in, or something odd came."""
        visitor, address = self.visitors[number], f"leerling{number}@school.example"
        given = {"participant_name": f"Leerling {number}", "age_band": "from_16", "email": address}
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            answer = visitor.post(self.path, given)
            if answer.is_seat_or_place:
                return self.acknowledged.append(address)
            kept = {name: unescape(value) for name, value in KEPT.findall(answer.text)}
            posted = {**visitor.fields, **given, "privacy": "on"} | {"csrfmiddlewaretoken": ""}
            if (answer.status, answer.retry_after) != (503, "10") or kept | {"csrfmiddlewaretoken": ""} != posted:
                return self.odd.append((answer.status, sorted(kept)))
            self.refusals.append(answer.seconds)
            visitor.fields, given = {}, kept
            time.sleep(PAUSE)
        return self.odd.append("never")


class Reader:
    """Somebody who loads a page all the time: when each load began, and its status."""

    def __init__(self, port, path):
        self._visitor, self._path, self.seen = Visitor(port, 60_000), path, []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def _look(self):
        while not self._over.wait(0.05):
            self.seen.append((time.monotonic(), self._visitor.get(self._path).status))

    def away_after(self, moment, until):
        """Seconds from this moment to the last page that was not there, before the next stop."""
        return max(
            (began - moment for began, status in self.seen if moment < began < until and status != 200), default=0
        )


@dataclass
class Outcome:
    """What visitors were told, and what the database holds."""

    crowd: Crowd
    statuses: set
    away: list  # seconds without pages after each restart
    refused: list  # how many were told to try again around each restart
    kept: Counter  # by address
    mails: Counter  # by sign-up and kind
    taken: int


def restarted(servers, number, *restarts, durable=True):
    """So many sign up, sixteen at a time; at even distances in between the server is restarted in these ways."""
    with own_database(durable=durable) as database, running_site(servers, database=database.url) as port:
        activity = database.stage()
        crowd = Crowd(port, f"/agenda/{activity}/aanmelden/", number)
        fill_in(crowd.visitors, crowd.path)
        stops, moments, refused = [], [], []
        with Reader(port, f"/agenda/{activity}/") as reader, ThreadPoolExecutor(AT_ONCE) as pool:
            posting = pool.map(crowd.sign_up, range(number))
            for turn, how in enumerate(restarts, 1):
                goal = number * turn // (len(restarts) + 1)
                assert wait_until(lambda goal=goal: len(crowd.acknowledged) >= goal or crowd.odd, 120)
                refused.append(-len(crowd.refusals))
                stops.append(time.monotonic())
                database.restart(how)
                moments.append(time.monotonic())
                time.sleep(PAUSE)
                refused[-1] += len(crowd.refusals)
            list(posting)
            ends = [*stops[1:], time.monotonic()]
        return Outcome(
            crowd,
            {status for _, status in reader.seen},
            [reader.away_after(moment, end) for moment, end in zip(moments, ends, strict=True)],
            refused,
            Counter(database.rows("SELECT email FROM signups_signup")),
            Counter(database.rows("SELECT sign_up_id, kind FROM signups_outboxmessage")),
            database.rows("SELECT taken FROM hubs_activity")[0][0],
        )


@contextmanager
def own_database(*, durable):
    """Under /tmp, because a socket's path is short, and open to the servers' user."""
    folder = Path(tempfile.mkdtemp(prefix="mkbdeal-restart-"))
    folder.chmod(0o711)
    try:
        with running_database(folder / "data", durable=durable) as database:
            yield database
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def judge(outcome, number):
    """Everybody is in, once, with one mail; the others were told to come back, and found the pages there."""
    assert outcome.crowd.odd == []
    assert outcome.kept == {(address,): 1 for address in outcome.crowd.acknowledged}
    assert len(outcome.kept) == len(outcome.mails) == outcome.mails.total() == outcome.taken == number
    assert all(outcome.refused), "a restart that nobody noticed tells nothing"
    assert max(outcome.crowd.refusals) < BACK_SECONDS
    assert outcome.statuses == {200, 503}
    assert max(outcome.away) < BACK_SECONDS


def test_a_restart_loses_and_doubles_nothing(servers):
    judge(restarted(servers, 96, FAST), 96)


@pytest.mark.proof("F4")
def test_restarts_and_crashes_lose_and_double_nothing(servers):
    """900 sign-ups, PostgreSQL restarted twice and crashed twice: none lost, none doubled, pages back in 10 s"""
    judge(restarted(servers, 900, FAST, IMMEDIATE, FAST, IMMEDIATE), 900)


@pytest.mark.proof("F4")
def test_control_a_server_that_does_not_wait_for_its_disk_loses_some(servers):
    """the control: acknowledged before it is on disk, some sign-ups are lost in a crash"""
    outcome = restarted(servers, 300, IMMEDIATE, IMMEDIATE, durable=False)
    assert outcome.crowd.odd == []
    assert set(outcome.crowd.acknowledged) > {address for (address,) in outcome.kept}
