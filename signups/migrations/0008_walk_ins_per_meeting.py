"""Walk-ins hold their seats for as long as their meeting lasts, and none after it; an index finds those who still do."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("signups", "0007_mails_about_texts")]

    operations = [
        migrations.RemoveConstraint(
            model_name="signup",
            name="signups_signup_kind_fits",
        ),
        migrations.AddIndex(
            model_name="signup",
            index=models.Index(
                condition=models.Q(("kind", "walk_in"), ("seats__gt", 0), ("state", "confirmed")),
                fields=["activity"],
                name="signups_walk_ins_seated",
            ),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("adults", None), ("kind", "person"), ("pupils", None), ("seats", 1)),
                    models.Q(
                        ("adults__gte", 0), ("age_band", ""), ("kind", "class"), ("pupils__gte", 1), ("seats__gte", 1)
                    ),
                    models.Q(("kind", "walk_in"), ("pupils__gte", 1), ("seats__gte", 0)),
                    _connector="OR",
                ),
                name="signups_signup_kind_fits",
            ),
        ),
    ]
