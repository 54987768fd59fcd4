import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    """An invitation without a partner is one to the programme office; the database takes no other sort."""

    dependencies = [
        ("partners", "0004_password_mails"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="invitation", name="partners_invitation_known_role"),
        migrations.RemoveConstraint(model_name="invitation", name="partners_invitation_one_open"),
        migrations.AlterField(
            model_name="invitation",
            name="partner",
            field=models.ForeignKey(
                blank=True,
                help_text="Leeg: een uitnodiging voor het programmabureau.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="partners.partner",
                verbose_name="partner",
            ),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="role",
            field=models.CharField(
                choices=[("editor", "redacteur"), ("manager", "beheerder"), ("office", "programmabureau")],
                default="editor",
                max_length=10,
                verbose_name="rol",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("partner__isnull", False), ("role__in", ["editor", "manager"])),
                    models.Q(("partner", None), ("role", "office")),
                    _connector="OR",
                ),
                name="partners_invitation_known_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                models.F("partner"),
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("accepted_at", None), ("withdrawn_at", None)),
                name="partners_invitation_one_open",
                nulls_distinct=False,
                violation_error_message="Er loopt al een uitnodiging voor dit e-mailadres.",
            ),
        ),
    ]
