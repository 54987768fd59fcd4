"""An activity's `taken`, `waiting` and `queued` follow its sign-ups, whoever writes them and however.

`requested`, `offered` and `confirmed` hold seats; a `waiting` entry is queued, a proven one counts as waiting too. The CHECK on hubs_activity
refuses what would oversell. The statement fails then, so the sign-up that caused it is not written either.
Plain SQL that runs on PostgreSQL 15 to 18.
"""

from django.db import migrations

COUNT = """
CREATE FUNCTION signups_add(which bigint, seats integer, waiters integer, entries integer)
RETURNS void LANGUAGE sql AS $$
    UPDATE hubs_activity SET taken = taken + seats, waiting = waiting + waiters, queued = queued + entries
     WHERE id = which AND (seats <> 0 OR waiters <> 0 OR entries <> 0);
$$;

CREATE FUNCTION signups_count() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_seats integer := 0;
    new_seats integer := 0;
    old_waiters integer := 0;
    new_waiters integer := 0;
    old_entries integer := 0;
    new_entries integer := 0;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        IF OLD.state IN ('requested', 'offered', 'confirmed') THEN old_seats := OLD.seats; END IF;
        IF OLD.state = 'waiting' THEN old_entries := 1; END IF;
        IF OLD.state = 'waiting' AND OLD.proven_at IS NOT NULL THEN old_waiters := 1; END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        IF NEW.state IN ('requested', 'offered', 'confirmed') THEN new_seats := NEW.seats; END IF;
        IF NEW.state = 'waiting' THEN new_entries := 1; END IF;
        IF NEW.state = 'waiting' AND NEW.proven_at IS NOT NULL THEN new_waiters := 1; END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.activity_id = OLD.activity_id THEN
        PERFORM signups_add(
            NEW.activity_id, new_seats - old_seats, new_waiters - old_waiters, new_entries - old_entries);
    ELSIF TG_OP = 'UPDATE' AND NEW.activity_id < OLD.activity_id THEN
        -- Ascending ids: everyone locks activities in the same order.
        PERFORM signups_add(NEW.activity_id, new_seats, new_waiters, new_entries);
        PERFORM signups_add(OLD.activity_id, -old_seats, -old_waiters, -old_entries);
    ELSE
        IF TG_OP <> 'INSERT' THEN
            PERFORM signups_add(OLD.activity_id, -old_seats, -old_waiters, -old_entries);
        END IF;
        IF TG_OP <> 'DELETE' THEN
            PERFORM signups_add(NEW.activity_id, new_seats, new_waiters, new_entries);
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER signups_count AFTER INSERT OR DELETE OR UPDATE OF state, seats, activity_id, proven_at ON signups_signup
    FOR EACH ROW EXECUTE FUNCTION signups_count();
"""

DROP = """
DROP TRIGGER signups_count ON signups_signup;
DROP FUNCTION signups_count();
DROP FUNCTION signups_add(bigint, integer, integer, integer);
"""


class Migration(migrations.Migration):
    dependencies = [("signups", "0001_initial"), ("hubs", "0002_guards")]

    operations = [migrations.RunSQL(sql=COUNT, reverse_sql=DROP)]
