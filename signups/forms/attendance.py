"""What a tap at the door says: which meeting, and how many people came or that it was a mistake."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hubs.models import Meeting
from signups.forms.fields import CountField
from signups.forms.school_class import MOST_PUPILS
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
