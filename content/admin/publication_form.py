"""What is asked at a step of publication: the version that was looked at, a sentence, moments."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import clock, dates
from content.admin.fields import DateTimeInput
from content.models import FIRST_YEAR, LAST_YEAR

NEEDS_NOTE = "send_back"
WITH_WINDOW = {"publish", "retime"}


class PublicationForm(forms.Form):
    """One form for all steps of one page; `step` was checked against what this user may do."""

    step = forms.ChoiceField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("Wat moet er anders?"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )
    publish_at = forms.DateTimeField(label=gettext_lazy("Zichtbaar vanaf"), required=False, widget=DateTimeInput())
    expire_at = forms.DateTimeField(label=gettext_lazy("Zichtbaar tot"), required=False, widget=DateTimeInput())

    def __init__(self, *args: Any, steps: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [(step, step) for step in sorted(steps)]  # type: ignore[attr-defined]

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"].strip()
        if self.cleaned_data.get("step") == NEEDS_NOTE and not note:
            raise forms.ValidationError(_("Schrijf in een zin wat er anders moet."), code="required")
        return note

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("publish_at", "expire_at"):
            moment = cleaned.get(name)
            if moment and not FIRST_YEAR <= dates.local(moment).year < LAST_YEAR:
                self.add_error(name, _("Kies een moment tussen 2000 en 2100."))
        start, end = cleaned.get("publish_at"), cleaned.get("expire_at")
        if cleaned.get("step") in WITH_WINDOW and end:
            if end <= clock.now():
                self.add_error("expire_at", _("Dit moment is al voorbij. Kies een later moment, of laat het leeg."))
            elif start and end <= start:
                self.add_error("expire_at", _("Zichtbaar tot moet later zijn dan zichtbaar vanaf."))
        return cleaned
