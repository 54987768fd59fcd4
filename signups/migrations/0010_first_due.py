"""Since when a mail could go out. What waits at this moment counts from when it was written, as it did until now."""

from typing import Any

from django.db import migrations, models
from django.db.models.functions import Now


def count_from_writing(apps: Any, _schema_editor: Any) -> None:
    messages = apps.get_model("signups", "OutboxMessage").objects
    messages.filter(state__in=["queued", "sending"]).update(first_due_at=models.F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("signups", "0009_outbox_in_turn")]

    operations = [
        migrations.AddField(
            model_name="outboxmessage",
            name="first_due_at",
            field=models.DateTimeField(db_default=Now(), editable=False),
        ),
        migrations.RunPython(count_from_writing, migrations.RunPython.noop),
    ]
