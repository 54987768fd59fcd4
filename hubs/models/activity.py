"""A programme on dates that one can sign up for."""

from datetime import datetime, timedelta
from typing import Any, Self
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content import dates
from content.models import ManagedQuerySet, Versioned, english, moments_in_bounds, published_condition
from hubs.models.hub import Room
from hubs.models.programme import Programme

LONGEST_MEETING = timedelta(hours=24)


class Counting(models.TextChoices):
    """What takes a seat."""

    HEADS = "heads", _("leerlingen of deelnemers")
    CLASSES = "classes", _("hele klassen")


# A seat for a newcomer; where only classes come and heads are counted, seats for the smallest class.
ROOM = models.Q(capacity=None) | models.Q(taken__lt=models.F("capacity")) & (
    models.Q(for_persons=True)
    | models.Q(counts=Counting.CLASSES)
    | models.Q(taken__lte=models.F("capacity") - Coalesce(models.F("class_size_min"), 1))
)


class ActivityQuerySet(ManagedQuerySet):
    """public, upcoming, with_free_seats, managed_by"""

    def public(self, at: datetime | None = None) -> Self:
        """On dates, of a published programme at a published hub; cancelled ones stay visible as cancelled."""
        return self.filter(
            published_condition("programme__", at),
            published_condition("programme__hub__", at),
            first_starts_at__isnull=False,
        )

    def upcoming(self, at: datetime | None = None) -> Self:
        """Not begun yet, the first to start first: a course that runs already is nobody's to join any more."""
        return self.filter(first_starts_at__gt=Now() if at is None else at).order_by("first_starts_at", "pk")

    def with_free_seats(self, at: datetime) -> Self:
        """Open for a newcomer at this moment (as hubs/availability): a seat left, and nobody waiting in front."""
        opened = models.Q(signup_opens_at=None) | models.Q(signup_opens_at__lte=at)
        not_closed = models.Q(signup_closes_at=None) | models.Q(signup_closes_at__gt=at)
        return self.filter(ROOM, opened, not_closed, first_starts_at__gt=at, cancelled_at=None, waiting=0)

    def _of_staff(self, user: Any) -> Self:
        """Managed by whoever manages the programme."""
        return self.filter(programme__in=Programme.objects.managed_by(user).values("pk"))


class Activity(Versioned):
    """One or more meetings with seats. Triggers write the counters, the first and the last moment (migration 0002)."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme, verbose_name=_("programma"), on_delete=models.PROTECT, related_name="activities"
    )
    note = models.CharField(
        _("bijzonderheid"),
        max_length=120,
        blank=True,
        help_text=_("Alleen voor deze datum, bijvoorbeeld: met proefles."),
    )
    note_en = english(note)
    for_persons = models.BooleanField(_("voor personen"), default=True)
    for_classes = models.BooleanField(_("voor klassen"), default=False)
    counts = models.CharField(_("plekken tellen"), max_length=7, choices=Counting.choices, default=Counting.HEADS)
    capacity = models.PositiveIntegerField(
        _("aantal plekken"), null=True, blank=True, help_text=_("Leeg: onbeperkt. 0: geen plekken.")
    )
    class_size_min = models.PositiveIntegerField(
        _("kleinste klas"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    class_size_max = models.PositiveIntegerField(
        _("grootste klas"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    signup_opens_at = models.DateTimeField(_("aanmelden vanaf"), null=True, blank=True)
    signup_closes_at = models.DateTimeField(
        _("aanmelden tot"), null=True, blank=True, help_text=_("Leeg: tot het begin.")
    )
    waiting_limit = models.PositiveIntegerField(
        _("plekken op de wachtlijst"), null=True, blank=True, help_text=_("Leeg: onbeperkt. 0: geen wachtlijst.")
    )
    price = models.DecimalField(
        _("prijs in euro"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("0: gratis. Leeg: de site zegt dat de prijs nog niet bekend is."),
    )
    cancelled_at = models.DateTimeField(_("afgelast op"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("reden van afgelasten"), max_length=300, blank=True)
    is_example = models.BooleanField(_("voorbeeld"), default=False, editable=False)
    # Below: the database's own columns. Whatever code writes here, the guarding triggers put the old value back.
    taken = models.PositiveIntegerField(_("bezet"), default=0, editable=False)
    waiting = models.PositiveIntegerField(
        _("wachtend"),
        default=0,
        editable=False,
        help_text=_("Wie de wachtplek bevestigde, en dus aan de beurt kan komen."),
    )
    queued = models.PositiveIntegerField(
        _("op de wachtlijst"), default=0, editable=False, help_text=_("Iedereen op de lijst, bevestigd of nog niet.")
    )
    revision = models.PositiveIntegerField(_("herziening"), default=0, editable=False)
    first_starts_at = models.DateTimeField(_("begint"), null=True, editable=False)
    last_ends_at = models.DateTimeField(_("eindigt"), null=True, editable=False)

    objects = ActivityQuerySet.as_manager()
    recorded_rows = ("meetings",)

    class Meta:
        verbose_name = _("activiteit")
        verbose_name_plural = _("activiteiten")
        ordering = ["first_starts_at", "pk"]
        indexes = [
            models.Index(fields=["first_starts_at", "id"], name="hubs_activity_by_start"),
            models.Index(fields=["programme", "first_starts_at"], name="hubs_activity_of_programme"),
            models.Index(fields=["last_ends_at"], name="hubs_activity_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                name="hubs_activity_never_oversold",
                condition=models.Q(taken__gte=0)
                & (models.Q(capacity=None) | models.Q(taken__lte=models.F("capacity"))),
                violation_error_message=_("Er zijn al meer plekken bezet dan dit aantal."),
            ),
            models.CheckConstraint(
                name="hubs_activity_for_someone",
                condition=models.Q(for_persons=True) | models.Q(for_classes=True),
                violation_error_message=_("Kies personen, klassen of allebei."),
            ),
            models.CheckConstraint(
                name="hubs_activity_class_sizes_ordered",
                condition=models.Q(class_size_min=None)
                | models.Q(class_size_max=None)
                | models.Q(class_size_max__gte=models.F("class_size_min")),
                violation_error_message=_("De grootste klas is kleiner dan de kleinste klas."),
            ),
            models.CheckConstraint(
                name="hubs_activity_class_size_positive",
                condition=(models.Q(class_size_min=None) | models.Q(class_size_min__gte=1))
                & (models.Q(class_size_max=None) | models.Q(class_size_max__gte=1)),
            ),
            models.CheckConstraint(
                name="hubs_activity_opens_before_closes",
                condition=models.Q(signup_opens_at=None)
                | models.Q(signup_closes_at=None)
                | models.Q(signup_closes_at__gt=models.F("signup_opens_at")),
                violation_error_message=_("Aanmelden sluit voordat het opengaat."),
            ),
            models.CheckConstraint(
                name="hubs_activity_price_not_negative",
                condition=models.Q(price=None) | models.Q(price__gte=0),
                violation_error_message=_("Een prijs is nul of meer."),
            ),
            models.CheckConstraint(
                name="hubs_activity_cancelled_with_reason",
                condition=models.Q(cancelled_at=None, cancel_reason="")
                | (models.Q(cancelled_at__isnull=False) & ~models.Q(cancel_reason="")),
                violation_error_message=_("Zeg bij afgelasten waarom."),
            ),
            models.CheckConstraint(name="hubs_activity_known_counting", condition=models.Q(counts__in=Counting.values)),
            moments_in_bounds("hubs_activity_window_in_bounds", "signup_opens_at", "signup_closes_at"),
        ]

    @property
    def is_made_up(self) -> bool:
        """An example, or a date of an example."""
        return self.is_example or self.programme.is_example

    def __str__(self) -> str:
        day = dates.short_day(self.first_starts_at) if self.first_starts_at else _("zonder datum")
        return f"{self.programme}, {day}"

    def get_absolute_url(self) -> str:
        return reverse("activity", args=[self.pk])


class Meeting(models.Model):
    """One gathering of an activity, in a room of the hub or at a place in words."""

    activity = models.ForeignKey(
        Activity, verbose_name=_("activiteit"), on_delete=models.CASCADE, related_name="meetings"
    )
    starts_at = models.DateTimeField(_("begin"))
    ends_at = models.DateTimeField(_("einde"))
    room = models.ForeignKey(
        Room, verbose_name=_("ruimte"), on_delete=models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    place = models.CharField(
        _("andere plek"), max_length=200, blank=True, help_text=_("Alleen als het niet in een ruimte van de hub is.")
    )

    class Meta:
        verbose_name = _("bijeenkomst")
        verbose_name_plural = _("bijeenkomsten")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="hubs_meeting_ends_after_start",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                violation_error_message=_("Het einde ligt vóór het begin."),
            ),
            models.CheckConstraint(
                name="hubs_meeting_one_place",
                condition=models.Q(room=None) | models.Q(place=""),
                violation_error_message=_("Kies een ruimte of vul een andere plek in, niet allebei."),
            ),
            models.UniqueConstraint(
                fields=["activity", "starts_at"],
                name="hubs_meeting_once",
                violation_error_message=_("Deze activiteit heeft al een bijeenkomst op dit moment."),
            ),
            moments_in_bounds("hubs_meeting_in_bounds", "starts_at", "ends_at"),
            models.CheckConstraint(
                name="hubs_meeting_at_most_a_day",
                condition=models.Q(ends_at__lte=models.F("starts_at") + LONGEST_MEETING),
                violation_error_message=_("Een bijeenkomst duurt hoogstens 24 uur. Maak er anders meer van."),
            ),
        ]

    def __str__(self) -> str:
        return f"{dates.day(self.starts_at)}, {dates.time_range(self.starts_at, self.ends_at)}"

    def clean(self) -> None:
        """A trigger refuses it too (migration 0002); here it becomes a sentence."""
        if self.room and self.activity.programme_id and self.room.hub_id != self.activity.programme.hub_id:
            raise ValidationError({"room": _("Kies een ruimte van de hub waar deze activiteit bij hoort.")})
