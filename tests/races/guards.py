"""Takes one guard away for the length of a block, so that a test can show what it is good for. No test lives here."""

from collections import Counter
from contextlib import contextmanager

from django.db import connection
from django.db.models import QuerySet

from signups.models import SignUp

NO_DOUBLES = "signups_signup_no_doubles"
ONE_PER_FORM = "signups_signup_one_per_form"
ONE_PLACE_EACH = "signups_signup_one_place_each"
NEVER_OVERSOLD = "hubs_activity_never_oversold"
KEEPS_COUNTERS = "hubs_activity_keep_counters"


@contextmanager
def without_trigger(name, table):
    """Comes back as it was."""
    definition = _one("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = %s", name)
    _run(f"DROP TRIGGER {name} ON {table}")
    try:
        yield
    finally:
        _run(definition)


@contextmanager
def without_constraints(*names):
    """CHECKs, unique constraints and unique indexes. What was written meanwhile is deleted: it would not pass them."""
    restore = []
    for name in names:
        table = _one("SELECT conrelid::regclass FROM pg_constraint WHERE conname = %s", name)
        if table:
            definition = _one("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", name)
            restore.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
            _run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        else:
            restore.append(_one("SELECT indexdef FROM pg_indexes WHERE indexname = %s", name))
            _run(f"DROP INDEX {name}")
    try:
        yield
    finally:
        SignUp.objects.all().delete()
        for statement in restore:
            _run(statement)


def without_locks(monkeypatch):
    """Decisions read without locking: neither the activity nor an address is waited for."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, *_, **__: self.all())
    monkeypatch.setattr("signups.domain.locks.address", lambda _: None)


@contextmanager
def log_of_commits():
    """Notes every sign-up in the moment in which its transaction commits; gives a function that lists their numbers."""
    _run(
        """
        CREATE TABLE races_commits (place serial, queue_number integer);
        CREATE FUNCTION races_note() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN INSERT INTO races_commits (queue_number) VALUES (NEW.queue_number); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER races_note AFTER INSERT ON signups_signup DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION races_note();
        """
    )
    try:
        yield lambda: _all("SELECT queue_number FROM races_commits ORDER BY place")
    finally:
        _run("DROP TRIGGER races_note ON signups_signup; DROP FUNCTION races_note(); DROP TABLE races_commits")


def sold(activity):
    """The seats that are really held, whatever the counter says."""
    return sum(SignUp.objects.filter(activity=activity).holding().values_list("seats", flat=True))


def doubled_places(activity):
    """The places in the queue that more than one sign-up has."""
    numbers = Counter(SignUp.objects.filter(activity=activity).values_list("queue_number", flat=True))
    return [number for number, times in numbers.items() if times > 1]


def _run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _one(query, *arguments):
    with connection.cursor() as cursor:
        cursor.execute(query, arguments)
        row = cursor.fetchone()
    return row and row[0]


def _all(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [row[0] for row in cursor.fetchall()]
