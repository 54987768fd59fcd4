"""Watches the portal's own sign-up and writes down its statements. Runs inside the portal."""

import re
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db import connection
from django.test import Client

from bench.statements import Statement, values
from signups.models import OutboxMessage, SignUp
from signups.submit_token import MINIMUM_FILL_TIME

TOKEN: Final = re.compile(r'name="submit_token" value="([^"]+)"')
YIELDS: Final = (
    ("queue_number", 'SELECT MAX("signups_signup"."queue_number")'),
    ("sign_up_id", 'INSERT INTO "signups_signup"'),
)
DISTINCT: Final = 700_001  # numbers that stand for nothing else

Seen = tuple[str, Any, bool]


def record(activity_id: int, answers: Mapping[str, str]) -> list[Statement]:
    """Sign up twice, the second time watched: caches are warm then, and its numbers cannot be mistaken for others."""
    client = Client(headers={"host": "127.0.0.1"})
    path = f"/agenda/{activity_id}/aanmelden/"
    page = client.get(path).content.decode()
    found = TOKEN.search(page)
    assert found, "the form has no token"
    time.sleep(MINIMUM_FILL_TIME.total_seconds() + 0.1)
    given = {**answers, "submit_token": found[1]}
    _post(client, path, {**given, "participant_name": "Leerling Eerst", "email": "eerst@school.example"})
    _make_distinct()
    seen: list[Seen] = []
    name, email = "Leerling Gezien", "gezien@school.example"
    with connection.execute_wrapper(_watcher(seen)):
        _post(client, path, {**given, "participant_name": name, "email": email})
    names = _names(activity_id, name, email)
    statements = [_statement(sql, params, names, is_atomic=is_atomic) for sql, params, is_atomic in seen]
    missing = [name for name in names.values() if not any(f"%({name})s" in statement.sql for statement in statements)]
    assert not missing, f"nothing was recorded about {missing}"
    return statements


def _post(client: Client, path: str, fields: Mapping[str, str]) -> None:
    answer = client.post(path, fields)
    assert answer.status_code == 303, f"{path} answers {answer.status_code}"


def _make_distinct() -> None:
    SignUp.objects.update(queue_number=DISTINCT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence('signups_signup', 'id')")
        sequence = cursor.fetchone()[0]
        # Never back: a number that was given already may stand in a row.
        cursor.execute("SELECT setval(%s, GREATEST(%s, nextval(%s)))", [sequence, DISTINCT * 10, sequence])


def _watcher(seen: list[Seen]) -> Callable[..., Any]:
    def watch(execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Mapping[str, Any]) -> Any:
        seen.append((sql, params, context["connection"].in_atomic_block))
        return execute(sql, params, many, context)

    return watch


def _names(activity_id: int, name: str, email: str) -> dict[str, str]:
    """Each value of this sign-up with its name."""
    entry = SignUp.objects.get(email=email)
    message = OutboxMessage.objects.get(sign_up=entry)
    known = values(activity_id, name, email, lambda: entry.uuid)
    known |= {
        "submit_token": entry.submit_token,
        "digest": entry.fields_digest,
        "message_uuid": message.uuid,
        "queue_number": entry.queue_number,
        "sign_up_id": entry.pk,
    }
    return {str(value): name for name, value in known.items()}


def _statement(sql: str, params: Any, names: Mapping[str, str], *, is_atomic: bool) -> Statement:
    """What does not change from one sign-up to the next becomes part of the text."""
    texts = sql.split("%s")
    written = texts[0]
    with connection.cursor() as cursor:
        for param, text in zip(params or (), texts[1:], strict=True):
            literal: bytes = cursor.cursor.mogrify("%s", [param])
            name = names.get(str(param))
            written += (f"%({name})s" if name else literal.decode().replace("%", "%%")) + text
    yields = next((name for name, start in YIELDS if sql.startswith(start)), "")
    return Statement(written, is_atomic, yields)
