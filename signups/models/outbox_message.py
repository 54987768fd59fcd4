"""Mails that have to go out, written in the transaction of what they tell. No rendered text, no token, no address."""

from datetime import datetime
from typing import Any, Final, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from content.models import ManagedQuerySet, Revision
from hubs.models import Activity
from partners.models import Invitation, User
from signups.models.date_interest import DateInterest
from signups.models.letter import Letter
from signups.models.sign_up import SignUp

Addressee = SignUp | DateInterest | Invitation  # has a link of its own
Receiver = Addressee | User


class MailKind(models.TextChoices):
    """What the mail says; the words of each are in signups/mails/words.py."""

    PROVE = "prove", _("bevestig je aanmelding")
    CONSENT = "consent", _("vraag om toestemming")
    PROVE_CLASS = "prove_class", _("bevestig je klas")
    ALREADY = "already", _("je was al aangemeld")
    CONFIRMED = "confirmed", _("je plek is zeker")
    WAITING = "waiting", _("je staat op de wachtlijst")
    OFFER = "offer", _("er is plek voor je")
    OFFER_RAN_OUT = "offer_ran_out", _("het aanbod is verlopen")
    LIST_CLOSED = "list_closed", _("de wachtlijst is gesloten")
    CHANGED = "changed", _("je aanmelding is veranderd")
    CANCELLED = "cancelled", _("je bent afgemeld")
    DATE_CANCELLED = "date_cancelled", _("de activiteit gaat niet door")
    DATE_MOVED = "date_moved", _("de activiteit is veranderd")
    REMINDER = "reminder", _("het is bijna zover")
    LINKS = "links", _("je links")
    THANKS = "thanks", _("bedankt dat je er was")
    LETTER = "letter", _("bericht van de organisatie")
    INTEREST_PROVE = "interest_prove", _("bevestig je adres")
    INTEREST_MATCH = "interest_match", _("er is een datum die past")
    INVITATION = "invitation", _("uitnodiging voor een medewerker")
    REVIEW_ASKED = "review_asked", _("een tekst om te beoordelen")
    TEXT_SENT_BACK = "text_sent_back", _("je tekst kwam terug")
    TEXT_PUBLISHED = "text_published", _("je tekst is goedgekeurd")


ABOUT_TEXTS: Final = (MailKind.REVIEW_ASKED, MailKind.TEXT_SENT_BACK, MailKind.TEXT_PUBLISHED)  # to colleagues


# What goes to many at once lets others go first: a letter to hundreds must not keep somebody from a confirmation.
TO_MANY = (MailKind.DATE_CANCELLED, MailKind.DATE_MOVED, MailKind.REMINDER)
NO_HURRY = (MailKind.LETTER, MailKind.INTEREST_MATCH, MailKind.THANKS)
HURRY = models.Case(
    models.When(kind__in=TO_MANY, then=1),
    models.When(kind__in=NO_HURRY, then=2),
    default=0,
    output_field=models.SmallIntegerField(),
)


class Delivery(models.TextChoices):
    """queued → sending (for as long as its lease) → sent, failed, or dropped: overtaken before it went out."""

    QUEUED = "queued", _("wacht")
    SENDING = "sending", _("wordt verstuurd")
    SENT = "sent", _("verstuurd")
    FAILED = "failed", _("mislukt")
    DROPPED = "dropped", _("niet meer nodig")


class OutboxMessageQuerySet(ManagedQuerySet["OutboxMessage"]):
    """due, managed_by"""

    def due(self, now: datetime) -> Self:
        """To be sent now: queued, or claimed by a worker whose lease ran out.

        First what somebody waits for, last what goes to many and has no hurry; of these the longest waiting first.
        """
        due = self.filter(state__in=[Delivery.QUEUED, Delivery.SENDING], due_at__lte=now)
        return due.order_by(HURRY, "due_at", "pk")

    def _of_staff(self, user: Any) -> Self:
        return self.filter(sign_up__activity__in=Activity.objects.managed_by(user).values("pk"))


class OutboxMessage(models.Model):
    """One mail to one receiver. `uuid` makes its Message-ID, the same at every attempt."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("soort"), max_length=15, choices=MailKind.choices)
    sign_up = models.ForeignKey(
        SignUp, verbose_name=_("aanmelding"), on_delete=models.CASCADE, null=True, blank=True, related_name="messages"
    )
    date_interest = models.ForeignKey(
        DateInterest,
        verbose_name=_("datumwens"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="messages",
    )
    invitation = models.ForeignKey(
        Invitation,
        verbose_name=_("uitnodiging"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="messages",
    )
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("collega"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="messages",
    )
    revision = models.ForeignKey(
        Revision,
        verbose_name=_("stap van een tekst"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="messages",
    )
    letter = models.ForeignKey(
        Letter, verbose_name=_("bericht"), on_delete=models.CASCADE, null=True, blank=True, related_name="messages"
    )
    dedupe_key = models.CharField(max_length=80, unique=True)
    state = models.CharField(_("stand"), max_length=7, choices=Delivery.choices, default=Delivery.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    created_at = models.DateTimeField(_("gemaakt op"), db_default=Now(), editable=False)
    due_at = models.DateTimeField(_("volgende poging"), db_default=Now())
    first_due_at = models.DateTimeField(db_default=Now(), editable=False)  # before it was put off by any fault
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("verstuurd op"), null=True, blank=True)
    error = models.CharField(_("fout"), max_length=200, blank=True)

    objects = OutboxMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                HURRY,
                "due_at",
                "id",
                name="signups_outbox_in_turn",  # as `due` orders them
                condition=models.Q(state__in=[Delivery.QUEUED, Delivery.SENDING]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="signups_outbox_one_receiver",
                condition=models.Q(sign_up__isnull=False, date_interest=None, invitation=None, colleague=None)
                | models.Q(sign_up=None, date_interest__isnull=False, invitation=None, colleague=None)
                | models.Q(sign_up=None, date_interest=None, invitation__isnull=False, colleague=None)
                | models.Q(sign_up=None, date_interest=None, invitation=None, colleague__isnull=False),
            ),
            models.CheckConstraint(
                name="signups_outbox_text_to_colleague",
                condition=models.Q(kind__in=ABOUT_TEXTS, revision__isnull=False, colleague__isnull=False)
                | (~models.Q(kind__in=ABOUT_TEXTS) & models.Q(revision=None, colleague=None)),
            ),
            models.CheckConstraint(
                name="signups_outbox_letter_to_sign_up",
                condition=models.Q(kind=MailKind.LETTER, letter__isnull=False, sign_up__isnull=False)
                | (~models.Q(kind=MailKind.LETTER) & models.Q(letter=None)),
            ),
            models.CheckConstraint(name="signups_outbox_known_state", condition=models.Q(state__in=Delivery.values)),
            models.CheckConstraint(
                name="signups_outbox_sending_has_lease",
                condition=models.Q(state=Delivery.SENDING, lease_until__isnull=False)
                | (~models.Q(state=Delivery.SENDING) & models.Q(lease_until=None)),
            ),
            models.CheckConstraint(
                name="signups_outbox_sent_has_moment",
                condition=models.Q(state=Delivery.SENT, sent_at__isnull=False)
                | (~models.Q(state=Delivery.SENT) & models.Q(sent_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def receiver(self) -> Receiver:
        """The one row that this mail is about and whose address it goes to."""
        by_visitors = self.sign_up or self.date_interest
        return by_visitors or self.invitation or self.colleague  # type: ignore[return-value]  # the CHECK says so
