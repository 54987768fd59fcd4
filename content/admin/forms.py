"""Forms of the back office: refusals become sentences, unconfirmed values are marked. No rules of a single model."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.models import Confirmable


def field_label(model: type[models.Model], name: str) -> str:
    """What staff call this field."""
    try:
        return str(capfirst(getattr(model._meta.get_field(name), "verbose_name", name)))
    except FieldDoesNotExist:
        return name


def say_what_to_choose(field: forms.Field) -> None:
    """Where nothing was chosen; what else is empty says "Vul dit in" (locale/nl), or has a sentence of its own."""
    is_choice = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    if is_choice and field.error_messages["required"] is forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = _("Maak een keuze.")


class ClosedForm(forms.ModelForm):
    """Checks every constraint of the model, also those on columns that the form does not show.

    `refusal` is set when the database refused a first attempt to save (see ClosedAdmin).
    """

    refusal: str | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """What must be filled in says so in words, behind its label."""
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for field in self.fields.values():
            field.label_suffix = f" {gettext('(verplicht)')}" if field.required else ""
            say_what_to_choose(field)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refusal:
            self.add_error(None, self.refusal)
        return cleaned

    def validate_constraints(self) -> None:
        # Django leaves out constraints on columns that the form lacks, such as the seats that are taken.
        try:
            self.instance.validate_constraints(exclude=set(self.errors) - {NON_FIELD_ERRORS})
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]


class IllustratedForm(ClosedForm):
    """A new photo starts without smaller versions, and needs a description. A new description needs a photo."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        self._check_alone(cleaned)
        if cleaned.get("photo") and not cleaned.get("photo_alt") and "photo_alt" not in self.errors:
            self.add_error("photo_alt", gettext("Beschrijf wat er op de foto te zien is."))
        if "photo" in self.changed_data:
            photo = cleaned.get("photo")
            self.instance.photo_width = getattr(photo, "width", None) if photo else None
            self.instance.photo_height = getattr(photo, "height", None) if photo else None
            self.instance.photo_widths = []
        return cleaned

    def _check_alone(self, cleaned: dict[str, Any]) -> None:
        """The description of a photo that is taken away goes along with it."""
        if cleaned.get("photo") is False:
            cleaned |= {"photo_alt": "", "photo_alt_en": None}
        elif not cleaned.get("photo") and "photo" not in self.errors and self._describes(cleaned):
            self.add_error("photo", gettext("Kies de foto bij deze beschrijving, of maak de beschrijving leeg."))

    def _describes(self, cleaned: dict[str, Any]) -> bool:
        return "photo_alt" in self.changed_data and bool(cleaned.get("photo_alt"))


class ConfirmableForm(ClosedForm):
    """Marks the values that the partner still has to confirm; changing one, or unticking it, confirms it."""

    to_confirm = forms.MultipleChoiceField(
        label=_("Nog te bevestigen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Haal het vinkje weg bij wat de partner heeft bevestigd. Wat je hieronder verandert, geldt als bevestigd."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert isinstance(self.instance, Confirmable)
        self._marked = list(self.instance.to_confirm)
        model = type(self.instance)
        self.fields["to_confirm"].choices = [(name, field_label(model, name)) for name in self._marked]  # type: ignore[attr-defined]
        for name in self._marked:
            if name in self.fields:
                self.fields[name].help_text = _marked_help(self.fields[name].help_text)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        shown = self._meta.fields is None or "to_confirm" in self._meta.fields
        kept = cleaned.get("to_confirm", []) if shown else self._marked
        cleaned["to_confirm"] = [name for name in kept if name not in self.changed_data]
        self.instance.to_confirm = cleaned["to_confirm"]
        return cleaned


def _marked_help(help_text: Any) -> str:
    mark = gettext("Nog te bevestigen door de partner.")
    return format_html('<strong class="to-confirm">{}</strong> {}', mark, help_text)


class IllustratedConfirmableForm(IllustratedForm, ConfirmableForm):
    """For objects with a photo and with values to confirm."""


class LabelledFormSet(forms.BaseInlineFormSet):
    """Rows of a table show no labels of their own: each input gets its column's name, for those who see no table."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        number = "" if index is None else f" {index + 1}"
        for field in form.fields.values():
            say_what_to_choose(field)
            if not field.widget.is_hidden:
                field.widget.attrs["aria-label"] = f"{capfirst(field.label or '')}{number}"
                if field.required:
                    field.widget.attrs["aria-required"] = "true"
