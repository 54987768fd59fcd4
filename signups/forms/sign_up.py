"""What the forms of a person and of a class share: school and level. Token and trap are in guarded.py."""

from datetime import datetime
from typing import Any, ClassVar

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from content.localised import localised
from hubs.models import Activity, EducationLevel
from partners.models import School
from signups import submit_token
from signups.domain.application import Application
from signups.domain.errors import RefusedError
from signups.forms.fields import NameField, RemarksField
from signups.forms.guarded import GuardedForm
from signups.models import Kind


class LevelChoice(forms.ModelChoiceField):
    """A level by its code, under the name in the language of the page."""

    def label_from_instance(self, obj: EducationLevel) -> str:
        return localised(obj, "alias" if obj.alias else "name")[0]


class SchoolChoice(forms.ModelChoiceField):
    """A school of the register by its branch code."""

    def label_from_instance(self, obj: School) -> str:
        return obj.with_place


class SignUpForm(GuardedForm):
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

    def __init__(self, *args: Any, activity: Activity, now: datetime, **kwargs: Any) -> None:
        self.activity = activity
        super().__init__(*args, now=now, **kwargs)
        if self.activity.level_ids:  # type: ignore[attr-defined]  # the view's query adds it
            levels = EducationLevel.objects.filter(programmes=activity.programme_id).order_by("position")
            self.fields["education_level"].queryset = levels  # type: ignore[attr-defined]
        else:
            del self.fields["education_level"]
        self.adapt()
        self.lay_out(self.steps())

    def form_name(self) -> str:
        return submit_token.form_name(self.activity.pk, self.kind)

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
