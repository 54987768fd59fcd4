"""One request for a seat, of a person or a class, from the first click until it is emptied."""

from datetime import datetime
from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from content.models import ManagedQuerySet
from hubs.models import Activity, Audience, EducationLevel
from partners.models import School


class Kind(models.TextChoices):
    """A person, a class as one whole, or those who came to the door together without signing up."""

    PERSON = "person", _("persoon")
    CLASS = "class", _("klas")
    WALK_IN = "walk_in", _("zonder aanmelding")


class State(models.TextChoices):
    """Where it stands; the transitions are in signups/domain. Whether it is proven is another fact: `proven_at`."""

    REQUESTED = "requested", _("aangevraagd")
    WAITING = "waiting", _("op de wachtlijst")
    OFFERED = "offered", _("plek aangeboden")
    CONFIRMED = "confirmed", _("zeker")
    CANCELLED = "cancelled", _("afgemeld")
    EXPIRED = "expired", _("verlopen")


HOLDING = (State.REQUESTED, State.OFFERED, State.CONFIRMED)  # these hold seats; the trigger of migration 0002 agrees
LIVE = (*HOLDING, State.WAITING)


class AgeBand(models.TextChoices):
    """Under 16 a guardian consents. No birth dates."""

    UNDER_16 = "under_16", _("jonger dan 16")
    FROM_16 = "from_16", _("16 jaar of ouder")


class Proof(models.TextChoices):
    """How the sign-up was proven."""

    OWN_LINK = "own_link", _("via de eigen link")
    GUARDIAN = "guardian", _("toestemming van ouder of verzorger")
    STAFF = "staff", _("ingevoerd door een medewerker")


class Ending(models.TextChoices):
    """Why it ended."""

    OWN = "own", _("zelf afgemeld")
    REFUSED = "refused", _("geen toestemming")
    DECLINED = "declined", _("aanbod afgeslagen")
    STAFF = "staff", _("door een medewerker")
    MOVED = "moved", _("verplaatst naar een andere datum")
    ACTIVITY_CANCELLED = "activity_cancelled", _("activiteit afgelast")
    NOT_PROVEN = "not_proven", _("niet op tijd bevestigd")
    OFFER_RAN_OUT = "offer_ran_out", _("aanbod verlopen")
    LIST_CLOSED = "list_closed", _("wachtlijst gesloten")


# What an emptied row holds. Whatever tells something about a visitor stands here, and in signups/inventory.py.
EMPTY: dict[str, Any] = {
    "name": "",
    "age_band": "",
    "contact_name": "",
    "email": "",
    "phone": "",
    "audience": "",
    "education_level": None,
    "school": None,
    "school_other": "",
    "remarks": "",
    "consent_version": "",
    "taken_by": None,
    "submit_token": None,
    "fields_digest": "",
}


# Of who came without signing up we keep a number and a level, and who wrote them down.
ANONYMOUS: dict[str, Any] = {
    **dict.fromkeys(("name", "age_band", "contact_name", "email", "phone", "audience", "school_other", "remarks"), ""),
    **dict.fromkeys(("school", "adults")),
}


class SignUpQuerySet(ManagedQuerySet["SignUp"]):
    """live, holding, queued, proven, unproven, outstaying, managed_by"""

    def live(self) -> Self:
        return self.filter(state__in=LIVE)

    def holding(self) -> Self:
        return self.filter(state__in=HOLDING)

    def queued(self) -> Self:
        """Those that wait, in the order of the queue."""
        return self.filter(state=State.WAITING).order_by("queue_number")

    def proven(self) -> Self:
        return self.filter(proven_at__isnull=False)

    def unproven(self) -> Self:
        return self.filter(proven_at=None)

    def outstaying(self, now: datetime) -> Self:
        """Walk-ins that still hold seats though the meeting to which they came is over."""
        seated = self.filter(kind=Kind.WALK_IN, state=State.CONFIRMED, seats__gt=0)
        return seated.filter(attendances__meeting__ends_at__lte=now)

    def _of_staff(self, user: Any) -> Self:
        """Read by whoever manages the activity."""
        return self.filter(activity__in=Activity.objects.managed_by(user).values("pk"))


class SignUp(models.Model):
    """`seats` is 1 for a person; for a class its pupils, or 1 where the activity counts classes. Never split.

    A walk-in is its number of `pupils` and a level; it names nobody and is certain from the start. When its meeting is
    over it holds no seats any more.

    `name` is the participant's or the class's; `email` is the one address we write to: the participant's from 16, the
    guardian's under 16, the teacher's for a class; `contact_name` is that guardian or teacher.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    token_version = models.PositiveSmallIntegerField(default=1, editable=False)
    activity = models.ForeignKey(
        Activity, verbose_name=_("activiteit"), on_delete=models.PROTECT, related_name="sign_ups"
    )
    kind = models.CharField(_("soort"), max_length=7, choices=Kind.choices)
    state = models.CharField(_("stand"), max_length=9, choices=State.choices)
    seats = models.PositiveIntegerField(_("plekken"))
    language = models.CharField(
        _("taal"), max_length=2, choices=[("nl", _("Nederlands")), ("en", _("Engels"))], default="nl"
    )
    told_revision = models.PositiveIntegerField(_("laatst verteld"), default=0)
    created_at = models.DateTimeField(_("aangevraagd op"), db_default=Now(), editable=False)
    queue_number = models.PositiveIntegerField(
        _("volgnummer"), help_text=_("De volgorde van aanmelden per activiteit.")
    )
    passed_over = models.PositiveSmallIntegerField(_("keer overgeslagen"), default=0)

    name = models.CharField(_("naam"), max_length=80, blank=True)
    age_band = models.CharField(_("leeftijd"), max_length=8, choices=AgeBand.choices, blank=True)
    contact_name = models.CharField(_("ouder, verzorger of docent"), max_length=80, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=20, blank=True)
    audience = models.CharField(_("doelgroep"), max_length=20, choices=Audience.choices, blank=True)
    education_level = models.ForeignKey(
        EducationLevel, verbose_name=_("niveau"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    school = models.ForeignKey(
        School, verbose_name=_("school"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    school_other = models.CharField(_("andere school"), max_length=120, blank=True)
    pupils = models.PositiveIntegerField(_("leerlingen"), null=True, blank=True)
    adults = models.PositiveIntegerField(_("begeleiders"), null=True, blank=True)
    remarks = models.TextField(_("opmerking"), max_length=500, blank=True)

    proof_expires_at = models.DateTimeField(_("bevestigen voor"), null=True, blank=True)
    proven_at = models.DateTimeField(_("bevestigd op"), null=True, blank=True)
    proof = models.CharField(_("bewijs"), max_length=8, choices=Proof.choices, blank=True)
    consent_version = models.CharField(_("versie van de toestemming"), max_length=20, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("ingevoerd door"), on_delete=models.SET_NULL, null=True, blank=True
    )
    offer_expires_at = models.DateTimeField(_("aanbod geldig tot"), null=True, blank=True)
    offers_run_out = models.PositiveSmallIntegerField(_("verlopen aanbiedingen"), default=0)
    ended_at = models.DateTimeField(_("geëindigd op"), null=True, blank=True)
    ending = models.CharField(_("reden van einde"), max_length=20, choices=Ending.choices, blank=True)
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("komt in plaats van"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="replaced_by",
    )
    gave_feedback = models.BooleanField(_("gaf een mening"), default=False, editable=False)
    emptied_at = models.DateTimeField(_("gewist op"), null=True, blank=True)

    # One form, however often posted: the token of the page with the HMAC of its fields. Emptied with the row.
    submit_token = models.UUIDField(null=True, blank=True, editable=False)
    fields_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanmelding")
        verbose_name_plural = _("aanmeldingen")
        ordering = ["activity", "queue_number"]
        indexes = [
            models.Index(
                fields=["proof_expires_at"], name="signups_unproven", condition=models.Q(state__in=LIVE, proven_at=None)
            ),
            models.Index(fields=["offer_expires_at"], name="signups_offered", condition=models.Q(state=State.OFFERED)),
            models.Index(fields=["email"], name="signups_by_address", condition=~models.Q(email="")),
            models.Index(
                fields=["activity"],
                name="signups_walk_ins_seated",
                condition=models.Q(kind=Kind.WALK_IN, state=State.CONFIRMED, seats__gt=0),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["activity", "queue_number"], name="signups_signup_one_place_each"),
            models.UniqueConstraint(
                fields=["activity", "submit_token", "fields_digest"], name="signups_signup_one_per_form"
            ),
            models.UniqueConstraint(
                "activity",
                "email",
                Lower("name"),
                condition=models.Q(state__in=LIVE) & ~models.Q(email=""),
                name="signups_signup_no_doubles",
            ),
            models.CheckConstraint(name="signups_signup_email_lower_case", condition=models.Q(email=Lower("email"))),
            models.CheckConstraint(name="signups_signup_known_state", condition=models.Q(state__in=State.values)),
            models.CheckConstraint(
                name="signups_signup_kind_fits",
                condition=models.Q(kind=Kind.PERSON, seats=1, pupils=None, adults=None)
                | models.Q(kind=Kind.CLASS, seats__gte=1, pupils__gte=1, adults__gte=0, age_band="")
                | models.Q(kind=Kind.WALK_IN, seats__gte=0, pupils__gte=1),
            ),
            models.CheckConstraint(
                name="signups_signup_walk_in_names_nobody",
                condition=~models.Q(kind=Kind.WALK_IN) | models.Q(**ANONYMOUS),
            ),
            models.CheckConstraint(
                name="signups_signup_walk_in_is_certain",
                condition=~models.Q(kind=Kind.WALK_IN)
                | models.Q(state__in=[State.CONFIRMED, State.CANCELLED], proof=Proof.STAFF),
            ),
            models.CheckConstraint(
                name="signups_signup_proven_before_seated",
                condition=~models.Q(state__in=[State.OFFERED, State.CONFIRMED]) | models.Q(proven_at__isnull=False),
            ),
            models.CheckConstraint(
                name="signups_signup_requested_is_unproven",
                condition=~models.Q(state=State.REQUESTED) | models.Q(proven_at=None),
            ),
            models.CheckConstraint(
                name="signups_signup_offer_has_deadline",
                condition=models.Q(state=State.OFFERED, offer_expires_at__isnull=False)
                | (~models.Q(state=State.OFFERED) & models.Q(offer_expires_at=None)),
            ),
            models.CheckConstraint(
                name="signups_signup_proof_is_known",
                condition=models.Q(proven_at=None, proof="")
                | (models.Q(proven_at__isnull=False) & models.Q(proof__in=Proof.values)),
            ),
            models.CheckConstraint(
                name="signups_signup_unproven_has_deadline",
                condition=~(models.Q(state__in=LIVE) & models.Q(proven_at=None))
                | models.Q(proof_expires_at__isnull=False),
            ),
            models.CheckConstraint(
                name="signups_signup_under_16_has_guardian",
                condition=~(models.Q(state__in=LIVE) & models.Q(age_band=AgeBand.UNDER_16))
                | (~models.Q(email="") & ~models.Q(contact_name="")),
            ),
            models.CheckConstraint(
                name="signups_signup_person_has_age_band",
                condition=~(models.Q(state__in=LIVE) & models.Q(kind=Kind.PERSON))
                | models.Q(age_band__in=AgeBand.values)
                | models.Q(emptied_at__isnull=False),
            ),
            models.CheckConstraint(
                name="signups_signup_guardian_consents_under_16",
                condition=models.Q(proven_at=None)
                | (models.Q(age_band=AgeBand.UNDER_16, proof=Proof.GUARDIAN) & ~models.Q(consent_version=""))
                | (~models.Q(age_band=AgeBand.UNDER_16) & ~models.Q(proof=Proof.GUARDIAN))
                | models.Q(emptied_at__isnull=False),
            ),
            models.CheckConstraint(
                name="signups_signup_ended_with_reason",
                condition=models.Q(state__in=LIVE, ended_at=None, ending="")
                | (~models.Q(state__in=LIVE) & models.Q(ended_at__isnull=False) & models.Q(ending__in=Ending.values)),
            ),
            models.CheckConstraint(
                name="signups_signup_emptied_is_empty",
                condition=models.Q(emptied_at=None) | models.Q(**EMPTY),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.uuid}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE and self.emptied_at is None

    @property
    def is_proven(self) -> bool:
        return self.proven_at is not None

    @property
    def needs_guardian(self) -> bool:
        return self.age_band == AgeBand.UNDER_16
