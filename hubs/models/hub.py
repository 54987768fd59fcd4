"""The workshops where technology is taught hands-on."""

from typing import Any, Self
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower, Upper
from django.urls import reverse
from django.utils.translation import gettext
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
    web_address,
)
from content.richtext import RichTextField
from hubs.models.audience import Audience, Phase, audiences_field, phases_field
from hubs.models.level import EducationLevel
from hubs.models.theme import Theme
from partners.models import Partner, PartnerRole

POSTCODE = r"^[1-9]\d{3} (?!SA|SD|SS)[A-Z]{2}$"
TELEPHONE = r"^\+[1-9]\d{6,14}$"  # E.164
ONE_CAPITAL = _("Vul één hoofdletter in, zoals W.")


class HubColour(models.TextChoices):
    """Colour fields that are legible in both schemes; each has its own line texture on the map."""

    ORANGE = "orange", _("oranje")
    BLUE = "blue", _("blauw")
    GREEN = "green", _("groen")
    PURPLE = "purple", _("paars")
    TEAL = "teal", _("zeegroen")
    MAGENTA = "magenta", _("magenta")


def capital(letter: str) -> None:
    """A letter that has a small form too, and is not it."""
    if not (len(letter) == 1 and letter.upper() == letter != letter.lower()):
        raise ValidationError(ONE_CAPITAL, code="capital")


class HubQuerySet(PublishedQuerySet, ManagedQuerySet):  # type: ignore[override]  # as_manager is typed per class
    """published, managed_by"""

    def _of_staff(self, user: Any) -> Self:
        """The hubs that the user's partners run."""
        return self.filter(
            pk__in=HubPartner.objects.filter(role=PartnerRole.RUNS, partner__memberships__user=user).values("hub")
        )

    def _of_managers(self, user: Any) -> Self:
        """The hubs that partners run of which the user is a manager."""
        led = Partner.objects.decided_by(user).values("pk")
        return self.filter(pk__in=HubPartner.objects.filter(role=PartnerRole.RUNS, partner__in=led).values("hub"))


class Hub(Published, Versioned, Illustrated, Confirmable):
    """One workshop with its place, the way there, and what it offers to whom."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    slug = web_address("technohub-woerden")
    name = models.CharField(_("naam"), max_length=60)
    town = models.CharField(_("plaats"), max_length=40)
    letter = models.CharField(
        _("letter"),
        max_length=1,
        unique=True,
        validators=[capital],
        help_text=_("Eén hoofdletter: het teken van de hub op borden en kaart."),
        error_messages={"unique": _("Een andere hub heeft deze letter al. Kies een andere hoofdletter.")},
    )
    colour = models.CharField(_("kleur"), max_length=10, choices=HubColour.choices)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    summary = models.TextField(_("samenvatting"), max_length=400)
    summary_en = english(summary)
    body = RichTextField(_("tekst"), blank=True)
    body_en = english(body)
    place = models.CharField(_("gebouw of terrein"), max_length=120, blank=True)
    place_en = english(place)
    street = models.CharField(_("straat en huisnummer"), max_length=120, blank=True)
    postcode = models.CharField(
        _("postcode"),
        max_length=7,
        blank=True,
        validators=[RegexValidator(POSTCODE, _("Vul de postcode in zoals 3442 AE."))],
    )
    latitude = models.DecimalField(_("breedtegraad"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("lengtegraad"), max_digits=8, decimal_places=5, null=True, blank=True)
    bag_id = models.CharField(
        _("BAG-nummer"), max_length=16, blank=True, validators=[RegexValidator(r"^\d{16}$", _("Vul 16 cijfers in."))]
    )
    way_there = RichTextField(_("de weg erheen"), blank=True)
    way_there_en = english(way_there)
    opening = models.TextField(_("openingstijden"), blank=True, max_length=400)
    opening_en = english(opening)
    accessibility = models.TextField(
        _("toegankelijkheid van het gebouw"),
        blank=True,
        max_length=600,
        help_text=_("Drempels, lift, toilet, parkeren dichtbij: wat iemand met een beperking wil weten."),
    )
    accessibility_en = english(accessibility)
    website = models.URLField(_("website van de hub"), blank=True)
    contact_function = models.CharField(
        _("contact: functie"), max_length=80, blank=True, help_text=_("Een functie, geen naam: Coördinator lessen.")
    )
    contact_function_en = english(contact_function)
    contact_email = models.EmailField(_("contact: e-mail"), blank=True)
    contact_phone = models.CharField(
        _("contact: telefoon"),
        max_length=16,
        blank=True,
        validators=[RegexValidator(TELEPHONE, _("Vul het nummer in zoals +31348123456."))],
    )
    levels = models.ManyToManyField(EducationLevel, verbose_name=_("niveaus"), blank=True, related_name="hubs")
    audiences = audiences_field()
    phases = phases_field()
    themes = models.ManyToManyField(Theme, verbose_name=_("thema's"), blank=True, related_name="hubs")
    partners = models.ManyToManyField(Partner, verbose_name=_("partners"), through="HubPartner", related_name="hubs")

    objects = HubQuerySet.as_manager()
    recorded_rows = ("rooms", "partner_roles")

    class Meta:
        verbose_name = _("hub")
        verbose_name_plural = _("hubs")
        ordering = ["position", "name"]
        constraints = [
            *Published.Meta.constraints,
            *Illustrated.Meta.constraints,
            models.CheckConstraint(
                name="hubs_hub_letter_is_capital",
                condition=models.Q(letter=Upper("letter")) & ~models.Q(letter=Lower("letter")),
                violation_error_message=ONE_CAPITAL,
            ),
            models.CheckConstraint(name="hubs_hub_known_colour", condition=models.Q(colour__in=HubColour.values)),
            models.CheckConstraint(
                name="hubs_hub_known_audiences", condition=models.Q(audiences__contained_by=Audience.values)
            ),
            models.CheckConstraint(name="hubs_hub_known_phases", condition=models.Q(phases__contained_by=Phase.values)),
            models.CheckConstraint(
                name="hubs_hub_whole_coordinates",
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                violation_error_message=_("Vul breedtegraad en lengtegraad allebei in."),
            ),
            models.CheckConstraint(
                name="hubs_hub_website_is_web",
                condition=models.Q(website="") | models.Q(website__iregex=r"^https?://"),
                violation_error_message=_("Een website begint met https:// of http://."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.town}"

    def get_absolute_url(self) -> str:
        return reverse("hub", args=[self.slug])

    @property
    def url(self) -> str:
        """What the components in templates call it; nothing in a preview, where it is not on the site itself."""
        return self.get_absolute_url() if self.slug else ""

    def unseen(self) -> dict[str, Any]:
        """Its sign stays: a badge needs one, and it tells nothing."""
        name = gettext("een hub die nog niet op de site staat")
        return {"name": name, "letter": self.letter, "colour": self.colour}


class HubPartner(models.Model):
    """What a partner does at a hub; given by the programme office alone."""

    hub = models.ForeignKey(Hub, verbose_name=_("hub"), on_delete=models.CASCADE, related_name="partner_roles")
    partner = models.ForeignKey(Partner, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="hub_roles")
    role = models.CharField(_("rol"), max_length=10, choices=PartnerRole.choices)

    objects = OfficeOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner van de hub")
        verbose_name_plural = _("partners van de hub")
        ordering = ["partner__name", "role"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "partner", "role"], name="hubs_hubpartner_once"),
            models.CheckConstraint(name="hubs_hubpartner_known_role", condition=models.Q(role__in=PartnerRole.values)),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.get_role_display()}"


class Room(models.Model):
    """A room of a hub in which meetings take place."""

    hub = models.ForeignKey(Hub, verbose_name=_("hub"), on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(_("naam"), max_length=80)
    name_en = english(name)

    class Meta:
        verbose_name = _("ruimte")
        verbose_name_plural = _("ruimtes")
        ordering = ["hub", "name"]
        constraints = [models.UniqueConstraint(fields=["hub", "name"], name="hubs_room_once")]

    def __str__(self) -> str:
        return self.name
