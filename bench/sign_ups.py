"""V7 and V8: sign-ups per second through the real form, beside bare views with the same statements and pgbench."""

import json
import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import count
from statistics import median
from typing import Any, Final
from urllib.parse import urlencode

from bench import pgbench
from bench.ground import Ground
from bench.statements import Statement
from bench.table import Line, run
from bench.web import BARE, MINIMAL, SLOTS, Server, Visitor, serving

HIDDEN: Final = re.compile(r'name="(csrfmiddlewaretoken|submit_token)" value="([^"]+)"')
LEAST: Final = 0.7
ROUNDS: Final = 5
SECONDS: Final = 3
FILL_SECONDS: Final = 3.2  # a little over the form's minimum
FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}

Form = tuple[str, dict[str, str], dict[str, str]]  # path, hidden fields, cookies as headers


def measure(ground: Ground) -> Iterator[Line]:
    """Sixteen pupils at a time keep signing up; in every round the portal, the minimal view and pgbench take turns."""
    ground.fill()
    staged: dict[str, Any] = ground.stage("courses")
    ids, answers = staged["ids"], staged["answers"]
    statements = [Statement(**fields) for fields in staged["statements"]]
    file = ground.data / "statements.json"
    file.write_text(json.dumps(staged["statements"]))
    with (
        serving(ground) as portal,
        serving(ground, BARE) as bare,
        serving(ground, MINIMAL, extra={"BENCH_STATEMENTS": str(file)}) as minimal,
    ):
        portal.warm_up("/agenda/")
        crowd = _Crowd(answers)
        for number, what, chosen in (("V7", "one activity", ids[:1]), ("V8", "100 activities", ids)):
            forms = _open_forms(portal, chosen)
            rates = _Rates()
            for server in (portal, bare, minimal):
                crowd.per_second(server, forms, seconds=1)
            for _ in range(ROUNDS):
                rates.portal.append(crowd.per_second(portal, forms))
                rates.minimal.append(crowd.per_second(minimal, forms))
                rates.bare.append(crowd.per_second(bare, forms))
                rates.pgbench.append(_without_python(ground, statements, chosen))
            yield from _lines(number, what, rates, len(statements))


def _lines(number: str, what: str, rates: "_Rates", statements: int) -> Iterator[Line]:
    """The bar is read as the same statements through the same code; plain SQL says beside it what the ORM takes."""
    ratio = _ratio(rates.portal, rates.bare)
    figure = f"{ratio:.2f} × ({median(rates.portal):.0f} against {median(rates.bare):.0f} a second)"
    beside = f"sign-ups on {what}, beside a bare view around the same domain call with its {statements} statements"
    yield Line(number, beside, figure, f"≥ {LEAST} ×", ratio >= LEAST)
    figure = f"{_ratio(rates.portal, rates.minimal):.2f} × (against {median(rates.minimal):.0f} a second)"
    yield Line(number, f"sign-ups on {what}, beside a minimal view with the same statements as plain SQL", figure)
    alone = f"{median(rates.pgbench):.0f} a second" if pgbench.is_there() else "not measured: pgbench is missing"
    yield Line(number, f"the same statements on {what} in pgbench", alone)


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    return median(our / their for our, their in zip(ours, theirs, strict=True))


def _without_python(ground: Ground, statements: Sequence[Statement], ids: Sequence[int]) -> float:
    if not pgbench.is_there():
        return 0.0
    return pgbench.per_second(ground, pgbench.script(statements, ids), clients=SLOTS, seconds=SECONDS)


def _open_forms(portal: Server, ids: Sequence[int]) -> list[Form]:
    """One form of each activity, old enough to be sent. It serves many pupils: their fields differ."""
    visitor = Visitor(portal.port)
    forms: list[Form] = []
    for pk in ids:
        path = f"/agenda/{pk}/aanmelden/"
        page = visitor.ask(path)
        assert page.status == 200, f"{path} answers {page.status}"
        hidden = {name: unescape(value) for name, value in HIDDEN.findall(page.body.decode())}
        forms.append((path, hidden, {"Cookie": page.headers["Set-Cookie"].partition(";")[0]}))
    visitor.close()
    time.sleep(FILL_SECONDS)
    return forms


@dataclass
class _Rates:
    """Sign-ups per second, one figure a round."""

    portal: list[float] = field(default_factory=list)
    minimal: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    pgbench: list[float] = field(default_factory=list)


class _Crowd:
    """Pupils with a number, a name and an address of their own, also in the eyes of the limits."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = answers
        self._numbers = count(1)

    def per_second(self, server: Server, forms: Sequence[Form], *, seconds: int = SECONDS) -> float:
        """Sign-ups that were answered, sixteen at a time; raises AssertionError where one is refused."""
        statuses: list[int] = []
        started = time.perf_counter()

        def keep_signing_up() -> None:
            visitor = Visitor(server.port)
            while time.perf_counter() - started < seconds:
                number = next(self._numbers)
                statuses.append(self._sign_up(visitor, forms[number % len(forms)], number))
            visitor.close()

        threads = [threading.Thread(target=keep_signing_up) for _ in range(SLOTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        refused = set(statuses) - {303}
        assert not refused, f"sign-ups were answered with {refused}"
        return len(statuses) / (time.perf_counter() - started)

    def _sign_up(self, visitor: Visitor, form: Form, number: int) -> int:
        path, hidden, cookies = form
        own = {"participant_name": f"Leerling {number}", "email": f"leerling{number}@school.example"}
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        headers = {**FORM, **cookies, "X-Forwarded-For": address, "X-Forwarded-Proto": "http"}
        return visitor.ask(path, urlencode({**hidden, **self._answers, **own}).encode(), headers).status


if __name__ == "__main__":
    run(measure)
