"""Against lost updates: a form that was opened before somebody else saved is given back with a sentence."""

from functools import partial
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext

from content import clock
from content.admin.base import ClosedAdmin
from content.admin.faults import OVERTAKEN
from content.admin.forms import ClosedForm
from content.domain import history


class OvertakenError(IntegrityError):
    """Somebody saved the object between reading and writing it."""


class VersionedForm(ClosedForm):
    """Carries the version that the form was opened with, and the newest step of the history that stood there then.

    `overtaken_since` is that step once somebody else turned out to have saved.
    """

    opened_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    opened_step = forms.IntegerField(required=False, widget=forms.HiddenInput)
    overtaken_since: int | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["opened_version"] = self.instance.version
        self.initial["opened_step"] = partial(history.newest, self.instance)

    def clean(self) -> dict[str, Any] | None:
        """What was typed stays in the form; whoever has seen the newer values may save it after all."""
        cleaned = super().clean()
        if self.cleaned_data.get("opened_version") != self.instance.version:
            self.overtaken_since = self.cleaned_data.get("opened_step") or 0
            sentence = gettext("Iemand anders heeft dit intussen gewijzigd.")
            self.add_error(None, ValidationError(sentence, code=OVERTAKEN))
            data = cast(QueryDict, self.data).copy()
            data[self.add_prefix("opened_version")] = str(self.instance.version)
            data[self.add_prefix("opened_step")] = str(history.newest(self.instance))
            self.data = data
        return cleaned


class VersionedAdmin(ClosedAdmin):
    """For models with a version."""

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: Any = None, **kwargs: Any
    ) -> type[Any]:
        if obj is not None:
            kwargs["form"] = type(self.form.__name__, (VersionedForm, self.form), {})
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The hidden fields stand in a group of their own: Django shows no field that is in no group."""
        groups = list(super().get_fieldsets(request, obj))
        hidden = (None, {"fields": ["opened_version", "opened_step"], "classes": ["hidden"]})
        return [*groups, hidden] if obj is not None else groups

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Counts the version up where it is still the one that the form was opened with, whoever saves at once."""
        if change:
            self.claim(obj, form)
            obj.changed_at = clock.now()
        super().save_model(request, obj, form, change)

    def claim(self, obj: Any, form: Any) -> None:
        """The row is this edit's until the end of the transaction; OvertakenError for whoever comes second."""
        opened = form.cleaned_data["opened_version"]
        row = type(obj)._base_manager.filter(pk=obj.pk, version=opened)
        if not row.update(version=opened + 1):
            raise OvertakenError
        obj.version = opened + 1

    def _refusal(self, error: IntegrityError) -> str:
        """Nothing to add: the second attempt reads the newer version, and its form says it."""
        return "" if isinstance(error, OvertakenError) else super()._refusal(error)
