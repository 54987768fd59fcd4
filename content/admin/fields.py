"""Fields and widgets of the back office: the browser's own date pickers, and photos that are checked on arrival."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.forms.widgets import ClearableFileInput
from django.utils.translation import gettext

from content.clock import AMSTERDAM
from content.clock_changes import NoSuchMomentError
from content.domain import photos
from content.keys import may_be_key
from content.models import FIRST_YEAR, LAST_YEAR


class DateInput(forms.DateInput):
    """One field with one label, in the language and the keyboard of whoever uses it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        bounds = {"min": f"{FIRST_YEAR}-01-01", "max": f"{LAST_YEAR - 1}-12-31"}
        super().__init__({**bounds, **(attrs or {})}, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """The same for a moment; seconds are not asked."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        bounds = {"min": f"{FIRST_YEAR}-01-01T00:00", "max": f"{LAST_YEAR - 1}-12-31T23:59"}
        super().__init__({**bounds, **(attrs or {})}, format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """A Dutch clock time; one that does not exist or comes twice is refused with a sentence about the clock.

    What was left as the form showed it is still the moment that was there, also in the hour that comes twice.
    """

    widget = DateTimeInput
    stood: Any = None

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """Each form has fields of its own, and binds them before it reads them."""
        self.stood = form.get_initial_for_field(self, field_name)
        return super().get_bound_field(form, field_name)

    def to_python(self, value: Any) -> Any:
        widget: Any = self.widget
        if isinstance(self.stood, datetime) and value == widget.format_value(self.prepare_value(self.stood)):
            return self.stood
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone" or not error.params:
                raise
            told = NoSuchMomentError(error.params["datetime"].replace(tzinfo=AMSTERDAM))
            raise ValidationError(told.sentence, code="clock_change") from error


class DecimalInput(forms.TextInput):
    """A text: a browser with an English interface drops the comma from a number field, and 12,50 becomes 1250."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})


class FiniteDecimalField(forms.DecimalField):
    """Refuses what is no number before it is compared with what stood there: comparing sNaN is an error in Python."""

    def to_python(self, value: Any) -> Any:
        number: Decimal | None = super().to_python(value)
        if number is not None and not number.is_finite():
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value})
        return number


class _Known(AutocompleteMixin):
    """Looks up what is chosen; what cannot be a key, such as `?programme=abc`, is shown as nothing chosen."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """An empty box says what to do with it."""
        return {**super().build_attrs(*args, **kwargs), "data-placeholder": gettext("Typ om te zoeken")}

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, [key for key in value if may_be_key(str(key)) or not key], attr)


class Picker(_Known, AutocompleteSelect):
    """One of many rows."""


class SeveralPicker(_Known, AutocompleteSelectMultiple):
    """Some of many rows."""


class PhotoInput(ClearableFileInput):
    """Lets the file chooser show photos only; the server checks again."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": "image/jpeg,image/png,image/webp,image/avif", **(attrs or {})})


class PhotoField(forms.FileField):
    """An upload that arrives as a checked and re-encoded photo."""

    widget = PhotoInput

    def to_python(self, data: Any) -> Any:
        """The upload's own name is not looked at: the stored file gets another."""
        if data in self.empty_values:
            return None
        assert isinstance(data, UploadedFile)
        if not data.size:
            raise ValidationError(self.error_messages["empty"], code="empty")
        photo = photos.checked(data, data.size)
        photos.refuse_small(photo)
        return photo


FORMFIELD_OVERRIDES: dict[type[models.Field], dict[str, Any]] = {
    models.DateTimeField: {"form_class": MomentField, "widget": DateTimeInput},
    models.DateField: {"widget": DateInput},
    # Takes 12,50 and 12.50, shows 12,50.
    models.DecimalField: {"form_class": FiniteDecimalField, "localize": True, "widget": DecimalInput},
    models.URLField: {"assume_scheme": "https"},
    models.ImageField: {"form_class": PhotoField, "widget": PhotoInput},
}
