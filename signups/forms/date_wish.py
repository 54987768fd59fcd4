"""The form of who finds no suitable date: level, months, how many people, and perhaps an address. No names."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from crispy_forms.layout import Fieldset
from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from content import dates
from content.localised import localised
from hubs.models import EducationLevel, Hub, Programme
from signups.domain.demand import months
from signups.domain.errors import RefusedError
from signups.domain.interests import Wish
from signups.forms.fields import AddressField, CountField
from signups.forms.guarded import GuardedForm
from signups.forms.sign_up import LevelChoice
from signups.models.date_interest import MOST_PEOPLE

NO_LEVEL: Final = "geen"
USUAL_MONTHS: Final = 3  # that the page proposes
NO_MONTH: Final = _("Kies een maand uit de lijst.")


class _LevelsAndNone(ModelChoiceIterator):
    def __iter__(self) -> Iterator[Any]:
        yield from super().__iter__()
        yield NO_LEVEL, _("Niet op school (zij-instromer of werknemer)")


class LevelOrNone(LevelChoice):
    """Who changes careers is asked no level: NO_LEVEL is an answer too."""

    iterator = _LevelsAndNone

    def to_python(self, value: Any) -> Any:
        return NO_LEVEL if value == NO_LEVEL else super().to_python(value)


def month_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, error_messages={"required": NO_MONTH, "invalid_choice": NO_MONTH})


class DateWishForm(GuardedForm):
    """`place` is the hub or programme that the visitor came from; a tick keeps the wish to it."""

    education_level = LevelOrNone(
        label=_("Niveau"),
        help_text=_("Kies het niveau van wie er wil komen."),
        queryset=EducationLevel.objects.all(),
        to_field_name="code",
        empty_label=_("Kies een niveau"),
        error_messages={"required": _("Kies een niveau."), "invalid_choice": _("Kies een niveau uit de lijst.")},
    )
    people = CountField(
        label=_("Met hoeveel mensen?"),
        help_text=_("Kom je met een klas? Vul dan het aantal leerlingen in."),
        least=1,
        most=MOST_PEOPLE,
        required_message=_("Vul in met hoeveel mensen je wilt komen."),
        initial=1,
    )
    is_narrowed = forms.BooleanField(required=False, initial=True)
    from_month = month_field(_("Vanaf"))
    until_month = month_field(_("Tot en met"))
    email = AddressField(
        label=_("E-mailadres (mag leeg blijven)"),
        help_text=_(
            "Van jezelf als je 16 jaar of ouder bent, anders van een ouder of verzorger. "
            "We sturen eerst een mail. Open de link in die mail en druk daar op de knop. "
            "Dan mailen we als er een datum is die past."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, place: Hub | Programme | None, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.place = place
        offered = months(now)
        for name, proposed in (("from_month", 0), ("until_month", USUAL_MONTHS)):
            self.fields[name].choices = [(_key(month), dates.month_and_year(month)) for month in offered]  # type: ignore[attr-defined]
            self.initial.setdefault(name, _key(offered[proposed]))
        if place is None:
            del self.fields["is_narrowed"]
        else:
            name = localised(place, "title")[0] if isinstance(place, Programme) else str(place)
            self.fields["is_narrowed"].label = _("Alleen voor %(place)s") % {"place": name}
            self.fields["is_narrowed"].help_text = _("Haal het vinkje weg als het ook ergens anders mag.")
        self.lay_out(self.steps())

    def form_name(self) -> str:
        return "date_wish"

    def steps(self) -> list[Fieldset]:
        """The fieldsets of the page, in order."""
        narrowing = ["is_narrowed"] if self.place else []
        return [
            Fieldset(_("Wie wil er komen?"), "education_level", "people", *narrowing, css_class="step"),
            Fieldset(_("Wanneer zou het kunnen?"), "from_month", "until_month", css_class="step"),
            Fieldset(_("Wil je het horen?"), "email", css_class="step"),
        ]

    def check(self, cleaned: dict[str, Any]) -> None:
        first, last = cleaned.get("from_month"), cleaned.get("until_month")
        if first and last and last < first:
            self.add_error("until_month", _("Deze maand is eerder dan de maand bij 'Vanaf'. Kies een latere."))

    def wish(self, language: str) -> Wish:
        """What was filled in; only of a valid form."""
        given = self.cleaned_data
        place = self.place if given.get("is_narrowed") else None
        assert self.token
        return Wish(
            education_level_id=None if given["education_level"] == NO_LEVEL else given["education_level"].pk,
            from_on=_first_day(given["from_month"]),
            until_on=_last_day(given["until_month"]),
            people=given["people"],
            email=given["email"],
            language=language,
            submit_token=self.token.uuid,
            hub_id=place.pk if isinstance(place, Hub) else None,
            programme_id=place.pk if isinstance(place, Programme) else None,
        )

    def refuse(self, error: RefusedError) -> None:
        """Put the domain's sentence at the field that it belongs to."""
        self.add_error(error.field if error.field in self.fields else None, error.sentence)


def _key(month: date) -> str:
    return f"{month:%Y-%m}"  # sorts as the months do


def _first_day(key: str) -> date:
    return date.fromisoformat(f"{key}-01")


def _last_day(key: str) -> date:
    return (_first_day(key) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
