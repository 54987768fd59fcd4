"""What can be learnt or done at a hub, without a date."""

from datetime import datetime
from typing import Any, Self
from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.models import (
    Confirmable,
    Illustrated,
    ManagedQuerySet,
    OfficeOnlyQuerySet,
    Published,
    PublishedQuerySet,
    Versioned,
    english,
    published_condition,
    web_address,
)
from content.richtext import RichTextField
from hubs.models.audience import Audience, Phase, Track, audiences_field, phases_field
from hubs.models.hub import Hub
from hubs.models.level import EducationLevel
from hubs.models.theme import Pictogram, Theme
from partners.models import Partner, PartnerRole


class ProgrammeKind(models.TextChoices):
    """The form it takes."""

    SCHOOL_LESSON = "school_lesson", _("les voor scholen")
    GUEST_LESSON = "guest_lesson", _("gastles")
    WORKSHOP = "workshop", _("workshop")
    CLUB = "club", _("club")
    COURSE = "course", _("cursus")
    VOCATIONAL = "vocational", _("opleiding")
    RETRAINING = "retraining", _("omscholing")
    COMPANY_VISIT = "company_visit", _("bedrijfsbezoek")
    OPEN_EVENING = "open_evening", _("open avond")
    CONTEST = "contest", _("wedstrijd")


class ProgrammeQuerySet(PublishedQuerySet, ManagedQuerySet):  # type: ignore[override]  # as_manager is typed per class
    """published, managed_by"""

    def published(self, at: datetime | None = None) -> Self:
        """A programme is public only where its hub is."""
        return super().published(at).filter(published_condition("hub__", at))

    def _of_staff(self, user: Any) -> Self:
        """What the user's partners run, or what belongs to a hub that they run."""
        run = ProgrammePartner.objects.filter(role=PartnerRole.RUNS, partner__memberships__user=user)
        return self.filter(
            models.Q(pk__in=run.values("programme")) | models.Q(hub__in=Hub.objects.managed_by(user).values("pk"))
        )

    def _of_managers(self, user: Any) -> Self:
        """The same of the partners of which the user is a manager."""
        led = Partner.objects.decided_by(user).values("pk")
        run = ProgrammePartner.objects.filter(role=PartnerRole.RUNS, partner__in=led)
        return self.filter(
            models.Q(pk__in=run.values("programme")) | models.Q(hub__in=Hub.objects.decided_by(user).values("pk"))
        )


class Programme(Published, Versioned, Illustrated, Confirmable):
    """One offer of a hub: what you do, for whom, what comes next."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    hub = models.ForeignKey(Hub, verbose_name=_("hub"), on_delete=models.PROTECT, related_name="programmes")
    slug = web_address("leer-lassen", max_length=80)
    kind = models.CharField(_("vorm"), max_length=20, choices=ProgrammeKind.choices)
    title = models.CharField(_("titel"), max_length=120)
    title_en = english(title)
    summary = models.TextField(
        _("samenvatting"), max_length=300, help_text=_("Wat ga je doen? Eén of twee zinnen; staat in lijsten.")
    )
    summary_en = english(summary)
    body = RichTextField(_("tekst"), blank=True)
    body_en = english(body)
    preparation = models.TextField(_("voorbereiding"), max_length=600, blank=True)
    preparation_en = english(preparation)
    clothing = models.TextField(_("kleding"), max_length=300, blank=True)
    clothing_en = english(clothing)
    levels = models.ManyToManyField(EducationLevel, verbose_name=_("niveaus"), blank=True, related_name="programmes")
    audiences = audiences_field()
    phases = phases_field()
    track = models.CharField(_("leerweg"), max_length=3, choices=Track.choices, blank=True)
    recognised_programme_code = models.CharField(
        _("erkende opleidingscode"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^\d{5}$", _("Vul vijf cijfers in."))],
        help_text=_("Alleen voor erkende mbo-opleidingen (vroeger: crebo)."),
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("thema's"), blank=True, related_name="programmes")
    pictogram = models.CharField(
        _("pictogram"),
        max_length=20,
        choices=Pictogram.choices,
        blank=True,
        help_text=_("Leeg: het pictogram van het eerste thema. Een foto gaat voor."),
    )
    partners = models.ManyToManyField(
        Partner, verbose_name=_("partners"), through="ProgrammePartner", related_name="programmes"
    )
    leads_to = models.ManyToManyField(
        "self",
        verbose_name=_("hierna kun je naar"),
        symmetrical=False,
        blank=True,
        related_name="follows_from",
    )
    is_example = models.BooleanField(_("voorbeeld"), default=False, editable=False)

    objects = ProgrammeQuerySet.as_manager()
    recorded_rows = ("partner_roles",)

    class Meta:
        verbose_name = _("programma")
        verbose_name_plural = _("programma's")
        ordering = ["title", "pk"]
        indexes = [GinIndex(fields=["audiences"], name="hubs_programme_audiences")]
        constraints = [
            *Published.Meta.constraints,
            *Illustrated.Meta.constraints,
            models.CheckConstraint(name="hubs_programme_known_kind", condition=models.Q(kind__in=ProgrammeKind.values)),
            models.CheckConstraint(
                name="hubs_programme_known_audiences", condition=models.Q(audiences__contained_by=Audience.values)
            ),
            models.CheckConstraint(
                name="hubs_programme_known_phases", condition=models.Q(phases__contained_by=Phase.values)
            ),
            models.CheckConstraint(
                name="hubs_programme_known_pictogram", condition=models.Q(pictogram__in=["", *Pictogram.values])
            ),
            models.CheckConstraint(
                name="hubs_programme_known_track", condition=models.Q(track__in=["", *Track.values])
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programme", args=[self.slug])

    def shown_with(self) -> list[Published]:
        """Visitors see it where they see its hub."""
        return [self.hub]

    def not_shown_with(self) -> "models.QuerySet[Programme]":
        return Programme._base_manager.filter(hub=self.hub_id).exclude(pk=self.pk)

    def clean(self) -> None:
        """A trigger refuses it too (migration 0002); here it becomes a sentence."""
        in_rooms = self.activities.filter(meetings__room__isnull=False) if self.pk and self.hub_id else None
        if in_rooms is not None and in_rooms.exclude(meetings__room__hub=self.hub_id).exists():
            raise ValidationError({"hub": _("Er zijn datums in een ruimte van de vorige hub. Verander die eerst.")})


class ProgrammePartner(models.Model):
    """What a partner does in a programme."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programma"), on_delete=models.CASCADE, related_name="partner_roles"
    )
    partner = models.ForeignKey(
        Partner, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="programme_roles"
    )
    role = models.CharField(_("rol"), max_length=10, choices=PartnerRole.choices)

    objects = OfficeOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner van het programma")
        verbose_name_plural = _("partners van het programma")
        ordering = ["partner__name", "role"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "partner", "role"], name="hubs_programmepartner_once"),
            models.CheckConstraint(
                name="hubs_programmepartner_known_role", condition=models.Q(role__in=PartnerRole.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.get_role_display()}"
