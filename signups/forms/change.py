"""What a teacher may correct about a class until sign-up closes."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from signups.domain.errors import RefusedError
from signups.forms.fields import RemarksField
from signups.forms.school_class import adults_field, pupils_field
from signups.models import SignUp


class ClassChangeForm(forms.Form):
    """Counts and remarks."""

    pupils = pupils_field()
    adults = adults_field()
    remarks = RemarksField(label=_("Opmerking (mag leeg blijven)"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.use_required_attribute = False
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("pupils", "adults", "remarks")

    @classmethod
    def of(cls, entry: SignUp) -> "ClassChangeForm":
        """Filled with what is known."""
        return cls(initial={"pupils": entry.pupils, "adults": entry.adults, "remarks": entry.remarks})

    def refuse(self, error: RefusedError) -> None:
        """Put the domain's sentence at the field that it belongs to."""
        self.add_error(error.field if error.field in self.fields else None, error.sentence)
