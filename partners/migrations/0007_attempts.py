import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """What counted mails about passwords counts wrong passwords and codes too; what was counted in this hour is let go."""

    dependencies = [
        ("partners", "0006_versioned_schools"),
    ]

    operations = [
        migrations.DeleteModel(name="PasswordMail"),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(editable=False, max_length=64)),
                (
                    "tried_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["mark", "tried_at"], name="partners_attempt_in_period")],
            },
        ),
    ]
