"""What one may correct about a sign-up until sign-up closes."""

from typing import Any, Self

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from signups.domain.errors import RefusedError
from signups.forms.fields import RemarksField
from signups.forms.school_class import adults_field, pupils_field
from signups.models import SignUp


class RemarksForm(forms.Form):
    """What one would like to tell."""

    remarks = RemarksField(label=_("Opmerking (mag leeg blijven)"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.use_required_attribute = False
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*self.fields)

    @classmethod
    def of(cls, entry: SignUp) -> Self:
        """Filled with what is known."""
        return cls(initial={name: getattr(entry, name) for name in cls.base_fields})

    def refuse(self, error: RefusedError) -> None:
        """Put the domain's sentence at the field that it belongs to."""
        self.add_error(error.field if error.field in self.fields else None, error.sentence)


class ClassChangeForm(RemarksForm):
    """With the numbers of a class."""

    field_order = ("pupils", "adults", "remarks")
    pupils = pupils_field()
    adults = adults_field()
