"""What staff fill in about colleagues and about themselves."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from partners.models import MemberRole, User


class PlainForm(forms.Form):
    """Errors come from the server, in our words."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for field in self.fields.values():
            if field.required and not isinstance(field.widget, forms.RadioSelect):
                field.widget.attrs["aria-required"] = "true"


class OfficeInviteForm(PlainForm):
    """A colleague by e-mail address."""

    email = forms.EmailField(
        label=_("E-mailadres van je collega"),
        max_length=254,
        error_messages={
            "required": _("Vul een e-mailadres in, zoals naam@school.nl."),
            "invalid": _("Vul een e-mailadres in, zoals naam@school.nl."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class InviteForm(OfficeInviteForm):
    """At a partner a colleague has a role."""

    role = forms.ChoiceField(
        label=_("Wat mag je collega?"),
        choices=[
            (MemberRole.EDITOR.value, _("Redacteur: teksten en datums bewerken")),
            (MemberRole.MANAGER.value, _("Beheerder: ook publiceren en collega's uitnodigen")),
        ],
        initial=MemberRole.EDITOR.value,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een van de twee.")},
    )


class AccountForm(PlainForm):
    """The account of somebody who was invited."""

    name = forms.CharField(
        label=_("Je naam"),
        help_text=_("Zo zien je collega's je."),
        max_length=120,
        error_messages={"required": _("Vul je naam in.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Kies een wachtwoord"),
        help_text=_("Minstens 12 tekens. Een paar woorden achter elkaar is sterk en goed te onthouden."),
        strip=False,
        max_length=256,
        error_messages={"required": _("Kies een wachtwoord.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email

    def clean(self) -> dict[str, Any]:
        """May look neither like the name nor like the address."""
        cleaned = super().clean() or {}
        if password := cleaned.get("password"):
            try:
                validate_password(password, User(email=self._email, name=cleaned.get("name", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned
