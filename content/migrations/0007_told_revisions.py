from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0006_recent_revisions"),
    ]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="told_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
