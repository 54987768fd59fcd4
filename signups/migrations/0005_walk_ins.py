"""Who came to the door without signing up, and a sign-up that replaces another one when it is moved to another date."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("signups", "0003_attendance")]

    operations = [
        migrations.RemoveConstraint(
            model_name="signup",
            name="signups_signup_kind_fits",
        ),
        migrations.RemoveConstraint(
            model_name="signup",
            name="signups_signup_ended_with_reason",
        ),
        migrations.AddField(
            model_name="signup",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="replaced_by",
                to="signups.signup",
                verbose_name="komt in plaats van",
            ),
        ),
        migrations.AlterField(
            model_name="signup",
            name="ending",
            field=models.CharField(
                blank=True,
                choices=[
                    ("own", "zelf afgemeld"),
                    ("refused", "geen toestemming"),
                    ("declined", "aanbod afgeslagen"),
                    ("staff", "door een medewerker"),
                    ("moved", "verplaatst naar een andere datum"),
                    ("activity_cancelled", "activiteit afgelast"),
                    ("not_proven", "niet op tijd bevestigd"),
                    ("offer_ran_out", "aanbod verlopen"),
                    ("list_closed", "wachtlijst gesloten"),
                ],
                max_length=20,
                verbose_name="reden van einde",
            ),
        ),
        migrations.AlterField(
            model_name="signup",
            name="kind",
            field=models.CharField(
                choices=[("person", "persoon"), ("class", "klas"), ("walk_in", "zonder aanmelding")],
                max_length=7,
                verbose_name="soort",
            ),
        ),
        migrations.AlterField(
            model_name="total",
            name="kind",
            field=models.CharField(
                choices=[("person", "persoon"), ("class", "klas"), ("walk_in", "zonder aanmelding")],
                max_length=7,
                verbose_name="soort",
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
                    models.Q(("kind", "walk_in"), ("pupils__gte", 1), ("seats__gte", 1)),
                    _connector="OR",
                ),
                name="signups_signup_kind_fits",
            ),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "walk_in"), _negated=True),
                    models.Q(
                        ("adults", None),
                        ("age_band", ""),
                        ("audience", ""),
                        ("contact_name", ""),
                        ("email", ""),
                        ("name", ""),
                        ("phone", ""),
                        ("remarks", ""),
                        ("school", None),
                        ("school_other", ""),
                    ),
                    _connector="OR",
                ),
                name="signups_signup_walk_in_names_nobody",
            ),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "walk_in"), _negated=True),
                    models.Q(("proof", "staff"), ("state__in", ["confirmed", "cancelled"])),
                    _connector="OR",
                ),
                name="signups_signup_walk_in_is_certain",
            ),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at", None),
                        ("ending", ""),
                        ("state__in", ("requested", "offered", "confirmed", "waiting")),
                    ),
                    models.Q(
                        models.Q(("state__in", ("requested", "offered", "confirmed", "waiting")), _negated=True),
                        ("ended_at__isnull", False),
                        (
                            "ending__in",
                            [
                                "own",
                                "refused",
                                "declined",
                                "staff",
                                "moved",
                                "activity_cancelled",
                                "not_proven",
                                "offer_ran_out",
                                "list_closed",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="signups_signup_ended_with_reason",
            ),
        ),
    ]
