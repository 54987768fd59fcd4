"""The same statements without any Python: what the database alone can do. Uses the pgbench of the PostgreSQL wheel."""

import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.ground import MAIN, Ground
from bench.statements import Statement
from mkbdeal.embedded import addresses
from mkbdeal.embedded.postgres import BINARIES, ENVIRONMENT

PROGRAM: Final = BINARIES / "pgbench"
NAMED: Final = re.compile(r"%\((\w+)\)s")
TPS: Final = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)
# How SQL itself makes up a new sign-up; two random numbers of a billion are hardly ever the same.
EXPRESSIONS: Final = {
    "activity_id": ":activity_id",
    "name": "('Leerling p' || :n)",
    "email": "('p' || :n || '@school.example')",
    "address_lock": "('signups:p' || :n)",
    "submit_token": "gen_random_uuid()",
    "digest": "md5(:n::text)",
    "uuid": "gen_random_uuid()",
    "message_uuid": "gen_random_uuid()",
    "dedupe_key": "('prove:' || gen_random_uuid())",
    "queue_number": "(:last + 1)",
    "sign_up_id": ":id",
}


def script(statements: Sequence[Statement], ids: Sequence[int]) -> str:
    """One sign-up on one of these activities, whose numbers follow each other."""
    lines = [r"\set n random(1, 1000000000)", rf"\set activity_id random({ids[0]}, {ids[-1]})"]
    in_transaction = False
    for statement in statements:
        if statement.is_atomic != in_transaction:
            lines.append("BEGIN;" if statement.is_atomic else "COMMIT;")
            in_transaction = statement.is_atomic
        sql = NAMED.sub(lambda found: EXPRESSIONS[found[1]], statement.sql).replace("%%", "%").replace("\n", " ")
        lines.append(sql + (r" \gset" if statement.yields else ";"))
    return "\n".join([*lines, *(["COMMIT;"] if in_transaction else [])]) + "\n"


def per_second(ground: Ground, text: str, *, clients: int, seconds: int) -> float:
    """Sign-ups per second; raises AssertionError where one fails."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(text)
        file.flush()
        options = ["-n", "-f", file.name, "-c", str(clients), "-j", "2", "-T", str(seconds)]
        where = ["-h", str(addresses.sockets(ground.data)), "-U", addresses.NAME, MAIN]
        result = subprocess.run(
            [str(PROGRAM), *options, *where], env=ENVIRONMENT, capture_output=True, text=True, check=False
        )
    found = TPS.search(result.stdout)
    assert found and not result.returncode, result.stderr
    return float(found[1])


def is_there() -> bool:
    """Not every wheel brings it."""
    return Path(PROGRAM).exists()
