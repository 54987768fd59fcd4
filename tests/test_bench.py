"""What bench/ measures is what it says: the statements of a real sign-up. No timing here."""

from uuid import uuid4

import pytest
from django.db import connection

from bench import pgbench, recording
from bench.statements import last_value, values
from bench.table import Line, table
from hubs.models import Activity, Audience
from signups.models import OutboxMessage, SignUp
from tests.factories.hubs import ActivityFactory, EducationLevelFactory, ProgrammeFactory

PK = 900_001


@pytest.fixture
def recorded(db):
    level = EducationLevelFactory()
    programme = ProgrammeFactory(audiences=[Audience.PUPIL, Audience.STUDENT], levels=[level])
    ActivityFactory(pk=PK, programme=programme, capacity=None)
    return recording.record(
        PK, {"age_band": "from_16", "audience": "pupil", "education_level": level.code, "privacy": "on"}
    )


def test_the_recorded_statements_make_another_sign_up(recorded):
    given = values(PK, "Leerling Nieuw", "nieuw@school.example", uuid4)
    with connection.cursor() as cursor:
        for statement in recorded:
            cursor.execute(statement.sql, given)
            rows = cursor.fetchall() if cursor.description else []
            if statement.yields:
                given[statement.yields] = last_value(statement, rows)
    entry = SignUp.objects.get(email="nieuw@school.example")
    assert (entry.name, str(entry.uuid)) == ("Leerling Nieuw", given["uuid"])
    assert OutboxMessage.objects.filter(sign_up=entry).count() == 1
    assert Activity.objects.get(pk=PK).taken == SignUp.objects.count() == 3


def test_pgbench_gets_one_transaction_without_open_names(recorded):
    script = pgbench.script(recorded, [PK, PK + 99])
    assert script.count("BEGIN;") == script.count("COMMIT;") == 1
    assert script.count(r"\gset") == 2
    assert "%(" not in script
    assert "gezien@school.example" not in script


def test_the_table_says_what_is_not_kept():
    lines = [Line("V1", "one", "1.0 ×", "≤ 2.0 ×", kept=True), Line("V2", "two", "3.0 ×", "≤ 2.0 ×", kept=False)]
    assert [row.split("|")[-2].strip() for row in table(lines).splitlines()] == ["kept", "----", "yes", "NO"]
