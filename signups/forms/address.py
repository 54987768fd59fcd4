"""One address: to correct a mistyped one, and to have the links of one's sign-ups mailed again."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from signups.forms.fields import AddressField


class AddressForm(forms.Form):
    """Just the address."""

    email = AddressField(
        label=_("E-mailadres"),
        required_message=_("Vul een e-mailadres in, zoals naam@school.nl."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "aria-required": "true"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.use_required_attribute = False
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("email")
