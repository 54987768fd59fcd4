from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0005_versioned_timeline"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(fields=["made_at"], name="content_revision_made_at"),
        ),
    ]
