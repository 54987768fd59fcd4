"""The index of what is due in the order in which it goes out: one worker takes one mail without sorting all others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("signups", "0008_walk_ins_per_meeting")]

    operations = [
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(
                models.Case(
                    models.When(kind__in=("date_cancelled", "date_moved", "reminder"), then=1),
                    models.When(kind__in=("letter", "interest_match", "thanks"), then=2),
                    default=0,
                    output_field=models.SmallIntegerField(),
                ),
                models.F("due_at"),
                models.F("id"),
                condition=models.Q(("state__in", ["queued", "sending"])),
                name="signups_outbox_in_turn",
            ),
        ),
        migrations.RemoveIndex(model_name="outboxmessage", name="signups_outbox_due"),
    ]
