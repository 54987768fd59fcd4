"""What a programme is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models import OfficeOnlyQuerySet, Versioned, english, web_address


class Pictogram(models.TextChoices):
    """The drawings in templates/pictograms; a theme is recognised by one."""

    WELDING = "welding", _("lassen")
    LATHE = "lathe", _("draaibank")
    ROBOT_ARM = "robot_arm", _("robotarm")
    PRINTING_3D = "printing_3d", _("3D-printer")
    ELECTRONICS = "electronics", _("elektronica")
    LASER = "laser", _("lasersnijder")
    PROGRAMMING = "programming", _("programmeren")
    BUILDING = "building", _("bouwen")
    WHEEL = "wheel", _("wiel")
    FACTORY = "factory", _("fabriek")
    SCHOOL = "school", _("school")
    PLANT = "plant", _("plant")
    SUN = "sun", _("zon en wind")
    CARE = "care", _("zorg")
    LOGISTICS = "logistics", _("logistiek")
    VIDEO = "video", _("camera")
    TOOL = "tool", _("gereedschap")


class Theme(Versioned):
    """One topic of technology."""

    slug = web_address("lassen")
    name = models.CharField(_("naam"), max_length=60)
    name_en = english(name)
    pictogram = models.CharField(_("pictogram"), max_length=20, choices=Pictogram.choices, default=Pictogram.TOOL)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    objects = OfficeOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("thema")
        verbose_name_plural = _("thema's")
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                name="hubs_theme_known_pictogram", condition=models.Q(pictogram__in=Pictogram.values)
            )
        ]

    def __str__(self) -> str:
        return self.name
