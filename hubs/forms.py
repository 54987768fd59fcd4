"""The filter forms of the catalogue: plain GET forms whose fields are the names in the address."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from content.localised import localised
from hubs.models import Audience, EducationLevel, LevelGroup, ProgrammeKind
from hubs.offer import Offer
from hubs.taxonomy import Taxonomy

Choices = list[tuple[str, Any]]

DAY_FORMATS = ["%Y-%m-%d", "%d-%m-%Y"]  # as a browser sends it, and as people write it
TICKED = {"on", "1"}


def level_choices(taxonomy: Taxonomy, offer: Offer, chosen: str | None) -> Choices:
    """Groups with their leaves below them, single levels by themselves, in the order of the levels."""
    choices: Choices = []
    shown = [level for level in taxonomy.levels if level.pk in offer.level_ids or level.code == chosen]
    for level in taxonomy.levels:
        group = level.group
        if group is None:
            choices += [(level.code, taxonomy.unit_name(level))] if level in shown else []
        elif level == taxonomy.groups[group][0]:
            leaves = [leaf for leaf in taxonomy.groups[group] if leaf in shown]
            if leaves or group.code == chosen:
                options = [(leaf.code, taxonomy.unit_name(leaf)) for leaf in leaves]
                choices.append((localised(group, "name")[0], [(group.code, _whole(group, taxonomy)), *options]))
    return choices


def _whole(group: LevelGroup, taxonomy: Taxonomy) -> str:
    """ "vmbo, alles (ook mavo)": names the levels that people know by another name."""
    name = localised(group, "name")[0]
    aliases = [_short_alias(leaf, taxonomy) for leaf in taxonomy.groups[group] if leaf.alias]
    if not aliases:
        return _("%(group)s, alles") % {"group": name}
    return _("%(group)s, alles (ook %(aliases)s)") % {"group": name, "aliases": ", ".join(aliases)}


def _short_alias(level: EducationLevel, taxonomy: Taxonomy) -> str:
    return taxonomy.unit_name(level).partition(" (")[0]


class CatalogueFilterForm(forms.Form):
    """Filters on programmes. An unknown value is an error at its field and takes no part."""

    q = forms.CharField(label=_("Zoekwoord"), required=False, max_length=100)
    niveau = forms.ChoiceField(label=_("Niveau"), required=False)
    thema = forms.ChoiceField(label=_("Thema"), required=False)
    hub = forms.ChoiceField(label=_("Hub"), required=False)
    doelgroep = forms.ChoiceField(label=_("Voor wie"), required=False)
    vorm = forms.ChoiceField(label=_("Vorm"), required=False)

    def __init__(self, *args: Any, taxonomy: Taxonomy, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = [(theme.slug, localised(theme, "name")[0], theme.pk in offer.theme_ids) for theme in taxonomy.themes]
        hubs = [(hub.slug, str(hub), hub.pk in offer.hub_ids) for hub in taxonomy.hubs]
        audiences = [(code, label, code in offer.audiences) for code, label in Audience.choices]
        kinds = [(code, label, code in offer.kinds) for code, label in ProgrammeKind.choices]
        self._choose("niveau", _("Alle niveaus"), level_choices(taxonomy, offer, self.data.get("niveau")))
        self._choose("thema", _("Alle thema's"), self._offered("thema", themes))
        self._choose("hub", _("Alle hubs"), self._offered("hub", hubs))
        self._choose("doelgroep", _("Iedereen"), self._offered("doelgroep", audiences))
        self._choose("vorm", _("Alle vormen"), self._offered("vorm", kinds))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*self.fields)

    def _offered(self, name: str, choices: Iterable[tuple[str, Any, bool]]) -> Choices:
        """What leads to a programme, and what was chosen."""
        return [(value, label) for value, label, offered in choices if offered or value == self.data.get(name)]

    def _choose(self, name: str, everything: Any, choices: Choices) -> None:
        field = self.fields[name]
        field.choices = [("", everything), *choices]  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = _("Deze keuze kennen we niet: %(value)s. Kies iets uit de lijst.")


class DayInput(forms.DateInput):
    """A browser's own date field, which can hold nothing but a date written the international way."""

    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        try:
            day = forms.DateField(input_formats=DAY_FORMATS).to_python(value)
        except forms.ValidationError:
            return None
        return day.isoformat() if day else None


class AgendaFilterForm(CatalogueFilterForm):
    """The same, and a period and free seats."""

    van = forms.DateField(label=_("Vanaf"), required=False, widget=DayInput, input_formats=DAY_FORMATS)
    tot = forms.DateField(label=_("Tot en met"), required=False, widget=DayInput, input_formats=DAY_FORMATS)
    vrij = forms.BooleanField(label=_("Alleen met plek"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("van", "tot"):
            self.fields[name].error_messages["invalid"] = _("Dit is geen datum. Schrijf hem zoals 31-3-2027.")

    def clean_vrij(self) -> bool:
        """A box that is sent is ticked, whatever it says; an address that says something else is not understood."""
        if self.data.get("vrij") and self.data["vrij"] not in TICKED:
            raise forms.ValidationError(_("Deze keuze kennen we niet. Vink aan of laat leeg."))
        return bool(self.cleaned_data["vrij"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("van"), cleaned.get("tot")
        if first and last and last < first:
            self.add_error("tot", _("De laatste dag ligt vóór de eerste dag."))
        return cleaned
