"""What staff fill in to copy a date or a programme with its dates."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content import dates
from content.admin.fields import DateInput
from content.clock import local_date
from hubs.admin.series_form import in_years
from hubs.domain import duplicates
from hubs.models import Activity, Programme


class CopyDateForm(forms.Form):
    """The new day; the clock time stays."""

    first_on = forms.DateField(label=_("Nieuwe dag"), widget=DateInput)

    def __init__(self, data: Any, *, source: Activity) -> None:
        assert source.first_starts_at
        self._first = local_date(source.first_starts_at)
        super().__init__(data, initial={"first_on": self._first + timedelta(weeks=1)}, label_suffix="")

    def clean_first_on(self) -> date:
        return in_years(self.cleaned_data["first_on"])

    @property
    def days(self) -> int:
        """How much later, of a valid form."""
        return int((self.cleaned_data["first_on"] - self._first).days)


class CopyProgrammeForm(forms.Form):
    """A title and an address of its own; dates go along when it is said by how much they move."""

    title = forms.CharField(label=_("Titel van de kopie"), max_length=120)
    slug = forms.SlugField(label=_("Webadres"), max_length=80)
    weeks = forms.IntegerField(
        label=_("Neem de datums mee, zoveel weken later"),
        required=False,
        min_value=-260,
        max_value=260,
        help_text=_("52 weken is een jaar later op dezelfde dag van de week. Leeg: een kopie zonder datums."),
    )
    first_on = forms.DateField(label=_("Of: nieuwe dag van de eerste datum"), required=False, widget=DateInput)

    def __init__(self, data: Any, *, source: Programme, first: date | None) -> None:
        self._first = first
        title = gettext("%(title)s (kopie)") % {"title": source.title[:110]}
        initial = {"title": title, "slug": duplicates.free_slug(source.title)}
        super().__init__(data, initial=initial, label_suffix="")
        self.fields["slug"].help_text = Programme._meta.get_field("slug").help_text
        if first is None:
            del self.fields["weeks"], self.fields["first_on"]
        else:
            help_text = gettext("Nu is dat %(day)s. De andere datums houden dezelfde afstand.")
            self.fields["first_on"].help_text = help_text % {"day": dates.day(first)}

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if Programme.objects.filter(slug=slug).exists():
            raise ValidationError(gettext("Dit webadres is al van een ander programma. Kies een ander."), code="taken")
        return slug

    def clean_first_on(self) -> date | None:
        day = self.cleaned_data["first_on"]
        return in_years(day) if day else None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if cleaned.get("weeks") is not None and cleaned.get("first_on"):
            self.add_error("weeks", gettext("Vul één van de twee in: hoeveel weken later, of een nieuwe eerste dag."))
        return cleaned

    @property
    def days(self) -> int | None:
        """How much later the dates are, of a valid form; None takes no dates along."""
        weeks, first_on = self.cleaned_data.get("weeks"), self.cleaned_data.get("first_on")
        if first_on and self._first:
            return int((first_on - self._first).days)
        return None if weeks is None else int(weeks) * 7
