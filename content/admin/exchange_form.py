"""The form that takes a file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.domain.exchange.files import MOST_BYTES
from content.domain.exchange.uploads import Upload


class UploadForm(forms.Form):
    """One xlsx or csv; what is in it is read on the next page."""

    file = forms.FileField(
        label=_("Bestand"),
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
        error_messages={
            "required": _("Kies eerst een bestand."),
            "invalid": _("Kies eerst een bestand."),
            "missing": _("Kies eerst een bestand."),
            "empty": _("Dit bestand is leeg. Kies een ander."),
        },
        allow_empty_file=False,
        max_length=200,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(gettext("Dit bestand is groter dan 3 MB. Verdeel de rijen over meer bestanden."))
        return file

    def upload(self) -> Upload:
        file = self.cleaned_data["file"]
        return Upload(file.name, file.read())
