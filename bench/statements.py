"""The SQL of one sign-up, as the portal was seen to run it, with names where another sign-up has other values.

Knows no Django: recorded inside the portal (recording.py), run by the minimal view and by pgbench.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Statement:
    """SQL with `%(name)s` in it; `yields` is the name that its first row gives a value to."""

    sql: str
    is_atomic: bool
    yields: str = ""


def dump(statements: Sequence[Statement]) -> list[dict[str, Any]]:
    """For JSON."""
    return [asdict(statement) for statement in statements]


def load(path: Path) -> list[Statement]:
    """From JSON."""
    return [Statement(**fields) for fields in json.loads(path.read_text())]


def values(activity_id: int, name: str, email: str, make_uuid: Callable[[], object]) -> dict[str, object]:
    """What the names stand for in one new sign-up; queue_number and sign_up_id follow from statements."""
    uuid = str(make_uuid())
    return {
        "activity_id": activity_id,
        "name": name,
        "email": email,
        "address_lock": f"signups:{email}",
        "submit_token": str(make_uuid()),
        "digest": sha256(uuid.encode()).hexdigest(),
        "uuid": uuid,
        "message_uuid": str(make_uuid()),
        "dedupe_key": f"prove:{uuid}",
    }


def last_value(statement: Statement, rows: Sequence[Sequence[Any]]) -> int:
    """The number that the statement gives: of the new row, or of its place in the queue."""
    found = int(rows[0][0] or 0)
    return found + 1 if statement.yields == "queue_number" else found
