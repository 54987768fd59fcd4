"""The filter forms of the catalogue: plain GET forms whose fields are the names in the address."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from content.localised import localised
from hubs.models import Audience, ProgrammeKind
from hubs.taxonomy import Taxonomy

Choices = list[tuple[str, Any]]


def level_choices(taxonomy: Taxonomy) -> Choices:
    """Groups with their leaves below them, single levels by themselves, in the order of the levels."""
    choices: Choices = []
    seen: set[int] = set()
    for level in taxonomy.levels:
        group = level.group
        if group is None:
            choices.append((level.code, taxonomy.unit_name(level)))
        elif group.pk not in seen:
            seen.add(group.pk)
            name = localised(group, "name")[0]
            leaves = [(leaf.code, taxonomy.unit_name(leaf)) for leaf in taxonomy.groups[group]]
            choices.append((name, [(group.code, _("%(group)s, alles") % {"group": name}), *leaves]))
    return choices


class CatalogueFilterForm(forms.Form):
    """Filters on programmes. An unknown value is an error at its field and takes no part."""

    q = forms.CharField(label=_("Zoekwoord"), required=False, max_length=100)
    niveau = forms.ChoiceField(label=_("Niveau"), required=False)
    thema = forms.ChoiceField(label=_("Thema"), required=False)
    hub = forms.ChoiceField(label=_("Werkplaats"), required=False)
    doelgroep = forms.ChoiceField(label=_("Voor wie"), required=False)
    vorm = forms.ChoiceField(label=_("Vorm"), required=False)

    def __init__(self, *args: Any, taxonomy: Taxonomy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("niveau", _("Alle niveaus"), level_choices(taxonomy))
        self._choose("thema", _("Alle thema's"), [(t.slug, localised(t, "name")[0]) for t in taxonomy.themes])
        self._choose("hub", _("Alle hubs"), [(hub.slug, str(hub)) for hub in taxonomy.hubs])
        self._choose("doelgroep", _("Iedereen"), Audience.choices)
        self._choose("vorm", _("Alle vormen"), ProgrammeKind.choices)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*self.fields)

    def _choose(self, name: str, everything: Any, choices: Choices) -> None:
        field = self.fields[name]
        field.choices = [("", everything), *choices]  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = _("Deze keuze kennen we niet: %(value)s. Kies iets uit de lijst.")


class DayInput(forms.DateInput):
    """A browser's own date field, which can hold nothing but a date written the international way."""

    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        try:
            day = forms.DateField().to_python(value)
        except forms.ValidationError:
            return None
        return day.isoformat() if day else None


class AgendaFilterForm(CatalogueFilterForm):
    """The same, and a period and free seats."""

    van = forms.DateField(label=_("Vanaf"), required=False, widget=DayInput)
    tot = forms.DateField(label=_("Tot en met"), required=False, widget=DayInput)
    vrij = forms.BooleanField(label=_("Alleen met plek"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("van", "tot"):
            self.fields[name].error_messages["invalid"] = _("Dit is geen datum. Schrijf hem zoals 2027-03-31.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("van"), cleaned.get("tot")
        if first and last and last < first:
            self.add_error("tot", _("De laatste dag ligt vóór de eerste dag."))
        return cleaned
