"""Who is noted at a meeting signed up for that meeting's activity, from whichever side that changes.

Plain SQL that runs on PostgreSQL 15 to 18.
"""

from django.db import migrations

FIT = """
CREATE FUNCTION signups_attendance_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stray boolean;
BEGIN
    EXECUTE format(
        'SELECT EXISTS (SELECT 1 FROM signups_attendance attendance
            JOIN signups_signup sign_up ON sign_up.id = attendance.sign_up_id
            JOIN hubs_meeting meeting ON meeting.id = attendance.meeting_id
           WHERE meeting.activity_id <> sign_up.activity_id AND %I.id = $1)', TG_ARGV[0]) INTO stray USING NEW.id;
    IF stray THEN
        RAISE EXCEPTION 'somebody is noted at a meeting of another activity'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signups_attendance_of_the_activity';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER signups_attendance_fits AFTER INSERT OR UPDATE OF sign_up_id, meeting_id ON signups_attendance
    FOR EACH ROW EXECUTE FUNCTION signups_attendance_fits('attendance');
CREATE TRIGGER signups_attendance_fits AFTER UPDATE OF activity_id ON signups_signup
    FOR EACH ROW WHEN (NEW.activity_id <> OLD.activity_id) EXECUTE FUNCTION signups_attendance_fits('sign_up');
CREATE TRIGGER signups_attendance_fits AFTER UPDATE OF activity_id ON hubs_meeting
    FOR EACH ROW WHEN (NEW.activity_id <> OLD.activity_id) EXECUTE FUNCTION signups_attendance_fits('meeting');
"""

DROP = """
DROP TRIGGER signups_attendance_fits ON hubs_meeting;
DROP TRIGGER signups_attendance_fits ON signups_signup;
DROP TRIGGER signups_attendance_fits ON signups_attendance;
DROP FUNCTION signups_attendance_fits();
"""


class Migration(migrations.Migration):
    dependencies = [("signups", "0002_counters")]

    operations = [migrations.RunSQL(sql=FIT, reverse_sql=DROP)]
