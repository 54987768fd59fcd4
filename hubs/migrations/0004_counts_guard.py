"""What takes a seat stays as it is while somebody has one or waits for one.

Each sign-up holds the seats of the moment at which it was decided: 8 classes read as 8 heads would make room for 82 more.
Plain SQL that runs on PostgreSQL 15 to 18.
"""

from django.db import migrations

GUARD_COUNTS = """
CREATE FUNCTION hubs_activity_guard_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'activity % has sign-ups that were counted as %', OLD.id, OLD.counts
        USING ERRCODE = 'check_violation', CONSTRAINT = 'hubs_activity_counts_stay';
END $$;

-- OLD, the row under its lock: NEW may hold the counters that a form read before.
CREATE TRIGGER hubs_activity_guard_counts BEFORE UPDATE ON hubs_activity
    FOR EACH ROW WHEN (NEW.counts <> OLD.counts AND OLD.taken + OLD.queued > 0)
    EXECUTE FUNCTION hubs_activity_guard_counts();
"""

DROP = """
DROP TRIGGER hubs_activity_guard_counts ON hubs_activity;
DROP FUNCTION hubs_activity_guard_counts();
"""


class Migration(migrations.Migration):
    dependencies = [("hubs", "0003_changed_at")]

    operations = [migrations.RunSQL(sql=GUARD_COUNTS, reverse_sql=DROP)]
