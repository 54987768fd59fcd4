"""What staff fill in to cancel dates or to move them."""

from datetime import date, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content import dates
from content.admin.fields import DateInput
from content.clock import local_date
from hubs.models import Activity, Room
from signups.domain.moves import Move


class CancelForm(forms.Form):
    """Why: it stands on the site and in the mail."""

    reason = forms.CharField(
        label=_("Waarom gaat het niet door?"),
        max_length=300,
        help_text=_("Staat op de site en in de mail. Bijvoorbeeld: De docent is ziek. Noem geen namen."),
        widget=forms.TextInput,
        error_messages={"required": _("Schrijf op waarom het niet doorgaat.")},
    )


class TimeInput(forms.TimeInput):
    """The browser's own."""

    input_type = "time"


class MoveForm(forms.Form):
    """The new day of the first date; the others keep their distance. Time and room stay unless said."""

    first_on = forms.DateField(label=_("Nieuwe dag"), widget=DateInput)
    begins = forms.TimeField(
        label=_("Nieuwe begintijd"),
        required=False,
        widget=TimeInput(format="%H:%M"),
        help_text=_("Leeg: de tijd blijft. De duur blijft altijd hetzelfde."),
    )
    room = forms.ModelChoiceField(
        Room.objects.none(), label=_("Nieuwe ruimte"), required=False, empty_label=_("De ruimte blijft")
    )

    def __init__(self, data: Any, *, activities: list[Activity], rooms: QuerySet[Room], today: date) -> None:
        self._first = min(local_date(activity.first_starts_at) for activity in activities if activity.first_starts_at)
        self._today = today
        super().__init__(data, initial={"first_on": self._first}, label_suffix="")
        self.fields["room"].queryset = rooms  # type: ignore[attr-defined]
        if len(activities) > 1:
            self.fields["first_on"].label = gettext("Nieuwe dag van de eerste datum")
            told = gettext("Nu is dat %(day)s. De andere datums houden dezelfde afstand.")
            self.fields["first_on"].help_text = told % {"day": dates.day(self._first)}

    def clean_first_on(self) -> date:
        day: date = self.cleaned_data["first_on"]
        if day < self._today:
            raise forms.ValidationError(gettext("Deze dag is al geweest. Kies een dag vanaf vandaag."))
        return day

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if not self.errors and self.move.is_nothing:
            self.add_error("first_on", gettext("Er verandert niets. Kies een andere dag, tijd of ruimte."))
        return cleaned

    @property
    def move(self) -> Move:
        """Of a valid form."""
        begins: time | None = self.cleaned_data["begins"]
        days = (self.cleaned_data["first_on"] - self._first).days
        return Move(days=days, begins=begins, room=self.cleaned_data["room"])
