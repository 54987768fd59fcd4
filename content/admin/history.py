"""The history of an object: written with every save of its form, shown field by field, and opened again to restore."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from content import clock, dates
from content.admin.forms import ClosedForm
from content.admin.versioned import VersionedAdmin
from content.differences import Difference, Reader
from content.domain import history, snapshots
from content.domain.snapshots import Values
from content.keys import may_be_key
from content.models import Deed, Revision
from content.paging import paginate

PER_PAGE: Final = 20
MOST_MEANWHILE: Final = 5  # steps that a form shows which was overtaken
VERSION: Final = "versie"  # in the address of a form that shows an older version


@dataclass(frozen=True)
class Entry:
    """One step of the history, ready to print."""

    number: int
    who: str
    deed: str
    when: str
    note: str
    differences: list[Difference]
    may_restore: bool


class FilledForm(ClosedForm):
    """Opens with values that are not stored in the object: those of a proposal, or of an older version."""

    filling: Values = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        related = snapshots.fill(kwargs["instance"], self.filling)
        kwargs["initial"] = {**related, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class RecordedAdmin(VersionedAdmin):
    """For what is versioned. Restoring is an ordinary edit: the form opens with the older values."""

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: Any = None, **kwargs: Any
    ) -> type[Any]:
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None:
            return form
        filling = {**self.filling(request, obj), **self._older(request, obj, form)}
        return type(form.__name__, (FilledForm, form), {"filling": filling}) if filling else form

    def filling(self, request: HttpRequest, obj: models.Model) -> Values:
        """Values that the form starts from instead of the stored ones; a proposal's, in published.py."""
        return {}

    def _older(self, request: HttpRequest, obj: models.Model, form: type[Any]) -> Values:
        """Only what this user's form may change."""
        version = self.restored(request, obj)
        if version is None:
            return {}
        fields = set(form.base_fields)
        fields |= set(snapshots.PHOTO_SIZE) if "photo" in fields else set()
        values = snapshots.restorable(type(obj), version.values)
        return {name: value for name, value in values.items() if name in fields}

    def restored(self, request: HttpRequest, obj: models.Model) -> Revision | None:
        """The version that the address names, of this very object."""
        number = request.GET.get(VERSION, "")
        return history.of(obj).filter(pk=number).select_related("by").first() if may_be_key(number) else None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        if change:
            request.stood = snapshots.stored(obj)  # type: ignore[attr-defined]  # how it stood, for log_change
        super().save_model(request, obj, form, change)

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        history.record(subject=obj, deed=Deed.MADE, by=request.user, now=clock.now())
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        before: Values = request.stood  # type: ignore[attr-defined]
        history.record(subject=obj, deed=Deed.CHANGED, by=request.user, now=clock.now(), before=before)
        return super().log_change(request, obj, message)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        subject = context.get("original")
        version = self.restored(request, subject) if subject is not None else None
        if version is not None:
            context["restored"] = _entry(version, [])
        overtaken_since = getattr(context["adminform"].form, "overtaken_since", None)
        if subject is not None and overtaken_since is not None:
            context["overtaken"] = self._meanwhile(request, subject, overtaken_since)
            context["overtaken_by"] = history.doer(history.since(subject, overtaken_since), request.user)
        return super().render_change_form(request, context, *args, **kwargs)

    def _meanwhile(self, request: HttpRequest, subject: models.Model, number: int) -> list[Entry]:
        """What was done to it since this step of its history."""
        reader = Reader(self.model, request.user)
        found = history.since(subject, number)[:MOST_MEANWHILE]
        return [_entry(version, reader.differences(version.changes)) for version in found]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """In the place of Django's, which says which fields changed and not how."""
        subject = self.get_object(request, unquote(object_id))
        if subject is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        if not self.has_view_or_change_permission(request, subject):
            raise PermissionDenied
        found = paginate(history.of(subject).select_related("by"), request.GET.get("pagina"), PER_PAGE)
        reader = Reader(self.model, request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Geschiedenis: %(name)s") % {"name": subject},
            "page_name": _("Geschiedenis"),
            "opts": self.opts,
            "object": subject,
            "paging": found,
            "entries": [_entry(version, reader.differences(version.changes)) for version in found.rows],
            "may_restore": self.has_change_permission(request, subject),
            "has_rows": bool(snapshots.recorded_rows(self.model)),
        }
        return TemplateResponse(request, "admin/history.html", context)


def _entry(version: Revision, differences: list[Difference]) -> Entry:
    return Entry(
        number=version.pk,
        who=str(version.by) if version.by else "",
        deed=version.get_deed_display(),
        when=dates.moment(version.made_at),
        note=version.note,
        differences=differences,
        may_restore=bool(version.values),
    )
