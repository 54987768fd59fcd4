"""Three things that are easily confused: who comes (audience), when in life (phase), how one learns (track)."""

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Audience(models.TextChoices):
    """Who something is for."""

    PUPIL = "pupil", _("leerlingen")
    STUDENT = "student", _("studenten")
    CAREER_CHANGER = "career_changer", _("zij-instromers")
    EMPLOYEE = "employee", _("werknemers")
    TEACHER = "teacher", _("docenten")
    PARENT = "parent", _("ouders en verzorgers")


class Phase(models.TextChoices):
    """Before or after a first diploma."""

    INITIAL = "initial", _("eerste opleiding")
    POST_INITIAL = "post_initial", _("na je diploma (post-initieel)")


class Track(models.TextChoices):
    """The two tracks of the mbo."""

    BOL = "bol", pgettext_lazy("leerweg", "BOL (vooral op school)")
    BBL = "bbl", pgettext_lazy("leerweg", "BBL (vooral in een bedrijf)")


class ChoiceArrayField(ArrayField):
    """Several of a list of choices, kept in one column; forms show them as checkboxes."""

    def formfield(self, **kwargs: Any) -> Any:
        options = {
            "form_class": forms.MultipleChoiceField,
            "choices": self.base_field.choices,
            "widget": forms.CheckboxSelectMultiple,
        }
        return super(ArrayField, self).formfield(**{**kwargs, **options})


def audiences_field() -> ChoiceArrayField:
    return ChoiceArrayField(
        models.CharField(max_length=20, choices=Audience.choices), verbose_name=_("voor wie"), default=list, blank=True
    )


def phases_field() -> ChoiceArrayField:
    return ChoiceArrayField(
        models.CharField(max_length=20, choices=Phase.choices), verbose_name=_("fase"), default=list, blank=True
    )
