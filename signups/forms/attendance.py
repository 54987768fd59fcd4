"""What a tap at the door says: who came to which meeting or that it was a mistake, and how many came unannounced."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from hubs.models import Activity, EducationLevel, Meeting
from signups.forms.fields import CountField
from signups.forms.school_class import MOST_PUPILS
from signups.forms.sign_up import LevelChoice
from signups.models import SignUp


class AttendanceForm(forms.Form):
    """Of one sign-up; how many there can be is the domain's to say."""

    meeting = forms.ModelChoiceField(queryset=Meeting.objects.none())
    number = CountField(least=0, most=MOST_PUPILS, required_message="", required=False)
    undo = forms.BooleanField(required=False)
    from_list = forms.BooleanField(required=False)

    def __init__(self, *args: Any, entry: SignUp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = entry.activity.meetings.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("undo") and cleaned.get("number") is None and "number" not in self.errors:
            self.add_error("number", _("Vul in hoeveel leerlingen er zijn."))
        return cleaned


class WalkInForm(forms.Form):
    """Who came without having signed up: how many and of which level. No name: nothing here tells who they are."""

    number = CountField(
        label=_("Hoeveel personen?"),
        least=1,
        most=MOST_PUPILS,
        required_message=_("Vul in hoeveel mensen er zijn."),
        initial=1,
        widget=forms.NumberInput(attrs={"class": "door-number"}),
    )
    education_level = LevelChoice(
        label=_("Niveau (mag leeg blijven)"),
        queryset=EducationLevel.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Weet ik niet"),
        error_messages={"invalid_choice": _("Kies een niveau uit de lijst.")},
    )
    submit_token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "auto_id": "walk-in-%s", **kwargs})
        self.initial["submit_token"] = uuid4()  # a tap that is tried again stays one
        self.use_required_attribute = False
        levels = EducationLevel.objects.filter(programmes=activity.programme_id).order_by("position")
        self.fields["education_level"].queryset = levels  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """As signups/domain/walk_ins.py takes it."""
        level = self.cleaned_data["education_level"]
        return {
            "number": self.cleaned_data["number"],
            "education_level_id": level.pk if level else None,
            "submit_token": self.cleaned_data["submit_token"],
        }
