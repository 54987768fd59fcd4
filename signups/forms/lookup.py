"""Whom staff look for while somebody telephones."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from signups.forms.fields import plain_line

LEAST_LETTERS: Final = 2


class LookupForm(forms.Form):
    """One field. It is posted: a name in an address would end up in logs and in the history of a shared computer."""

    asked = forms.CharField(
        label=_("Zoek wie zich aanmeldde"),
        min_length=LEAST_LETTERS,
        max_length=254,
        help_text=_(
            "Een (deel van een) naam van een deelnemer, klas, ouder of docent, een telefoonnummer, of een heel "
            "e-mailadres. Wie nog niet bevestigde, vind je hier niet."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
        error_messages={
            "required": _("Vul een naam, een telefoonnummer of een e-mailadres in."),
            "min_length": _("Vul ten minste twee letters in."),
        },
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        self.use_required_attribute = False

    def clean_asked(self) -> str:
        """Signs that the search does not see, such as loose accents, would find everybody."""
        asked = plain_line(self.cleaned_data["asked"])
        if sum(map(str.isalnum, asked)) < LEAST_LETTERS:
            raise forms.ValidationError(self.fields["asked"].error_messages["min_length"], code="min_length")
        return asked
