"""The Dutch education levels: leaf levels, the groups in which people name them, and the routes between them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models import OfficeOnlyQuerySet, Versioned, english
from partners.models import School

# The pathway's own words for what is no level: two stations, and what its routes run to (a test compares them).
RESERVED_CODES = ("post-initieel", "zij-instroom", "work", "outside", "change")


def _not_reserved(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=~models.Q(code__in=RESERVED_CODES),
        violation_error_message=_("Deze code gebruikt de leerlijn zelf. Kies een andere code."),
    )


class Sector(models.TextChoices):
    """Kind of education; decides the column on the pathway map."""

    PRIMARY = "po", _("basisonderwijs")
    SECONDARY = "vo", _("voortgezet onderwijs")
    MBO = "mbo", _("middelbaar beroepsonderwijs")
    HIGHER = "ho", _("hoger onderwijs")


class LevelGroup(Versioned):
    """A name for several levels together, such as vmbo or havo/vwo."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("naam"), max_length=60)
    name_en = english(name)
    is_one_station = models.BooleanField(
        _("één halte op de kaart"), default=True, help_text=_("Uit: elk niveau krijgt een eigen halte op de leerlijn.")
    )
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    objects = OfficeOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("groep van niveaus")
        verbose_name_plural = _("groepen van niveaus")
        ordering = ["position", "code"]
        constraints = [_not_reserved("hubs_levelgroup_code_not_reserved")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Groups and levels share one set of codes; a trigger refuses it too (migration 0002)."""
        if EducationLevel.objects.filter(code=self.code).exists():
            raise ValidationError({"code": _("Een onderwijsniveau heeft deze code al.")})


class EducationLevel(Versioned):
    """One leaf level. NLQF and ISCED follow the table of Statistics Netherlands; empty where it gives none."""

    code = models.SlugField(
        _("code"), unique=True, help_text=_("Staat in adressen en filters; verander hem liever niet.")
    )
    name = models.CharField(_("naam"), max_length=60)
    name_en = english(name)
    alias = models.CharField(
        _("naam als dit niveau alleen staat"),
        max_length=60,
        blank=True,
        help_text=_("Bijvoorbeeld mavo voor vmbo-tl zonder de andere vmbo-leerwegen."),
    )
    alias_en = english(alias)
    sector = models.CharField(_("onderwijssoort"), max_length=3, choices=Sector.choices)
    group = models.ForeignKey(
        LevelGroup, verbose_name=_("groep"), on_delete=models.SET_NULL, null=True, blank=True, related_name="levels"
    )
    nlqf = models.CharField(_("NLQF-niveau"), max_length=3, blank=True)
    isced = models.CharField(_("ISCED 2011"), max_length=20, blank=True)
    age_from = models.PositiveSmallIntegerField(_("meestal vanaf (jaar)"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("meestal tot (jaar)"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    ends_in_work = models.BooleanField(_("leidt op voor werk"), default=False)
    schools = models.ManyToManyField(School, verbose_name=_("scholen"), blank=True, related_name="education_levels")

    objects = OfficeOnlyQuerySet.as_manager()
    recorded_rows = ("routes_onward",)

    class Meta:
        verbose_name = _("onderwijsniveau")
        verbose_name_plural = _("onderwijsniveaus")
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                name="hubs_educationlevel_ages_ordered",
                condition=models.Q(age_from=None) | models.Q(age_to=None) | models.Q(age_to__gte=models.F("age_from")),
                violation_error_message=_("De hoogste leeftijd is lager dan de laagste."),
            ),
            models.CheckConstraint(
                name="hubs_educationlevel_known_sector", condition=models.Q(sector__in=Sector.values)
            ),
            _not_reserved("hubs_educationlevel_code_not_reserved"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Groups and levels share one set of codes; a trigger refuses it too (migration 0002)."""
        if LevelGroup.objects.filter(code=self.code).exists():
            raise ValidationError({"code": _("Een groep van niveaus heeft deze code al.")})


class Progression(models.Model):
    """A route from one level to the next; the note says under which condition."""

    from_level = models.ForeignKey(
        EducationLevel, verbose_name=_("van"), on_delete=models.CASCADE, related_name="routes_onward"
    )
    to_level = models.ForeignKey(
        EducationLevel, verbose_name=_("naar"), on_delete=models.CASCADE, related_name="routes_inward"
    )
    note = models.CharField(_("voorwaarde"), max_length=120, blank=True)
    note_en = english(note)

    objects = OfficeOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("doorstroomroute")
        verbose_name_plural = _("doorstroomroutes")
        ordering = ["from_level__position", "to_level__position"]
        constraints = [
            models.UniqueConstraint(fields=["from_level", "to_level"], name="hubs_progression_once"),
            models.CheckConstraint(
                name="hubs_progression_moves",
                condition=~models.Q(from_level=models.F("to_level")),
                violation_error_message=_("Een route gaat naar een ander niveau."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_level} → {self.to_level}"
