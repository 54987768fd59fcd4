"""What every form that makes a row shares: the token of its page, the trap for robots, the look of crispy's steps."""

from datetime import datetime
from typing import Any, ClassVar, Final, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from signups import submit_token
from signups.submit_token import SubmitToken

TRAP: Final = "homepage"  # filled by robots only: the stylesheet hides it


class GuardedForm(forms.Form):
    """Subclasses name the form, so that its token is worthless elsewhere, and check what depends on several answers."""

    for_visitors: ClassVar[bool] = True  # staff are logged in, and may type as fast as they can

    homepage = forms.CharField(label=_("Laat dit veld leeg"), required=False)
    submit_token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.use_required_attribute = False  # the page explains mistakes itself, in one language
        self.now = now
        self.initial["submit_token"] = self._fresh_token()
        self.token: SubmitToken | None = None

    def form_name(self) -> str:
        """What the token is for."""
        raise NotImplementedError

    def check(self, cleaned: dict[str, Any]) -> None:
        """What depends on several answers."""
        raise NotImplementedError

    def lay_out(self, steps: list[Fieldset]) -> None:
        """The fieldsets of the page, in order; mistakes are listed in that order too."""
        self.fields[TRAP].widget.attrs.update(autocomplete="off", tabindex="-1")
        for field in self.fields.values():
            if field.required:
                field.widget.attrs["aria-required"] = "true"
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the template has it
        self.helper.layout = Layout(*steps, Div(Field(TRAP), css_class="sign-up-trap"), "submit_token")
        self.order_fields([pointer.name for pointer in self.helper.layout.get_field_names()])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get(TRAP):
            self._replace(TRAP, "")
            self.add_error(None, _("Er ging iets mis bij het versturen. Verstuur het formulier nog een keer."))
        self.check(cleaned)
        self._check_token(cleaned.get("submit_token") or "")
        return cleaned

    def _check_token(self, text: str) -> None:
        token = submit_token.read(self.form_name(), text)
        self.token = token
        if token is None:
            self._replace("submit_token", self._fresh_token())
            self.add_error(None, _("Deze pagina was niet compleet. Kijk je antwoorden na en verstuur ze nog een keer."))
        elif self.for_visitors and token.is_too_quick(self.now) and not self.errors:
            self.add_error(None, _("Dat ging wel erg snel. Kijk je antwoorden na en verstuur ze nog een keer."))

    def _fresh_token(self) -> str:
        return submit_token.make(self.form_name(), now=self.now)

    def _replace(self, name: str, value: str) -> None:
        """What the page shows instead of what was posted."""
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix(name)] = value
        self.data = data
