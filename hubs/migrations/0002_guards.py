"""What the database keeps true by itself about activities and meetings.

1. An activity's first and last moment follow its meetings; a changed time or room raises `revision` (the iCal SEQUENCE).
2. Nothing but a trigger may write `taken`, `waiting`, `queued`, `revision`, `first_starts_at` and `last_ends_at`: Django's save() writes
   every column, so a form that was opened before a change would otherwise put back what it had read.
3. A level and a group of levels never share a code: addresses and the pathway know both by it.
4. A meeting's room belongs to the hub of its programme, from whichever side that changes.
Plain SQL that runs on PostgreSQL 15 to 18.
"""

from django.db import migrations

FOLLOW_MEETINGS = """
CREATE FUNCTION hubs_activity_follow_meetings(which bigint, changed boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- Lock first, read after: whoever waited here must see the meetings that the other transaction committed.
    PERFORM 1 FROM hubs_activity WHERE id = which FOR NO KEY UPDATE;
    UPDATE hubs_activity
       SET first_starts_at = (SELECT min(starts_at) FROM hubs_meeting WHERE activity_id = which),
           last_ends_at = (SELECT max(ends_at) FROM hubs_meeting WHERE activity_id = which),
           revision = revision + CASE WHEN changed THEN 1 ELSE 0 END
     WHERE id = which;
END $$;

CREATE FUNCTION hubs_meeting_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- The first meeting makes the activity; only a further one changes it.
        PERFORM hubs_activity_follow_meetings(
            NEW.activity_id,
            EXISTS (SELECT 1 FROM hubs_meeting WHERE activity_id = NEW.activity_id AND id <> NEW.id));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM hubs_activity_follow_meetings(OLD.activity_id, true);
    ELSIF NEW.activity_id <> OLD.activity_id THEN
        -- Ascending ids: everyone locks activities in the same order.
        PERFORM hubs_activity_follow_meetings(least(OLD.activity_id, NEW.activity_id), true);
        PERFORM hubs_activity_follow_meetings(greatest(OLD.activity_id, NEW.activity_id), true);
    ELSIF (NEW.starts_at, NEW.ends_at, NEW.room_id, NEW.place)
          IS DISTINCT FROM (OLD.starts_at, OLD.ends_at, OLD.room_id, OLD.place) THEN
        PERFORM hubs_activity_follow_meetings(NEW.activity_id, true);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER hubs_meeting_changed AFTER INSERT OR UPDATE OR DELETE ON hubs_meeting
    FOR EACH ROW EXECUTE FUNCTION hubs_meeting_changed();
"""

GUARD_COUNTERS = """
CREATE FUNCTION hubs_activity_start_counters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.taken := 0;
    NEW.waiting := 0;
    NEW.queued := 0;
    NEW.revision := 0;
    NEW.first_starts_at := NULL;
    NEW.last_ends_at := NULL;
    RETURN NEW;
END $$;

CREATE FUNCTION hubs_activity_keep_counters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.taken := OLD.taken;
    NEW.waiting := OLD.waiting;
    NEW.queued := OLD.queued;
    NEW.revision := OLD.revision;
    NEW.first_starts_at := OLD.first_starts_at;
    NEW.last_ends_at := OLD.last_ends_at;
    RETURN NEW;
END $$;

CREATE TRIGGER hubs_activity_start_counters BEFORE INSERT ON hubs_activity
    FOR EACH ROW EXECUTE FUNCTION hubs_activity_start_counters();

-- Depth 0 is a statement from outside; the triggers of meetings and sign-ups write at a greater depth.
CREATE TRIGGER hubs_activity_keep_counters BEFORE UPDATE ON hubs_activity
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION hubs_activity_keep_counters();
"""

ONE_SET_OF_CODES = """
CREATE FUNCTION hubs_code_is_free() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    used boolean;
BEGIN
    -- One at a time: of two transactions that each add one of a pair, the second must see the first.
    PERFORM pg_advisory_xact_lock(hashtext('hubs_level_codes'));
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE code = $1)', TG_ARGV[0]) INTO used USING NEW.code;
    IF used THEN
        RAISE EXCEPTION 'code % is used in %', NEW.code, TG_ARGV[0]
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'hubs_one_set_of_codes';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER hubs_code_is_free BEFORE INSERT OR UPDATE OF code ON hubs_levelgroup
    FOR EACH ROW EXECUTE FUNCTION hubs_code_is_free('hubs_educationlevel');
CREATE TRIGGER hubs_code_is_free BEFORE INSERT OR UPDATE OF code ON hubs_educationlevel
    FOR EACH ROW EXECUTE FUNCTION hubs_code_is_free('hubs_levelgroup');
"""

ROOMS_OF_THE_HUB = """
CREATE FUNCTION hubs_rooms_fit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stray boolean;
BEGIN
    EXECUTE format(
        'SELECT EXISTS (SELECT 1 FROM hubs_meeting meeting
            JOIN hubs_room room ON room.id = meeting.room_id
            JOIN hubs_activity activity ON activity.id = meeting.activity_id
            JOIN hubs_programme programme ON programme.id = activity.programme_id
           WHERE room.hub_id <> programme.hub_id AND %I.id = $1)', TG_ARGV[0]) INTO stray USING NEW.id;
    IF stray THEN
        RAISE EXCEPTION 'a meeting is in a room of another hub'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'hubs_room_of_the_hub';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER hubs_rooms_fit AFTER INSERT OR UPDATE OF room_id, activity_id ON hubs_meeting
    FOR EACH ROW WHEN (NEW.room_id IS NOT NULL) EXECUTE FUNCTION hubs_rooms_fit('meeting');
CREATE TRIGGER hubs_rooms_fit AFTER UPDATE OF hub_id ON hubs_room
    FOR EACH ROW WHEN (NEW.hub_id <> OLD.hub_id) EXECUTE FUNCTION hubs_rooms_fit('room');
CREATE TRIGGER hubs_rooms_fit AFTER UPDATE OF hub_id ON hubs_programme
    FOR EACH ROW WHEN (NEW.hub_id <> OLD.hub_id) EXECUTE FUNCTION hubs_rooms_fit('programme');
-- Judged at the end of the transaction: a form saves the date with its new programme first, its meetings after.
CREATE CONSTRAINT TRIGGER hubs_rooms_fit AFTER UPDATE ON hubs_activity DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.programme_id <> OLD.programme_id) EXECUTE FUNCTION hubs_rooms_fit('activity');
"""

DROP = """
DROP TRIGGER hubs_rooms_fit ON hubs_activity;
DROP TRIGGER hubs_rooms_fit ON hubs_programme;
DROP TRIGGER hubs_rooms_fit ON hubs_room;
DROP TRIGGER hubs_rooms_fit ON hubs_meeting;
DROP FUNCTION hubs_rooms_fit();
DROP TRIGGER hubs_code_is_free ON hubs_educationlevel;
DROP TRIGGER hubs_code_is_free ON hubs_levelgroup;
DROP FUNCTION hubs_code_is_free();
DROP TRIGGER hubs_activity_keep_counters ON hubs_activity;
DROP TRIGGER hubs_activity_start_counters ON hubs_activity;
DROP TRIGGER hubs_meeting_changed ON hubs_meeting;
DROP FUNCTION hubs_activity_keep_counters();
DROP FUNCTION hubs_activity_start_counters();
DROP FUNCTION hubs_meeting_changed();
DROP FUNCTION hubs_activity_follow_meetings(bigint, boolean);
"""


class Migration(migrations.Migration):
    dependencies = [("hubs", "0001_initial")]

    operations = [
        migrations.RunSQL(sql=FOLLOW_MEETINGS + GUARD_COUNTERS + ONE_SET_OF_CODES + ROOMS_OF_THE_HUB, reverse_sql=DROP)
    ]
