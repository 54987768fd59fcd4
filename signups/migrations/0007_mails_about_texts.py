import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0006_recent_revisions"),
        ("partners", "0005_office_invitations"),
        ("signups", "0006_wish_without_level"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="outboxmessage",
            name="signups_outbox_one_receiver",
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="colleague",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to=settings.AUTH_USER_MODEL,
                verbose_name="collega",
            ),
        ),
        migrations.AddField(
            model_name="outboxmessage",
            name="revision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="content.revision",
                verbose_name="stap van een tekst",
            ),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="kind",
            field=models.CharField(
                choices=[
                    ("prove", "bevestig je aanmelding"),
                    ("consent", "vraag om toestemming"),
                    ("prove_class", "bevestig je klas"),
                    ("already", "je was al aangemeld"),
                    ("confirmed", "je plek is zeker"),
                    ("waiting", "je staat op de wachtlijst"),
                    ("offer", "er is plek voor je"),
                    ("offer_ran_out", "het aanbod is verlopen"),
                    ("list_closed", "de wachtlijst is gesloten"),
                    ("changed", "je aanmelding is veranderd"),
                    ("cancelled", "je bent afgemeld"),
                    ("date_cancelled", "de activiteit gaat niet door"),
                    ("date_moved", "de activiteit is veranderd"),
                    ("reminder", "het is bijna zover"),
                    ("links", "je links"),
                    ("thanks", "bedankt dat je er was"),
                    ("letter", "bericht van de organisatie"),
                    ("interest_prove", "bevestig je adres"),
                    ("interest_match", "er is een datum die past"),
                    ("invitation", "uitnodiging voor een medewerker"),
                    ("review_asked", "een tekst om te beoordelen"),
                    ("text_sent_back", "je tekst kwam terug"),
                    ("text_published", "je tekst is goedgekeurd"),
                ],
                max_length=15,
                verbose_name="soort",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("colleague", None), ("date_interest", None), ("invitation", None), ("sign_up__isnull", False)
                    ),
                    models.Q(
                        ("colleague", None), ("date_interest__isnull", False), ("invitation", None), ("sign_up", None)
                    ),
                    models.Q(
                        ("colleague", None), ("date_interest", None), ("invitation__isnull", False), ("sign_up", None)
                    ),
                    models.Q(
                        ("colleague__isnull", False), ("date_interest", None), ("invitation", None), ("sign_up", None)
                    ),
                    _connector="OR",
                ),
                name="signups_outbox_one_receiver",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("colleague__isnull", False),
                        ("kind__in", ("review_asked", "text_sent_back", "text_published")),
                        ("revision__isnull", False),
                    ),
                    models.Q(
                        models.Q(("kind__in", ("review_asked", "text_sent_back", "text_published")), _negated=True),
                        ("colleague", None),
                        ("revision", None),
                    ),
                    _connector="OR",
                ),
                name="signups_outbox_text_to_colleague",
            ),
        ),
    ]
