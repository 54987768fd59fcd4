"""What the forms of a person and of a class share: the token of the page, the trap for robots, school and level."""

from datetime import datetime
from typing import Any, ClassVar, Final, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from content.localised import localised
from hubs.models import Activity, EducationLevel
from partners.models import School
from signups import submit_token
from signups.domain.application import Application
from signups.domain.errors import RefusedError
from signups.forms.fields import NameField, RemarksField
from signups.models import Kind

TRAP: Final = "homepage"  # filled by robots only: the stylesheet hides it


class LevelChoice(forms.ModelChoiceField):
    """A level by its code, under the name in the language of the page."""

    def label_from_instance(self, obj: EducationLevel) -> str:
        return localised(obj, "alias" if obj.alias else "name")[0]


class SchoolChoice(forms.ModelChoiceField):
    """A school of the register by its branch code."""

    def label_from_instance(self, obj: School) -> str:
        return f"{obj.name}, {obj.town or obj.municipality}"


class SignUpForm(forms.Form):
    """Subclasses name their kind, the steps of the page, and the application that a valid form makes."""

    kind: ClassVar[Kind]

    education_level = LevelChoice(
        label=_("Niveau"),
        queryset=EducationLevel.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Kies een niveau"),
        error_messages={"invalid_choice": _("Kies een niveau uit de lijst.")},
    )
    school = SchoolChoice(
        label=_("School"),
        queryset=School.objects.all(),
        to_field_name="branch_code",
        required=False,
        empty_label=_("Kies een school"),
        error_messages={"invalid_choice": _("Kies een school uit de lijst, of vul hieronder een andere school in.")},
    )
    school_other = NameField(label=_("Andere school (mag leeg blijven)"), required=False, max_length=120)
    remarks = RemarksField(label=_("Opmerking (mag leeg blijven)"))
    privacy = forms.BooleanField(
        label=_("Ik heb gelezen wat jullie met mijn gegevens doen"),
        error_messages={"required": _("Lees wat we met je gegevens doen en zet daarna een vinkje.")},
    )
    homepage = forms.CharField(label=_("Laat dit veld leeg"), required=False)
    submit_token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, activity: Activity, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.use_required_attribute = False  # the page explains mistakes itself, in one language
        self.activity = activity
        self.now = now
        self.initial["submit_token"] = self._fresh_token()
        levels = EducationLevel.objects.filter(programmes=activity.programme_id).order_by("position")
        self.fields["education_level"].queryset = levels  # type: ignore[attr-defined]
        if not self.activity.level_ids:  # type: ignore[attr-defined]  # the view's query adds it
            del self.fields["education_level"]
        self.adapt()
        self.fields[TRAP].widget.attrs.update(autocomplete="off", tabindex="-1")
        for field in self.fields.values():
            if field.required:
                field.widget.attrs["aria-required"] = "true"
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the template has it
        trap = Div(Field(TRAP), css_class="sign-up-trap")
        self.helper.layout = Layout(*self.steps(), trap, "submit_token")
        self.order_fields([pointer.name for pointer in self.helper.layout.get_field_names()])  # mistakes in that order

    def adapt(self) -> None:
        """Leave out what this programme does not ask, and word the rest."""
        raise NotImplementedError

    def explain(self, **texts: Any) -> None:
        """Say at each field why it is asked."""
        for name, text in texts.items():
            if name in self.fields:
                self.fields[name].help_text = text

    def steps(self) -> list[Fieldset]:
        """The fieldsets of the page, in order."""
        raise NotImplementedError

    def check(self, cleaned: dict[str, Any]) -> None:
        """What depends on several answers."""
        raise NotImplementedError

    def application(self, language: str) -> Application:
        """What was filled in; only of a valid form."""
        raise NotImplementedError

    def refuse(self, error: RefusedError) -> None:
        """Put the domain's sentence at the field that it belongs to."""
        field = self.email_field_name() if error.field == "email" else error.field
        self.add_error(field if field in self.fields else None, error.sentence)

    def email_field_name(self) -> str:
        """The field with the address that we write to."""
        return "email"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get(TRAP):
            self._replace(TRAP, "")
            self.add_error(None, _("Er ging iets mis bij het versturen. Verstuur het formulier nog een keer."))
        self.check(cleaned)
        self._check_token(cleaned.get("submit_token") or "")
        return cleaned

    def _check_token(self, text: str) -> None:
        token = submit_token.read(text, activity_id=self.activity.pk, kind=self.kind)
        self.token = token
        if token is None:
            self._replace("submit_token", self._fresh_token())
            self.add_error(None, _("Deze pagina was niet compleet. Kijk je antwoorden na en verstuur ze nog een keer."))
        elif token.is_too_quick(self.now) and not self.errors:
            self.add_error(None, _("Dat ging wel erg snel. Kijk je antwoorden na en verstuur ze nog een keer."))

    def _fresh_token(self) -> str:
        return submit_token.make(activity_id=self.activity.pk, kind=self.kind, now=self.now)

    def _replace(self, name: str, value: str) -> None:
        """What the page shows instead of what was posted."""
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix(name)] = value
        self.data = data
