"""What staff fill in to repeat a date. Which days that gives is planned in hubs/domain/series.py."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.admin.fields import DateInput
from content.clock import local_date
from content.models import FIRST_YEAR, LAST_YEAR
from hubs.domain import series
from hubs.domain.series import Rhythm
from hubs.models import Activity
from partners.models import HolidayRegion

WEEKDAYS: Final = [
    (0, _("maandag")), (1, _("dinsdag")), (2, _("woensdag")), (3, _("donderdag")), (4, _("vrijdag")),
    (5, _("zaterdag")), (6, _("zondag")),
]  # fmt: skip
EVERY: Final = [(1, _("Elke week")), (2, _("Om de week")), (3, _("Om de drie weken")), (4, _("Om de vier weken"))]
DATES, MEETINGS = "dates", "meetings"


class SeriesForm(forms.Form):
    """Two ways to say how long: until a day, or a number of times."""

    what = forms.ChoiceField(
        label=_("Wat komt er bij?"),
        choices=[
            (DATES, _("Losse datums: je meldt je voor elke datum apart aan.")),
            (MEETINGS, _("Bijeenkomsten van deze datum: één cursus, je meldt je één keer aan en komt elke keer.")),
        ],
        widget=forms.RadioSelect,
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Op welke dagen?"),
        choices=WEEKDAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies ten minste één dag.")},
    )
    every = forms.TypedChoiceField(label=_("Hoe vaak?"), choices=EVERY, coerce=int)
    from_on = forms.DateField(label=_("Vanaf"), widget=DateInput)
    until_on = forms.DateField(
        label=_("Tot en met"), widget=DateInput, required=False, help_text=_("Vul dit in, of het aantal hieronder.")
    )
    times = forms.IntegerField(label=_("Of: hoeveel keer erbij?"), required=False, min_value=1, max_value=series.MOST)
    region = forms.ChoiceField(label=_("Sla schoolvakanties over"), required=False)

    def __init__(self, data: Any, *, source: Activity) -> None:
        super().__init__(data, initial=_initial(source), label_suffix="")
        regions = [(key, gettext("Regio %(name)s") % {"name": name}) for key, name in HolidayRegion.choices]
        self.fields["region"].choices = [("", gettext("Nee, ook in vakanties")), *regions]  # type: ignore[attr-defined]

    def clean_from_on(self) -> date:
        return in_years(self.cleaned_data["from_on"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        until_on, times = cleaned["until_on"], cleaned["times"]
        if bool(until_on) == bool(times):
            self.add_error("until_on", gettext("Vul één van de twee in: de laatste dag, of hoeveel keer."))
        elif until_on and until_on < cleaned["from_on"]:
            self.add_error("until_on", gettext("De laatste dag ligt vóór de eerste dag."))
        elif until_on and until_on > cleaned["from_on"] + series.LONGEST:
            self.add_error("until_on", gettext("Kies een laatste dag binnen twee jaar na de eerste."))
        return cleaned

    @property
    def rhythm(self) -> Rhythm:
        """Of a valid form."""
        given = {name: self.cleaned_data[name] for name in ("from_on", "every", "until_on", "times", "region")}
        return Rhythm(weekdays=frozenset(self.cleaned_data["weekdays"]), **given)

    @property
    def as_meetings(self) -> bool:
        return bool(self.cleaned_data["what"] == MEETINGS)


def _initial(source: Activity) -> dict[str, Any]:
    assert source.first_starts_at
    first = local_date(source.first_starts_at)
    return {
        "what": DATES,
        "weekdays": [first.weekday()],
        "every": 1,
        "from_on": first + timedelta(days=1),
        "region": series.likely_region(source.programme.hub),
    }


def in_years(day: date) -> date:
    """Raises ValidationError for a year that the portal does not know."""
    if not FIRST_YEAR <= day.year < LAST_YEAR:
        told = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise forms.ValidationError(gettext("Vul een jaar tussen %(first)d en %(last)d in.") % told)
    return day
